/** Whether what a project has come to is a place from which people, and time, bring it to its end. */
import { waitingFor } from '../../domain/approval/votes';
import type { Authority, Key, PersonId } from '../../domain/process';
import { type World } from './world';

const ENDED = ['completed', 'stopped', 'cancelled'];
const text = { text: 't' };
const MOST_TURNS = 400;
/** Rungs and reminders of open approvals come before what brings them on. */
const MOST_RINGS = 40;

/** Somebody with the roles that they hold in the project, and those of the bodies that these belong to. */
function authorityOf(world: World, id: PersonId): Authority {
  const { roles, plan } = world.projectState();
  const held = Object.entries(roles).filter(([, holders]) => holders.includes(id)).map(([role]) => role);
  const bodies = plan.roles.filter(({ members }) => members.some((member) => held.includes(member))).map(({ key }) => key);
  return { kind: 'person', person: id, roles: [...new Set([...held, ...bodies])] };
}

/** Does once what somebody can do: everything that can be worked on, every vote that is waited for. */
function act(world: World): void {
  const project = world.projectState();
  const holderOf = (role: Key): PersonId => project.roles[role]?.[0] ?? 'nobody';
  if (project.status === 'held') world.command(world.root, { type: 'resume' }, authorityOf(world, holderOf('manager')));
  for (const stage of world.stages()) {
    const { id, phase } = stage.input;
    for (const [key, task] of Object.entries(stage.tasks)) {
      const { r: responsible = '', a: accountable = '' } = task.condition ? { r: task.condition.owner } : phase.tasks.find((each) => each.key === key)?.rasci ?? {};
      const worker = project.roles[responsible]?.find((holder) => holder === task.assignee);
      const give = (type: string, more: object = {}): void => {
        world.command(id, { type, task: key, ...more }, authorityOf(world, worker ?? holderOf(responsible)));
      };
      // Who claimed it in the moment in which they left: whoever answers for it gives it to somebody else.
      if (task.status === 'claimed' && worker === undefined) {
        world.command(id, { type: 'assign', task: key, person: holderOf(responsible) }, authorityOf(world, holderOf(accountable)));
        continue;
      }
      // The gate of the design asks for good drawings.
      const isBad = key === 'draw' && task.status === 'done' && task.evidence?.['check'] !== 'good';
      if (isBad) give('reopen', { reason: text });
      if (task.blocked) give('unblock');
      if (task.status !== 'ready' && task.status !== 'claimed' && !isBad) continue;
      if (key === 'test') give('change-checklist', { tick: ['once'] });
      give('complete', { evidence: key === 'draw' ? { pages: 3, check: 'good' } : task.condition ? { proof: text } : {} });
    }
  }
  for (const approval of world.approvals()) {
    if (approval.status !== 'open') continue;
    for (const voter of waitingFor(approval)) {
      world.command(approval.input.id, { type: 'decide', outcome: 'approve', digest: approval.input.digest, reason: text, conditions: [], rework: [], reworkPhases: [] }, authorityOf(world, voter));
    }
  }
}

/**
 * Everybody does what they can until the project has ended; where nobody can do anything, time passes.
 * @throws Error when it stands still: then something in it waits for nobody, and for no time.
 */
export function bringToEnd(world: World): void {
  const happened = (): number => [...world.actors.values()].reduce((sum, { log }) => sum + log.length, 0);
  let rings = 0;
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    world.settle();
    if (ENDED.includes(world.projectState().status)) return;
    const before = happened();
    act(world);
    world.settle();
    if (happened() > before) continue;
    rings += 1;
    world.ring();
    if (happened() === before || rings > MOST_RINGS) break;
  }
  const open = [...world.stages(), ...world.approvals()].filter(({ status }) => status === 'open' || status === 'passed' || status === 'opening');
  throw new Error(`the project stands still: ${JSON.stringify(open.map((state) => ({ id: state.input.id, status: state.status, heldAt: state.heldAt, tasks: 'tasks' in state ? Object.entries(state.tasks).map(([key, { status, assignee }]) => `${key} ${status} ${assignee ?? ''}`) : undefined })))}`);
}
