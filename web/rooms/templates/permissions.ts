import type { Schema } from '../../data/api';

/** Who writes and publishes templates. */
export const mayEdit = ({ globalRoles }: Schema<'Me'>): boolean => globalRoles.some((role) => role === 'project-office' || role === 'program-manager');
