/** The columns of the board by phase: each project stands in the phase whose gate is next. Pure. */
import type { Schema } from '../../../client';

type Item = Schema<'PortfolioItem'>;

export interface Column {
  /** The name of a phase; null: of projects that are over. */
  readonly name: string | null;
  readonly items: readonly Item[];
}

type Phase = Item['phases'][number];

/** The phase that a project stands in: the one whose gate is next, else the last that has begun, else its first. */
function phaseOf({ next, phases }: Item): Phase | undefined {
  return phases.find(({ phase }) => phase === next?.phase.key) ?? phases.findLast(({ status }) => status !== 'waiting' && status !== 'skipped') ?? phases[0];
}

/**
 * Lifecycles call their phases differently: phases of one name are one column, those early in their lifecycles first. Projects of one lifecycle alone
 * show all its phases, also those in which none is.
 */
export function columnsByPhase(items: readonly Item[]): Column[] {
  const running = items.filter(({ course }) => course !== 'ended');
  const ended = items.filter(({ course }) => course === 'ended');
  const isOne = new Set(running.map(({ template }) => template.key)).size === 1;
  const found = new Map<string, { items: Item[]; places: number[] }>();
  for (const item of running) {
    const own = phaseOf(item);
    item.phases.forEach((phase, index) => {
      if (phase !== own && (!isOne || phase.status === 'skipped')) return;
      const column = found.get(phase.name) ?? { items: [], places: [] };
      column.places.push(index / item.phases.length);
      if (phase === own) column.items.push(item);
      found.set(phase.name, column);
    });
  }
  const place = ({ places }: { readonly places: readonly number[] }): number => places.reduce((sum, each) => sum + each, 0) / places.length;
  const columns: Column[] = [...found].sort(([, one], [, other]) => place(one) - place(other)).map(([name, column]) => ({ name, items: column.items }));
  return ended.length > 0 ? [...columns, { name: null, items: ended }] : columns;
}
