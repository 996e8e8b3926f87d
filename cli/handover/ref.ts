import { phasePath } from '../agile/ref';
import { UsageError } from '../terminal/usage-error';

export type ServicePath = `${ReturnType<typeof phasePath>}/handover/services/${string}`;

const SERVICE = /^([^/\s]+)\/([^/\s]+)\/([^/\s]+)$/;

/** The address of a service that is typed as `PROJECT/PHASE/SERVICE`. @throws UsageError that says how it is written. */
export function servicePath(text: string): ServicePath {
  const [, project, phase, service] = SERVICE.exec(text) ?? [];
  if (project === undefined || phase === undefined || service === undefined) {
    throw new UsageError(`${JSON.stringify(text)} names no service: write PROJECT/PHASE/SERVICE, such as p-4f1c/handover/service-1.`);
  }
  return `${phasePath(`${project}/${phase}`)}/handover/services/${encodeURIComponent(service)}`;
}
