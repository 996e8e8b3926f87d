/** Free text of requests, kept beside the log. */
import type { TextRef } from '../domain/evidence-types';
import { saltTexts } from '../store/texts';
import type { Engine } from './commands/engine';
import { DatabaseAway } from './database';
import type { Deps } from './deps';
import type { Reads } from './reads';

/** Makes what keeps texts: in the database; while that is away, by a workflow that waits for it, so that a command need not. */
export function createKeepTexts(reads: Pick<Reads, 'keepTexts'>, engine: Pick<Engine, 'keepTexts'>): Deps['keepTexts'] {
  return async (project, texts) => {
    const kept = saltTexts(texts);
    try {
      await reads.keepTexts(project, kept);
    } catch (error) {
      if (!(error instanceof DatabaseAway)) throw error;
      await engine.keepTexts(project, kept);
    }
    return kept.map(({ ref }) => ({ text: ref }));
  };
}

/** Keeps one text of a project; gives its reference. */
export async function keepText(deps: Pick<Deps, 'keepTexts'>, project: string, text: string): Promise<TextRef> {
  const [ref] = await deps.keepTexts(project, [text]);
  return ref as TextRef;
}
