/** A world whose streams are projected into a database, as the shell projects them. */
import type { Row, StreamId } from '../../domain/process';
import type { Plan } from '../../domain/plan';
import { type Appended, appendBatch } from '../../store/append';
import type { Database } from '../../store/client';
import { type Batch, type Entry, batchOf } from '../../workflows/contract';
import { World } from './world';

export class ProjectedWorld extends World {
  private readonly outboxes = new Map<StreamId, Entry[]>();

  constructor(plan: Plan, project: string) {
    super(plan, project);
    this.onDrained = (id, entries) => this.outboxes.set(id, [...(this.outboxes.get(id) ?? []), ...entries]);
  }

  /** Projects everything that waits, one batch per stream. @param alter changes a batch on its way. */
  async drain(db: Database, alter: (batch: Batch) => Batch = (batch) => batch): Promise<Appended[]> {
    const outcomes: Appended[] = [];
    for (const [stream, entries] of this.outboxes) {
      const actor = this.actors.get(stream);
      if (!actor) continue;
      const { process, input, runner } = actor;
      const start = entries[0]?.events[0]?.seq === 1 ? { input } : {};
      const frame = { stream, project: this.project, process: process.name, rules: 1, final: runner.isFinal(), ...start };
      outcomes.push(await appendBatch(db.pool, alter(batchOf(entries, frame))));
    }
    this.outboxes.clear();
    return outcomes;
  }

  /** What the processes themselves say, by table and id. */
  liveRows(): Row[] {
    return sortRows([...this.actors.values()].flatMap(({ runner }) => [...runner.rows().rows]));
  }
}

export function sortRows(rows: readonly Row[]): Row[] {
  const key = (row: Row): string => `${row.table} ${row.id}`;
  return rows.map(({ table, id, data }) => ({ table, id, data: JSON.parse(JSON.stringify(data)) as unknown }))
    .sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Numbers in [0, n) that depend on the seed alone. */
export function makeRandom(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

/** Somebody does something that may fit. */
export function actAtRandom(world: World, random: (n: number) => number, people: Parameters<World['command']>[2][]): void {
  const text = { text: 't' };
  const who = people[random(people.length)] ?? people[0]!;
  const stages = world.stages();
  const stage = stages[random(stages.length)];
  const approval = world.openApproval();
  switch (random(12)) {
    case 0: return world.ring();
    case 1: world.command(world.root, { type: random(3) > 0 ? 'resume' : 'hold', reason: text }, who); return;
    case 2: world.command(world.root, { type: 'assign-roles', roles: { security: random(2) ? ['sol'] : ['sol', 'new'] } }, who); return;
    case 3: case 4: case 5: {
      if (!approval) return;
      const outcome = ['approve', 'approve', 'approve-with-conditions', 'rework', 'stop'][random(random(3) ? 4 : 5)];
      const conditions = [{ defect: text, plan: text, owner: 'engineer', dueDays: 3 }];
      world.command(approval.input.id, { type: 'decide', outcome, digest: approval.input.digest, reason: text, conditions, rework: approval.input.tasks.slice(0, 1) }, who);
      return;
    }
    default: {
      if (!stage) return;
      const tasks = Object.keys(stage.tasks);
      const task = tasks[random(tasks.length)] ?? '';
      const evidence = task === 'draw' ? { pages: 3, check: 'good' } : stage.tasks[task]?.condition ? { proof: text } : {};
      world.command(stage.input.id, { type: ['claim', 'release', 'reopen', 'complete', 'complete', 'complete'][random(6)] ?? '', task, evidence, reason: text }, who);
    }
  }
}
