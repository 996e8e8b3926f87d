/** What is under way in a run, by the moment at which it ends. */
import type { Key, PersonId, StreamId } from '../process';

/** Something that ends at a moment of working time; `cause` is what let it begin. */
export interface Step {
  readonly at: number;
  readonly kind: 'task' | 'confirm' | 'vote' | 'rung';
  readonly stream: StreamId;
  readonly task: Key;
  readonly person: PersonId;
  readonly began: number;
  readonly cause: Step | undefined;
  readonly order: number;
}

/** Steps as a heap: by time, then by the order in which they were made. */
export class StepQueue {
  private readonly steps: Step[] = [];

  get length(): number {
    return this.steps.length;
  }

  /** Whether one of the steps fits. */
  has(fits: (step: Step) => boolean): boolean {
    return this.steps.some(fits);
  }

  push(step: Step): void {
    const { steps } = this;
    let place = steps.push(step) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!isBefore(step, steps[parent] as Step)) break;
      steps[place] = steps[parent] as Step;
      place = parent;
    }
    steps[place] = step;
  }

  /** The first step; there must be one. */
  pop(): Step {
    const { steps } = this;
    const first = steps[0] as Step;
    const moved = steps.pop() as Step;
    if (steps.length === 0) return first;
    let place = 0;
    for (;;) {
      let child = place * 2 + 1;
      if (child >= steps.length) break;
      if (child + 1 < steps.length && isBefore(steps[child + 1] as Step, steps[child] as Step)) child += 1;
      if (!isBefore(steps[child] as Step, moved)) break;
      steps[place] = steps[child] as Step;
      place = child;
    }
    steps[place] = moved;
    return first;
  }
}

const isBefore = (one: Step, other: Step): boolean => one.at < other.at || (one.at === other.at && one.order < other.order);
