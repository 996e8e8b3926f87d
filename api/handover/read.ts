import type { Deps } from '../deps';
import { Problem } from '../problem';

/** One service, its plan and its articles. @throws Problem `unknown-service`. */
export async function readService(deps: Deps, handover: string, service: string) {
  const found = await deps.reads.service(handover, service);
  if (!found) throw new Problem('unknown-service', { facts: { service } });
  return found;
}
