import { type Client, ServiceError } from '@temporalio/client';
import { createEngine } from '../../api/commands/engine';

const envelope = { id: 'k', hash: 'h', authority: { kind: 'person', person: 'p', roles: [] }, command: { type: 'claim' } } as const;

/** A server that refuses calls with these gRPC errors, one after the other, and then answers. */
function refusing(...errors: readonly { readonly code: number; readonly details: string }[]) {
  let calls = 0;
  const executeUpdate = async (): Promise<unknown> => {
    const error = errors[calls];
    calls += 1;
    if (error) throw new ServiceError('Workflow Update failed', { cause: Object.assign(new Error(error.details), { ...error, metadata: {} }) });
    return { seq: 1, hash: 'h', events: [] };
  };
  const client = { connection: { withDeadline: async (_: unknown, call: () => Promise<unknown>) => call() }, workflow: { getHandle: () => ({ executeUpdate }) } };
  return { engine: createEngine(client as unknown as Client, { taskQueue: 'q', deadlineMs: 1_000 }), count: () => calls };
}

const FAILED = { code: 9, details: 'Unable to perform workflow execution update due to Workflow Task in failed state.' };

test('a run that tries its workflow task anew is asked again, as one that is busy', async () => {
  const { engine, count } = refusing(FAILED, { code: 8, details: 'busy' });
  expect(await engine.execute('project/p', envelope)).toMatchObject({ seq: 1 });
  expect(count()).toBe(3);
});

test('one that does not get over it is unavailable within the deadline, and what can not be right is not asked again', async () => {
  const stuck = refusing(...Array.from({ length: 50 }, () => FAILED));
  await expect(stuck.engine.execute('project/p', envelope)).rejects.toMatchObject({ code: 'engine-unavailable' });
  expect(stuck.count()).toBeGreaterThan(5);
  const odd = refusing({ code: 9, details: 'something else' });
  await expect(odd.engine.execute('project/p', envelope)).rejects.toMatchObject({ code: 'engine-unavailable' });
  expect(odd.count()).toBe(1);
});
