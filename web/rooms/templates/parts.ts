import type { Schema } from '../../data/api';
import type { Template } from '../start/template';

/** What each part of a template's page is given. */
export interface PartProps {
  readonly template: Template;
  /** All versions of it, the latest first. */
  readonly versions: Schema<'TemplateSummary'>['versions'];
}
