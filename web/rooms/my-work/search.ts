/** What of my work stands in the address. */
export const KINDS = ['all', 'check', 'conditions', 'blocked'] as const;
export type Kind = (typeof KINDS)[number];

export interface MyWorkSearch {
  readonly project?: string;
  readonly kind?: Exclude<Kind, 'all'>;
  /** The task that is open, as `PROJECT/PHASE/TASK`. */
  readonly open?: string;
}

export function readSearch(search: Record<string, unknown>): MyWorkSearch {
  const text = (given: unknown): string | undefined => (typeof given === 'string' && given !== '' ? given.slice(0, 400) : undefined);
  const kind = KINDS.find((each) => each === search['kind'] && each !== 'all') as Exclude<Kind, 'all'> | undefined;
  const [project, open] = [text(search['project']), text(search['open'])];
  return { ...(project !== undefined && { project }), ...(kind !== undefined && { kind }), ...(open !== undefined && { open }) };
}
