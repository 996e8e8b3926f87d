import type { Schema } from '../../data/api';
import type { May } from '../../data/project';

/** What every part of a project page is given. */
export interface Parts {
  readonly project: Schema<'Project'>;
  readonly plan: Schema<'Plan'>;
  readonly may: May;
}

export const hasEnded = ({ status }: Schema<'Project'>): boolean => status === 'completed' || status === 'stopped' || status === 'cancelled';
