import { z } from 'zod';
import { commandAnswers, send } from '../commands/send';
import type { Deps } from '../deps';
import { fileClaims, fileProblems } from '../files/evidence';
import { endpoint, type Call, type Reply } from '../http/endpoint';
import { namingFor, readTemplate } from '../naming';
import { Problem } from '../problem';
import { keepText } from '../projects/commands';
import type { ProjectAccess } from '../reads';
import { reason, taskParams } from '../schemas';
import { evidenceInput, fieldsOf, isConditionKey, linkProblems, withReferences } from './evidence';

type Params = z.output<typeof taskParams>;
type Make = (access: ProjectAccess) => Promise<{ readonly type: string; readonly [field: string]: unknown }>;

async function sendToTask(call: Call<Params>, deps: Deps, make: Make): Promise<Reply> {
  const { project, phase, task } = call.params;
  const access = await deps.enter(call.caller, project);
  const seen = deps.seenPhaseStream(call.caller, project, phase);
  const [stream, naming] = await Promise.all([
    seen ? seen.stream : deps.phaseStream(project, phase), namingFor(deps, access, call.language, phase),
  ]);
  call.name(naming);
  if (stream === undefined) throw new Problem('unknown-phase', { facts: { phase } });
  if (stream === null) throw new Problem('task-not-ready', { facts: { task, waitingFor: [`phase:${phase}`] } });
  return send(call, deps, access, stream, () => make(access));
}

const path = '/projects/{project}/phases/{phase}/tasks/{task}';
const shared = { method: 'post', tag: 'tasks', command: true, params: taskParams, answers: commandAnswers } as const;

export const taskCommands = [
  endpoint({
    ...shared, path: `${path}/claim`, id: 'claimTask', summary: 'Claim a task: say that you work on it', body: z.strictObject({}),
    handle: (call, deps) => sendToTask(call, deps, async () => ({ type: 'claim', task: call.params.task })),
  }),
  endpoint({
    ...shared, path: `${path}/release`, id: 'releaseTask', summary: 'Give back a task that was claimed', body: z.strictObject({}),
    handle: (call, deps) => sendToTask(call, deps, async () => ({ type: 'release', task: call.params.task })),
  }),
  endpoint({
    ...shared, path: `${path}/complete`, id: 'completeTask', summary: 'Complete a task with its evidence',
    body: z.strictObject({ evidence: evidenceInput.default({}) }),
    handle: (call, deps) => sendToTask(call, deps, async (access) => {
      const { project, phase, task } = call.params;
      if (Object.keys(call.body.evidence).length === 0) return { type: 'complete', task, evidence: {} };
      const template = await readTemplate(deps, access.template, access.templateVersion);
      const fields = fieldsOf(template, phase, task, isConditionKey(task));
      const problems = [...linkProblems(fields, call.body.evidence), ...await fileProblems(deps, project, fileClaims(call.body.evidence, '/evidence'))];
      if (problems.length > 0) throw new Problem('evidence-invalid', { fields: problems, facts: { task } });
      const evidence = await withReferences(fields, call.body.evidence, (texts) => deps.reads.keepTexts(project, texts));
      return { type: 'complete', task, evidence };
    }),
  }),
  endpoint({
    ...shared, path: `${path}/confirm`, id: 'confirmTask', summary: 'Confirm what another delivered', body: z.strictObject({}),
    description: 'For tasks that ask for a second pair of eyes.',
    handle: (call, deps) => sendToTask(call, deps, async () => ({ type: 'confirm', task: call.params.task })),
  }),
  endpoint({
    ...shared, path: `${path}/send-back`, id: 'sendBackTask', summary: 'Send back what another delivered', body: z.strictObject({ reason }),
    handle: (call, deps) => sendToTask(call, deps, async () => {
      return { type: 'send-back', task: call.params.task, reason: await keepText(deps, call.params.project, call.body.reason) };
    }),
  }),
  endpoint({
    ...shared, path: `${path}/reopen`, id: 'reopenTask', summary: 'Reopen a task that is done', body: z.strictObject({ reason }),
    description: 'When a gate looks at it, the gate is withdrawn and asks anew later.',
    handle: (call, deps) => sendToTask(call, deps, async () => {
      return { type: 'reopen', task: call.params.task, reason: await keepText(deps, call.params.project, call.body.reason) };
    }),
  }),
];
