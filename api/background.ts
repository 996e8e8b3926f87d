/** What the API does by itself, beside what it is asked for. */
import type { Deps } from './deps';

const LOOK_MS = 20_000;
/** After something was done there may be more. */
const AGAIN_MS = 2_000;

/**
 * Does something again and again, with a rest between. @param work answers whether there was anything to do.
 * @param failed what is logged when it could not be done. @returns ends it.
 */
export function keepDoing({ log }: Pick<Deps, 'log'>, work: () => Promise<boolean>, failed: string): { readonly close: () => void } {
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  const look = async (): Promise<void> => {
    const wasDone = await work().catch((error: unknown) => {
      log.warn({ error: error instanceof Error ? error.message : String(error) }, failed);
      return false;
    });
    if (!isClosed) timer = setTimeout(() => void look(), wasDone ? AGAIN_MS : LOOK_MS);
  };
  timer = setTimeout(() => void look(), LOOK_MS);
  return { close: () => { isClosed = true; clearTimeout(timer); } };
}
