import { z } from 'zod';
import { commandAnswers } from '../commands/send';
import { fileClaims, fileProblems } from '../files/evidence';
import { endpoint } from '../http/endpoint';
import { readTemplateOf } from '../naming';
import { Problem } from '../problem';
import { keepText } from '../kept-texts';
import { freeText, key, personId, reason, taskParams } from '../schemas';
import { evidenceInput, fieldsOf, isConditionKey, linkProblems, withReferences } from './evidence';
import { onBehalfOf, sendToTask, sendToUndo, TASK_PATH } from './send';

const shared = { method: 'post', tag: 'tasks', command: true, params: taskParams, answers: commandAnswers } as const;
const digest = z.string().regex(/^[0-9a-f]{64}$/).meta({ description: 'SHA-256 of the file.' });
const hours = z.number().min(-10_000).max(10_000);
const items = z.array(key).min(1).max(150).optional();

export const taskCommands = [
  endpoint({
    ...shared, path: `${TASK_PATH}/claim`, id: 'claimTask', summary: 'Claim a task: say that you work on it', body: z.strictObject({ onBehalfOf }),
    handle: (call, deps) => sendToTask(call, deps, async () => ({ type: 'claim', task: call.params.task }), call.body.onBehalfOf),
  }),
  endpoint({
    ...shared, path: `${TASK_PATH}/release`, id: 'releaseTask', summary: 'Give back a task that was claimed or assigned', body: z.strictObject({ onBehalfOf }),
    handle: (call, deps) => sendToTask(call, deps, async () => ({ type: 'release', task: call.params.task }), call.body.onBehalfOf),
  }),
  endpoint({
    ...shared, path: `${TASK_PATH}/assign`, id: 'assignTask', summary: 'Assign a task to someone who could take it',
    description: 'Also before it can begin. By whoever does it, answers for it or steers the project; out of another’s hands only by the latter two, or by that other. Both are told.',
    body: z.strictObject({ person: personId, onBehalfOf }),
    handle: (call, deps) => sendToTask(call, deps, async () => ({ type: 'assign', task: call.params.task, person: call.body.person }), call.body.onBehalfOf),
  }),
  endpoint({
    ...shared, path: `${TASK_PATH}/complete`, id: 'completeTask', summary: 'Complete a task with its evidence',
    body: z.strictObject({ evidence: evidenceInput.default({}), onBehalfOf }),
    handle: (call, deps) => sendToTask(call, deps, async (access) => {
      const { project, phase, task } = call.params;
      if (Object.keys(call.body.evidence).length === 0) return { type: 'complete', task, evidence: {} };
      const template = await readTemplateOf(deps, access);
      const fields = fieldsOf(template, phase, task, isConditionKey(task));
      const problems = [...linkProblems(fields, call.body.evidence), ...await fileProblems(deps, project, fileClaims(call.body.evidence, '/evidence'))];
      if (problems.length > 0) throw new Problem('evidence-invalid', { fields: problems, facts: { task } });
      const evidence = await withReferences(fields, call.body.evidence, (texts) => deps.keepTexts(project, texts));
      return { type: 'complete', task, evidence };
    }, call.body.onBehalfOf),
  }),
  endpoint({
    ...shared, path: `${TASK_PATH}/withdraw`, id: 'withdrawCompletion', summary: 'Take back that you completed a task', body: z.strictObject({ onBehalfOf }),
    description: 'Until somebody built on it: checked it, began or completed a task that waited for it, or the gate opened. The task is in your hands again; both stay on record.',
    handle: (call, deps) => sendToUndo(call, deps, async () => ({ type: 'withdraw', task: call.params.task }), call.body.onBehalfOf),
  }),
  endpoint({
    ...shared, path: `${TASK_PATH}/confirm`, id: 'confirmTask', summary: 'Confirm what another delivered', body: z.strictObject({ onBehalfOf }),
    description: 'For tasks that ask for a second pair of eyes.',
    handle: (call, deps) => sendToTask(call, deps, async () => ({ type: 'confirm', task: call.params.task }), call.body.onBehalfOf),
  }),
  endpoint({
    ...shared, path: `${TASK_PATH}/send-back`, id: 'sendBackTask', summary: 'Send back what another delivered', body: z.strictObject({ reason, onBehalfOf }),
    handle: (call, deps) => sendToTask(call, deps, async () => {
      return { type: 'send-back', task: call.params.task, reason: await keepText(deps, call.params.project, call.body.reason) };
    }, call.body.onBehalfOf),
  }),
  endpoint({
    ...shared, path: `${TASK_PATH}/reopen`, id: 'reopenTask', summary: 'Reopen a task that is done', body: z.strictObject({ reason, onBehalfOf }),
    description: 'When a gate looks at it, the gate is withdrawn and asks anew later. Once the gate has decided, it is refused: `change-request-required`.',
    handle: (call, deps) => sendToUndo(call, deps, async () => {
      return { type: 'reopen', task: call.params.task, reason: await keepText(deps, call.params.project, call.body.reason) };
    }, call.body.onBehalfOf),
  }),
  endpoint({
    ...shared, path: `${TASK_PATH}/block`, id: 'blockTask', summary: 'Say why a task can not be gone on with', body: z.strictObject({ reason, onBehalfOf }),
    description: 'It can’t be completed or confirmed until it is unblocked; its due date stays. The project manager is told. Given again, the new reason stands.',
    handle: (call, deps) => sendToTask(call, deps, async () => {
      return { type: 'block', task: call.params.task, reason: await keepText(deps, call.params.project, call.body.reason) };
    }, call.body.onBehalfOf),
  }),
  endpoint({
    ...shared, path: `${TASK_PATH}/unblock`, id: 'unblockTask', summary: 'Say that a task can be gone on with', body: z.strictObject({ onBehalfOf }),
    handle: (call, deps) => sendToTask(call, deps, async () => ({ type: 'unblock', task: call.params.task }), call.body.onBehalfOf),
  }),
  endpoint({
    ...shared, path: `${TASK_PATH}/checklist`, id: 'changeChecklist', summary: 'Tick items of a task’s checklist, and add own ones',
    description: 'All of it is one change. Own items can be removed, those of the template can not.',
    body: z.strictObject({ add: z.array(freeText(500)).min(1).max(50).optional(), tick: items, untick: items, remove: items, onBehalfOf }),
    handle: (call, deps) => sendToTask(call, deps, async () => {
      const { project, task } = call.params;
      const { add, onBehalfOf: _, ...changes } = call.body;
      return { type: 'change-checklist', task, ...changes, ...(add && { add: await deps.keepTexts(project, add) }) };
    }, call.body.onBehalfOf),
  }),
  endpoint({
    ...shared, path: `${TASK_PATH}/attachments`, id: 'changeAttachments', summary: 'Attach files of the project to a task, or take them away',
    description: 'Files are uploaded to the project first. What a gate is to decide on belongs in the evidence: attachments are not part of it.',
    body: z.strictObject({ add: z.array(z.strictObject({ name: freeText(300), sha256: digest })).min(1).max(50).optional(), remove: z.array(digest).min(1).max(50).optional(), onBehalfOf }),
    handle: (call, deps) => sendToTask(call, deps, async () => {
      const { project, task } = call.params;
      const { add = [], remove } = call.body;
      const fields = await fileProblems(deps, project, fileClaims(add, '/add'));
      if (fields.length > 0) throw new Problem('attachments-invalid', { fields, facts: { task } });
      const names = await deps.keepTexts(project, add.map(({ name }) => name));
      return {
        type: 'change-attachments', task, ...(add.length > 0 && { add: add.map(({ sha256 }, index) => ({ name: names[index], sha256 })) }), ...(remove && { remove }),
      };
    }, call.body.onBehalfOf),
  }),
  endpoint({
    ...shared, path: `${TASK_PATH}/effort`, id: 'logEffort', summary: 'Say how many hours a task took, and how many are left',
    description: 'Hours below none correct what was said before. Also after the task is done, and while the project is on hold.',
    body: z.strictObject({
      hours: hours.optional().meta({ description: 'Worked since the last time, in hours.', example: 3.5 }),
      remaining: hours.min(0).optional().meta({ description: 'Still expected, in hours.', example: 8 }),
      onBehalfOf,
    }),
    handle: (call, deps) => sendToTask(call, deps, async () => {
      const { onBehalfOf: _, ...said } = call.body;
      return { type: 'log-effort', task: call.params.task, ...said };
    }, call.body.onBehalfOf),
  }),
];
