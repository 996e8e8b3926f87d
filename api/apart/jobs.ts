/** The jobs that are done in a process of their own, by name: pure work on plain data. */
import { judgeChange } from '../changes/judge';
import { forecastProject } from '../forecasts/forecast';
import { judgeMigrations } from '../migrations/judge';
import { judge } from '../templates/judge';

export const JOBS = { judge, judgeMigrations, forecastProject, judgeChange } as const;

export type Jobs = typeof JOBS;
export type JobName = keyof Jobs;
