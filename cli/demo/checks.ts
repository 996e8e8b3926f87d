/** What is tried on the way to show that the product refuses what it must, and that all its answers agree. */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { atOf, readProject, readyTask, type Scene, taskPath, vote } from './cast';
import { type Client, expectThat, until } from './client';
import { type Deed, INITIATING, PROJECT_NAME, ROLES } from './story';
import type { Timeline } from './timeline';
import type { Approval, Events } from './views';
import type { Words } from './words';

/** The project office starts the project; the same key means the same project, and a stranger does not see it. Gives its id. */
export async function checkStart(client: Client, timeline: Timeline, words: Words): Promise<string> {
  const body = { name: PROJECT_NAME, template: 'pm2', roles: ROLES };
  await client.refused('p-marc', 'post', '/projects', { status: 403, code: 'not-permitted' }, body);
  const key = randomUUID();
  const answer = await client.command('p-olga', '/projects', body, key);
  const project = answer.id;
  expectThat(project !== undefined, 'the project that was started has no id');
  timeline.did(atOf(answer.events), 'p-olga', words.started, project);
  const again = await client.command('p-olga', '/projects', body, key);
  expectThat(again.id === project && again.seq === answer.seq, 'the same key started another project');
  await client.refused('p-olga', 'post', '/projects', { status: 409, code: 'idempotency-conflict' }, { ...body, name: 'Another name' }, key);
  await client.refused('p-leo', 'get', `/projects/${project}`, { status: 404, code: 'unknown-project' });
  timeline.checked(words.mayNotStart(timeline.nameOf('p-marc')));
  timeline.checked(words.sameAnswer);
  timeline.checked(words.otherBody);
  timeline.checked(words.strangerSeesNothing(timeline.nameOf('p-leo')));
  return project;
}

/** What a person can work on now is in their list. */
export async function checkMine(scene: Scene, person: string): Promise<void> {
  const { client, project, timeline, words } = scene;
  const count = await until(`tasks of ${person}`, async () => {
    const { items } = await client.get(person, '/tasks', { mine: 'true', limit: 200 });
    return items.filter((each) => each.project === project).length || undefined;
  });
  timeline.checked(words.mine(timeline.nameOf(person), count));
}

/** A task refuses who does not hold its role, and evidence that is not complete. */
export async function checkRefusals(scene: Scene): Promise<void> {
  const { client, timeline, words } = scene;
  const [first] = INITIATING as readonly [Deed];
  await readyTask(scene, 'initiating', first);
  const path = `${taskPath(scene, 'initiating', first.task)}/complete`;
  const forbidden = await client.refused('p-tess', 'post', path, { status: 403, code: 'not-permitted' }, { evidence: first.evidence });
  const roles = forbidden.facts?.['roles'];
  expectThat(Array.isArray(roles) && roles.includes('business-manager'), 'the refusal does not name the role that would do');
  const { document: _, ...incomplete } = first.evidence;
  const invalid = await client.refused(first.by, 'post', path, { status: 422, code: 'evidence-invalid' }, { evidence: incomplete });
  const pointers = (invalid.errors ?? []).map(({ pointer }) => pointer);
  expectThat(pointers.includes('/evidence/document'), `the refusal points at ${pointers.join(', ') || 'nothing'}`);
  timeline.checked(words.wrongRole(timeline.nameOf('p-tess'), roles.map(String).join(', ')));
  timeline.checked(words.evidenceMissing('/evidence/document'));
}

/** The project says what holds the next gate shut: exactly these tasks. */
export async function checkBlocked(scene: Scene, phase: string, tasks: readonly string[]): Promise<void> {
  const { blocking } = await readProject(scene);
  const found = blocking.find((each) => each.phase === phase);
  expectThat(found !== undefined, `nothing is said to block ${phase}`);
  const named = found.tasks.map(({ task }) => task);
  expectThat(isDeepStrictEqual([...named].sort(), [...tasks].sort()), `${phase} is said to wait for ${named.join(', ') || 'nothing'}`);
  expectThat(found.criteria.length > 0, `no criterion of ${phase} is said to be unmet`);
  scene.timeline.checked(scene.words.blocked(named.length, found.criteria.length));
}

