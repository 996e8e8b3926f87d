import type { Key, StreamId } from '../../domain/process';
import type { PhaseRow } from '../../domain/rows';
import { projectStream } from '../../workflows/contract';
import { StreamGone, type Engine } from '../commands/engine';
import { DatabaseAway } from '../database';
import type { Reads } from '../reads';

/** Finds the stream that runs a phase: in the read model, or by asking the project itself while the database is away. */
export function createPhases(reads: Pick<Reads, 'phaseStream'>, engine: Pick<Engine, 'rows'>) {
  return async (project: string, phase: Key): Promise<StreamId | null | undefined> => {
    try {
      return await reads.phaseStream(project, phase);
    } catch (error) {
      if (!(error instanceof DatabaseAway)) throw error;
      try {
        const { rows } = await engine.rows(projectStream(project));
        const row = rows.find(({ table, data }) => table === 'phase' && (data as PhaseRow).phase === phase);
        return row && (row.data as PhaseRow).stream;
      } catch (inner) {
        // A project that has ended can be asked nothing: only the read model knows.
        throw inner instanceof StreamGone ? error : inner;
      }
    }
  };
}
