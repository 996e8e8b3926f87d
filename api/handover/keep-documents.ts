/** Seals the documents of services that were transferred by what others did: by their sign-off, where the plan has no early-life support. */
import type { Deps } from '../deps';
import { sealDocument } from './document';

/**
 * Has each document recorded that is not yet, of handovers that can still record one. One that can't be made keeps no other from it: it is tried again the next time.
 * @returns whether any was. @throws the last reason for which one was not.
 */
export async function sealDocuments(deps: Deps, signal: AbortSignal): Promise<boolean> {
  let failure: { readonly error: unknown } | undefined;
  let count = 0;
  for (const { project, handover, service, by } of await deps.reads.unsealedServices()) {
    try {
      const access = await deps.reads.access(project, by);
      if (access && await sealDocument(deps, access, project, handover, service, by, signal)) count += 1;
    } catch (error) {
      failure = { error };
    }
  }
  if (failure) throw failure.error;
  return count > 0;
}
