/** What the measured projects are made of, for those who only drive them: nothing here is loaded from the product. */

export const PHASES = 3;
export const TASKS_PER_PHASE = 5;
/** Parallel tasks of the wide phase: BURST, 100 by default. */
export const BURST = Number(process.env['BURST'] ?? 100);
/** Tasks of the phase on which single commands are measured: one per client, so that none waits for another's. */
export const LANES = 20;

/** Who holds which role in every project of a benchmark. */
export const HOLDERS = { manager: ['b-office'], team: ['b-team'], approvers: ['b-approver'] } as const;
