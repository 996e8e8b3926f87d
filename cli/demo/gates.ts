/** What happens at gates beside plain approval: sent back, and approved under a condition. */
import { atOf, gateIs, readProject, readyTask, type Scene, taskPath, vote } from './cast';
import { expectThat, until } from './client';
import { CONDITION, CONDITION_MET, REWORK } from './story';
import type { Condition } from './views';

/** A voter sends the gate back with a reason and names what must be done again. */
export async function sendBack(scene: Scene, id: string, voter: string): Promise<void> {
  const { client, timeline, words } = scene;
  await client.refused(voter, 'post', `/approvals/${encodeURIComponent(id)}/decide`, { status: 422, code: 'reason-required' },
    { outcome: 'rework', digest: (await client.get(voter, `/approvals/${encodeURIComponent(id)}`)).digest, rework: [REWORK.task] });
  const { answer, approval } = await vote(scene, id, voter, { outcome: 'rework', reason: REWORK.reason, rework: [REWORK.task] });
  const name = approval.evidence.find(({ task }) => task === REWORK.task)?.name ?? REWORK.task;
  timeline.did(atOf(answer.events), voter, words.sentBack(approval.gateName, name));
  timeline.note(timeline.labelled(words.reason, REWORK.reason));
  await gateIs(scene, approval.gate, 'waiting');
  const task = await readyTask(scene, 'planning', REWORK.deed);
  expectThat(task.reopened === 1, `the task ${REWORK.task} was sent back and says it was reopened ${task.reopened} times`);
}

/** The chair approves under a condition, which appears as a task of the role that owns it. */
export async function acceptWithCondition(scene: Scene, id: string, voter: string): Promise<Condition> {
  const { timeline, words } = scene;
  const { answer, approval } = await vote(scene, id, voter, { outcome: 'approve-with-conditions', conditions: [CONDITION] });
  timeline.did(atOf(answer.events), voter, words.approvedWithCondition(approval.gateName), approval.step?.name ?? '');
  const condition = await until('the condition to appear as a task', async () =>
    (await readProject(scene)).conditions.find(({ defect }) => defect === CONDITION.defect));
  expectThat(condition.owner.key === CONDITION.owner, `the condition belongs to ${condition.owner.key}`);
  expectThat(condition.dueAt !== null, 'the condition has no due date');
  timeline.note(timeline.labelled(words.condition(condition.owner.name, timeline.date(condition.dueAt)), CONDITION.defect));
  return condition;
}

/** The owner of the condition finds it among their tasks and shows that it is met. */
export async function meetCondition(scene: Scene, condition: Condition, owner: string): Promise<void> {
  const { client, project, timeline, words } = scene;
  await until('the condition among the tasks of its owner', async () => {
    const { items } = await client.get(owner, '/tasks', { mine: 'true', limit: 200 });
    return items.find((each) => each.project === project && each.task === condition.task);
  });
  const answer = await client.command(owner, `${taskPath(scene, condition.phase, condition.task)}/complete`, { evidence: CONDITION_MET });
  timeline.did(atOf(answer.events), owner, words.conditionMet, CONDITION_MET.proof);
  await until('the condition to be met', async () =>
    (await readProject(scene)).conditions.find(({ task, status }) => task === condition.task && status === 'done'));
}
