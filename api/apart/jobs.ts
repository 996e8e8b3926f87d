/** The jobs that are done in a process of their own, by name: pure work on plain data. */
import { judgeChange } from '../changes/judge';
import { forecastProject } from '../forecasts/forecast';
import { judgeMigrations } from '../migrations/judge';
import { compareDraft } from '../templates/compare';
import { judge } from '../templates/judge';
import { simulateTemplate } from '../templates/simulate';

export const JOBS = { judge, compareDraft, simulateTemplate, judgeMigrations, forecastProject, judgeChange } as const;

export type Jobs = typeof JOBS;
export type JobName = keyof Jobs;
