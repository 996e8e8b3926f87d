/** What the questions about templates have in common. */
import { JobGaveUp } from '../apart/run';
import { Problem } from '../problem';

/** No version of a template has such a name. @throws Problem `unknown-template` */
export function needsPublished({ template, version }: { readonly template: string; readonly version: string }): void {
  if (/[^\x21-\x7e]/.test(template + version)) throw new Problem('unknown-template');
}

/** Waits for a judgement of a text. @throws Problem `queue-full`, or `template-invalid` when it takes too long. */
export async function untilJudged<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof JobGaveUp) throw new Problem('template-invalid', { facts: { reason: 'it could not be judged within a minute' } });
    throw error;
  }
}
