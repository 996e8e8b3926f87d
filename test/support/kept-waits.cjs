// Carries commands out in a workflow of the build, as the SDK's thread does, with each batch projected at once. Tells its parent how many
// waits the run's outermost scope keeps after each (the SDK lets go of none before the run ends), and how the run ends when it is cancelled.
const { readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

const library = dirname(require.resolve('@temporalio/worker'));
const { ReusableVMWorkflowCreator } = require(join(library, 'workflow', 'reusable-vm.js'));
const { parseWorkflowCode } = require(join(library, 'worker.js'));
const { defaultPayloadConverter } = require('@temporalio/common');
const { msToTs } = require('@temporalio/common/lib/time');

const RUN = 'run';
const OFFICE = { kind: 'person', person: 'p-0', roles: ['project-office'] };
const payload = (value) => defaultPayloadConverter.toPayload(value);

async function main([commands, rules]) {
  const bundle = parseWorkflowCode(readFileSync(join(__dirname, '..', '..', 'dist', 'workflow-bundle.js'), 'utf8'));
  const creator = await ReusableVMWorkflowCreator.create(bundle, 5_000, new Set(['project']));
  const info = { workflowId: 'directory', runId: RUN, workflowType: 'directory', namespace: 'test', taskQueue: 'test', historyLength: 3, unsafe: {} };
  const workflow = await creator.createWorkflow({ info, randomnessSeed: [1], now: Date.now(), showStackTraceSources: false });
  let kept = 0;
  const { cancelRequested } = workflow.activator.rootScope;
  const listen = cancelRequested.catch.bind(cancelRequested);
  cancelRequested.catch = (reaction) => { kept += 1; return listen(reaction); };

  let length = 0;
  const activate = async (...jobs) => {
    length += 3;
    const { successful, failed } = await workflow.activate({ runId: RUN, timestamp: msToTs(Date.now()), historyLength: length, jobs, isReplaying: false });
    if (failed) throw new Error(JSON.stringify(failed));
    return successful.commands;
  };
  /** Projects what the last activation left to be projected. @returns whether that was anything. */
  const project = async (made) => {
    const seqs = made.flatMap(({ scheduleLocalActivity }) => scheduleLocalActivity?.seq ?? []);
    for (const seq of seqs) await activate({ resolveActivity: { seq, isLocal: true, result: { completed: { result: payload(null) } } } });
    return seqs.length > 0;
  };
  await project(await activate({ initializeWorkflow: { workflowType: 'directory', arguments: [payload({ input: {}, rules: Number(rules) })] } }));
  const after = [];
  for (let number = 1; number <= Number(commands); number += 1) {
    const command = { type: 'set-manager', person: `p-${number}`, manager: 'p-0' };
    const envelope = { id: `c-${number}`, hash: `h-${number}`, authority: OFFICE, command };
    const update = { id: `u-${number}`, protocolInstanceId: `u-${number}`, name: 'command', input: [payload(envelope)], runValidator: true, headers: {}, meta: {} };
    if (!await project(await activate({ doUpdate: update }))) throw new Error('nothing was projected');
    after.push(kept);
  }
  // An operator cancels the run at the server.
  const last = await activate({ cancelWorkflow: { reason: '' } });
  process.send({ after, last: last.flatMap((command) => Object.keys(command).filter((key) => command[key])) });
  process.disconnect();
}

void main(process.argv.slice(2));
