/** What threads of workflows must bear: one that logs at several moments, and two that never give back what they were given, at once or later. */
import { condition, defineSignal, log, setHandler } from '@temporalio/workflow';

export const GO_ON = defineSignal('go-on');

export async function tells(): Promise<string> {
  let signals = 0;
  setHandler(GO_ON, () => { signals += 1; });
  log.warn('begins');
  await condition(() => signals > 0);
  // In this activation there is nothing to tell.
  await condition(() => signals > 1);
  log.warn('ends');
  return 'told';
}

export function loops(): Promise<void> {
  for (;;);
}

export async function loopsLater(): Promise<void> {
  let signals = 0;
  setHandler(GO_ON, () => { signals += 1; });
  await condition(() => signals > 0);
  for (;;);
}
