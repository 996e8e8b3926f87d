/** Makes the worker: the bundle of the workflows, the activities, and the bounds it works within. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { NativeConnection, WorkerOptions } from '@temporalio/worker';
import { Worker } from '@temporalio/worker';
import type { ConnectedConfig } from '../config';
import { dataConverter } from '../config/payloads';
import type { SluisActivities } from '../workflows/contract';
import { withLeanThreads } from './lean-threads';

/** The prebuilt bundle beside the built code; running from sources (tests) it is bundled on the fly. */
function workflowCode(): Pick<WorkerOptions, 'workflowBundle' | 'workflowsPath'> {
  const codePath = join(__dirname, '..', 'workflow-bundle.js');
  return existsSync(codePath) ? { workflowBundle: { codePath } } : { workflowsPath: join(__dirname, '..', 'workflows', 'index.ts') };
}

/**
 * @param code Where the workflows' code is, when it is not the default (tests bundle once and share it).
 * @returns A worker that is not running yet.
 */
export async function createWorker(
  config: ConnectedConfig, connection: NativeConnection, activities: SluisActivities, code = workflowCode(),
): Promise<Worker> {
  const { maxCachedWorkflows, maxWorkflowTasks, maxActivities, maxLocalActivities } = config.worker;
  return withLeanThreads(() => Worker.create({
    ...code, connection, namespace: config.temporal.namespace, taskQueue: config.temporal.taskQueue, activities, dataConverter,
    maxCachedWorkflows,
    maxConcurrentWorkflowTaskExecutions: maxWorkflowTasks,
    maxConcurrentActivityTaskExecutions: maxActivities,
    maxConcurrentLocalActivityExecutions: maxLocalActivities,
    shutdownGraceTime: `${config.shutdownSeconds} seconds`,
    shutdownForceTime: `${config.shutdownSeconds * 2} seconds`,
  }));
}
