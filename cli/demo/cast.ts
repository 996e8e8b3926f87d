/** What people do in the demo, each as requests of the API, with what must be true before and after. */
import { randomUUID } from 'node:crypto';
import { type Client, type CommandAnswer, DeviationError, expectThat, until } from './client';
import { CONTROL, type Deed, ROLES } from './story';
import type { Timeline } from './timeline';
import type { Approval, Project, Task } from './views';
import type { Words } from './words';

export interface Scene {
  readonly client: Client;
  readonly timeline: Timeline;
  readonly words: Words;
  readonly project: string;
}

const OLGA = 'p-olga';

export const taskPath = ({ project }: Scene, phase: string, task: string): `/projects/${string}/phases/${string}/tasks/${string}` => `/projects/${project}/phases/${phase}/tasks/${task}`;
export const readProject = ({ client, project }: Scene): Promise<Project> => client.get(OLGA, `/projects/${project}`);

/** Waits until a phase has opened with its tasks, which is a workflow of its own, and puts it as a heading. */
export async function enterPhase(scene: Scene, phase: string): Promise<void> {
  const opened = await until(`the phase ${phase} to open`, async () =>
    (await readProject(scene)).phases.find((each) => each.phase === phase && each.status === 'open' && each.openTasks > 0));
  scene.timeline.heading(opened.name);
}

/** A task as its doer sees it, once it is ready. */
export async function readyTask(scene: Scene, phase: string, deed: Pick<Deed, 'task' | 'by'>): Promise<Task> {
  const task = await until(`the task ${phase}/${deed.task} to be ready`, async () => {
    const found = await scene.client.get(deed.by, taskPath(scene, phase, deed.task));
    return found.status === 'waiting' ? undefined : found;
  });
  expectThat(task.status === 'ready' || task.status === 'claimed', `the task ${phase}/${deed.task} is ${task.status}, not ready`);
  const holders: readonly string[] = (ROLES as Readonly<Record<string, readonly string[]>>)[task.role.key] ?? [];
  expectThat(holders.includes(deed.by), `the task ${phase}/${deed.task} belongs to ${task.role.key}, which ${deed.by} does not hold`);
  return task;
}

/** Someone does a task: claims it where the story says so, and completes it with its evidence. */
export async function perform(scene: Scene, phase: string, deed: Deed): Promise<CommandAnswer> {
  const { client, timeline, words } = scene;
  const task = await readyTask(scene, phase, deed);
  const path = taskPath(scene, phase, deed.task);
  if (deed.claim && task.status === 'ready') {
    const { events } = await client.command(deed.by, `${path}/claim`, {});
    timeline.did(atOf(events), deed.by, words.claimed(task.name));
  }
  const answer = await client.command(deed.by, `${path}/complete`, { evidence: deed.evidence });
  expectThat(answer.events.some(({ type }) => type === 'task-completed'), `completing ${phase}/${deed.task} completed nothing`);
  const again = task.reopened > 0 ? ` (${words.again})` : '';
  const beside = phase === CONTROL ? ` [${task.phaseName}]` : '';
  timeline.did(atOf(answer.events), deed.by, `${task.name}${again}${beside}`, timeline.summary(task, deed.evidence));
  const after = await client.get(deed.by, path);
  expectThat(after.status === 'done', `the task ${phase}/${deed.task} was completed and is ${after.status}`);
  return answer;
}

export async function performAll(scene: Scene, phase: string, deeds: readonly Deed[]): Promise<void> {
  for (const deed of deeds) await perform(scene, phase, deed);
}

export const atOf = (events: CommandAnswer['events']): string => events[0]?.at ?? new Date().toISOString();

/** An approval of a gate as one of its voters sees it. */
export async function readApproval({ client }: Scene, id: string, voter: string): Promise<Approval> {
  const approval = await client.get(voter, `/approvals/${encodeURIComponent(id)}`);
  const { gate, gateName } = approval;
  if (gate === null || gateName === null) throw new DeviationError(`the approval ${id} is of no gate`);
  return { ...approval, gate, gateName };
}

/** Waits until a gate is asked for the given time, and gives its approval as one of its voters sees it. */
export async function openGate(scene: Scene, gate: string, round: number, voter: string): Promise<Approval> {
  const { client, project, timeline, words } = scene;
  const item = await until(`the gate ${gate} to be put to ${voter}`, async () => {
    const { items } = await client.get(voter, '/approvals', { mine: 'true', limit: 200 });
    return items.find((each) => each.project === project && each.gate === gate && each.round === round);
  });
  const approval = await readApproval(scene, item.id, voter);
  expectThat(approval.criteria.every(({ met }) => met !== false), `the gate ${gate} is open with an unmet criterion`);
  expectThat(approval.evidence.length > 0, `the gate ${gate} shows its voters no evidence`);
  timeline.happened(words.gate(approval.gateName, round));
  timeline.checked(words.waitsFor(approval.waitingFor.map(({ name }) => name).join(', ')));
  return approval;
}

export interface Ballot {
  readonly outcome: 'approve' | 'approve-with-conditions' | 'rework' | 'stop';
  readonly reason?: string;
  readonly rework?: readonly string[];
  readonly conditions?: readonly { readonly defect: string; readonly plan: string; readonly owner: string; readonly dueDays: number }[];
}

/** A voter reads an approval in their list and votes on the evidence that it shows. */
export async function vote(scene: Scene, id: string, voter: string, ballot: Ballot, key: string = randomUUID()): Promise<{ answer: CommandAnswer; approval: Approval }> {
  const { client } = scene;
  await until(`the approval ${id} to wait for ${voter}`, async () => {
    const { items } = await client.get(voter, '/approvals', { mine: 'true', limit: 200 });
    return items.find((each) => each.id === id);
  });
  const approval = await readApproval(scene, id, voter);
  const answer = await client.command(voter, `/approvals/${encodeURIComponent(id)}/decide`, { ...ballot, digest: approval.digest }, key);
  expectThat(answer.events.some(({ type }) => type === 'vote-cast'), `the vote of ${voter} was not cast`);
  return { answer, approval };
}

/** Votes to approve, in the order in which the steps ask for them. */
export async function approve(scene: Scene, id: string, voters: readonly string[]): Promise<void> {
  for (const voter of voters) {
    const { answer, approval } = await vote(scene, id, voter, { outcome: 'approve' });
    scene.timeline.did(atOf(answer.events), voter, scene.words.approved(approval.gateName), approval.step?.name ?? '');
  }
}

/** Waits until a gate has its outcome. */
export async function gateIs(scene: Scene, gate: string, status: string): Promise<void> {
  const found = await until(`the gate ${gate} to be ${status}`, async () =>
    (await readProject(scene)).phases.find((each) => each.gate?.gate === gate && each.gate.status === status)?.gate ?? undefined);
  if (status.startsWith('approved')) scene.timeline.happened(scene.words.gatePassed(found.name));
}
