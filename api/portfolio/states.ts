/** The processes of projects, folded once for as long as nothing happens in them. */
import type { ProjectState } from '../../domain/project/types';
import type { Deps } from '../deps';

const KEPT = 1_000;
const known = new WeakMap<Deps['reads'], Map<string, { readonly seq: number; readonly state: ProjectState }>>();

export async function readStates({ reads }: Pick<Deps, 'reads'>, projects: readonly string[]): Promise<ReadonlyMap<string, ProjectState>> {
  const kept = known.get(reads) ?? new Map<string, { readonly seq: number; readonly state: ProjectState }>();
  known.set(reads, kept);
  const seqs = await reads.projectSeqs(projects);
  const missing = projects.filter((id) => kept.get(id)?.seq !== seqs.get(id));
  if (missing.length > 0) {
    const read = await reads.projectStates(missing);
    for (const id of missing) {
      const [state, seq] = [read.get(id), seqs.get(id)];
      kept.delete(id);
      // What has happened since its number was read is read again the next time.
      if (state && seq !== undefined) kept.set(id, { seq, state });
    }
  }
  const found = new Map(projects.flatMap((id): [string, ProjectState][] => {
    const entry = kept.get(id);
    return entry ? [[id, entry.state]] : [];
  }));
  for (const id of [...kept.keys()].slice(0, Math.max(0, kept.size - KEPT))) kept.delete(id);
  return found;
}
