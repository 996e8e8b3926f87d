/** `sluis people absent`, `delegations` and `revoke`. */
import type { Config } from '../../config';
import { dayIn } from '../../domain/written';
import { type ApiOptions, connect } from '../client/api';
import type { DelegationPreview } from '../client/views';
import { count, print, printJson } from '../terminal/print';
import { style } from '../terminal/style';
import { textTable } from '../terminal/table';
import { momentOf } from '../terminal/time';
import { UsageError } from '../terminal/usage-error';

export interface AbsentOptions extends ApiOptions {
  readonly to: string;
  readonly from?: string;
  readonly until: string;
  readonly role?: string;
  readonly project?: string;
  readonly program?: string;
  readonly preview?: boolean;
}

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

/** A day of the terminal's time zone, or a moment. @param daysLater Of a day: the beginning of the one so many days later. */
function momentIn(option: string, text: string, daysLater: number): string {
  const [year = 0, month = 1, day = 1] = dayIn(text)?.split('-').map(Number) ?? [];
  const date = year > 0 ? new Date(year, month - 1, day + daysLater) : new Date(MOMENT.test(text) ? text : Number.NaN);
  if (Number.isNaN(date.getTime())) throw new UsageError(`${option} ${text}: write a day such as 2027-01-31, or a moment such as 2027-01-31T12:00.`);
  return date.toISOString();
}

type Place = `/people/${string}/delegations`;

/** One's own delegations have an address of their own, which takes and answers the same. */
const placeOf = (person: string | undefined): Place => (person === undefined ? '/me/delegations' as Place : `/people/${encodeURIComponent(person)}/delegations`);

/** Through the whole of the day that `until` names. @throws UsageError, ApiProblem */
export async function runAbsent(config: Config, person: string | undefined, { to, from, until, role, project, program, preview, ...options }: AbsentOptions): Promise<void> {
  const api = connect(config, options);
  if (preview) {
    showMoves(await api.get(`${placeOf(person)}/preview`, { to, role, project, program }), to, options);
    return;
  }
  const answer = await api.post(placeOf(person), {
    to, ...(from !== undefined && { from: momentIn('--from', from, 0) }), until: momentIn('--until', until, 1),
    ...(role !== undefined && { role }), ...(project !== undefined && { project }), ...(program !== undefined && { program }),
  });
  if (options.json) printJson(answer);
  else print(`${style.green('delegated')}  ${to} decides${person === undefined ? '' : ` in the name of ${person}`}, through ${until}.`);
}

/** What waits now, and whether it would move. */
function showMoves(preview: DelegationPreview, to: string, { json }: ApiOptions): void {
  if (json) {
    printJson(preview);
    return;
  }
  const { approvals, tasks } = preview;
  if (approvals.length > 0) {
    print(textTable(['approval', 'project', 'of', 'moves'], approvals.map((each) => [each.id, each.projectName ?? each.project, each.gateName ?? each.change?.title ?? '', each.moves ? `to ${to}` : 'stays'])));
    print('');
  }
  print(`${count(approvals.length, 'approval')} ${approvals.length === 1 ? 'waits' : 'wait'} now; ${count(tasks, 'task')} ${tasks === 1 ? 'does' : 'do'} not move. Nothing was changed.`);
}

export interface DelegationsOptions extends ApiOptions {
  readonly ended?: boolean;
}

/** @throws ApiProblem */
export async function runDelegations(config: Config, person: string | undefined, { ended, ...options }: DelegationsOptions): Promise<void> {
  const { items } = await connect(config, options).get(placeOf(person), { ended: ended ? 'true' : undefined });
  if (options.json) {
    printJson({ items });
    return;
  }
  if (items.length > 0) {
    print(textTable(['delegation', 'absent', 'by', 'from', 'until', 'for', 'status'], items.map((each) => (
      [each.id, each.absent.name, each.delegate.name, momentOf(each.from), momentOf(each.until), [each.role, each.project, each.program].filter((part) => part !== null).join(', ') || 'everything', each.status]))));
    print('');
  }
  print(`${count(items.length, 'delegation')}.`);
}

/** @throws ApiProblem */
export async function runRevoke(config: Config, delegation: string, options: ApiOptions): Promise<void> {
  const answer = await connect(config, options).post(`/delegations/${encodeURIComponent(delegation)}/revoke`, {});
  if (options.json) printJson(answer);
  else print(`${style.green('revoked')}  ${delegation}`);
}