/** At an open gate: who has no vote is refused, so is a vote on other evidence; workflows and read model say the same. */
export async function checkGateRoom(scene: Scene, approval: Approval): Promise<void> {
  const { client, project, timeline, words } = scene;
  const path = `/approvals/${encodeURIComponent(approval.id)}/decide`;
  await client.refused('p-tess', 'post', path, { status: 403, code: 'not-in-electorate' }, { outcome: 'approve', digest: approval.digest });
  await client.refused('p-bea', 'post', path, { status: 409, code: 'evidence-changed' }, { outcome: 'approve', digest: '0'.repeat(64) });
  timeline.checked(words.notInElectorate(timeline.nameOf('p-tess')));
  timeline.checked(words.oldDigest);
  await until('the workflows to say what the read model says', async () => {
    const [read, live] = [await readProject(scene), await client.get('p-olga', `/projects/${project}`, { live: 'true' })];
    return isDeepStrictEqual(read, live) || undefined;
  });
  timeline.checked(words.liveAgrees);
}

/** A vote that is sent twice under one key counts once, and has one answer. */
export async function checkVoteAgain(scene: Scene, id: string, voter: string): Promise<void> {
  const { client, timeline, words } = scene;
  const key = randomUUID();
  const { answer, approval } = await vote(scene, id, voter, { outcome: 'approve' }, key);
  timeline.did(atOf(answer.events), voter, words.approved(approval.gateName), approval.step?.name ?? '');
  const again = await client.command(voter, `/approvals/${encodeURIComponent(id)}/decide`, { outcome: 'approve', digest: approval.digest }, key);
  expectThat(again.seq === answer.seq && isDeepStrictEqual(again.events, answer.events), 'the same key got another answer');
  timeline.checked(words.sameAnswer);
}

/** Who claimed a task has it: a colleague of the same role can't complete it. */
export async function checkClaimed(scene: Scene, deed: Deed, colleague: string): Promise<void> {
  const { client, timeline, words } = scene;
  const task = await readyTask(scene, 'executing', deed);
  const path = taskPath(scene, 'executing', deed.task);
  const { events } = await client.command(deed.by, `${path}/claim`, {});
  timeline.did(atOf(events), deed.by, words.claimed(task.name));
  await client.refused(colleague, 'post', `${path}/complete`, { status: 409, code: 'task-claimed-by-other' }, { evidence: deed.evidence });
  timeline.checked(words.claimedByOther(timeline.nameOf(colleague)));
}

/** The whole log of the project: every stream counts from 1 without gaps, and the project ended once. */
export async function checkLog({ client, project }: Scene): Promise<{ events: number; streams: number }> {
  const heads = new Map<string, number>();
  let events = 0;
  let ends = 0;
  let after: string | null | undefined;
  do {
    const page: Events = await client.get('p-aude', `/projects/${project}/events`, { limit: 200, ...(after && { after }) });
    for (const { stream, seq, type } of page.items) {
      expectThat(seq === (heads.get(stream) ?? 0) + 1, `the log of ${stream} has ${seq} after ${heads.get(stream) ?? 0}`);
      heads.set(stream, seq);
      events += 1;
      if (type === 'project-ended') ends += 1;
    }
    after = page.nextAfter;
  } while (after);
  expectThat(ends === 1, `the log says ${ends} times that the project ended`);
  return { events, streams: heads.size };
}

/** People were told of what concerns them. */
export async function checkInbox({ client, project, timeline, words }: Scene, person: string): Promise<void> {
  const { items } = await client.get(person, '/me/inbox', { limit: 200 });
  const mine = items.filter((each) => each.project === project);
  expectThat(mine.some(({ kind }) => kind === 'project-completed'), `${person} was not told that the project is completed`);
  timeline.checked(words.inbox(timeline.nameOf(person), mine.length));
}
