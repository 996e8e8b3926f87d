/** A project that ran elsewhere before: what is known of it, and whether that fits its plan. What is adopted is never taken for decided here. */
import type { FieldProblem } from '../errors';
import { checkEvidence } from '../evidence';
import type { Evidence, TextRef } from '../evidence-types';
import { isTrue, referencesOf } from '../expression';
import { toScalar } from '../facts';
import { own } from '../fold';
import { itemTaskKey } from '../inventory';
import type { Plan, PlanPhase } from '../plan';
import type { Instant, Key, PersonId } from '../process';
import { reachable } from '../reachable';
import { taskOf, tasksOf } from '../stage/tasks';
import { unreachable } from '../unreachable';

/** A gate that was passed elsewhere. */
export interface GateElsewhere {
  readonly gate: Key;
  readonly at?: Instant;
  /** Who decided, as it is told: nobody of ours need be meant. */
  readonly by?: TextRef;
  readonly note?: TextRef;
}

/** Where a task stands elsewhere. `open` says no more than leaving it out, except where that would mean done. */
export interface TaskElsewhere {
  readonly phase: Key;
  readonly task: Key;
  readonly item?: string;
  readonly status: 'done' | 'open' | 'dropped';
  readonly at?: Instant;
  readonly by?: TextRef;
  readonly evidence?: Evidence;
}

/** All that is told of a project when it starts. */
export interface Adoption {
  /** Where the facts come from. */
  readonly source: TextRef;
  readonly gates: readonly GateElsewhere[];
  readonly tasks: readonly TaskElsewhere[];
}

/** A task that is not to be done any more; `task` is its key in the stage. */
export interface AdoptedTask {
  readonly task: Key;
  readonly status: 'done' | 'dropped';
  readonly at?: Instant;
  readonly by?: TextRef;
  readonly evidence?: Evidence;
}

/** What a phase adopts when it opens. With a gate it is behind, and tasks that are not told of count as done. */
export interface PhaseAdoption {
  readonly tasks: readonly AdoptedTask[];
  readonly gate?: GateElsewhere;
}

export type AdoptedPhases = Readonly<Record<Key, PhaseAdoption>>;

/** What a stage is given to adopt. */
export interface StageAdoption extends PhaseAdoption {
  readonly source: TextRef;
  /** Who started the project here with these facts. */
  readonly person: PersonId;
}

/** What a project still has to hand to its phases. */
export interface PendingAdoption {
  readonly source: TextRef;
  readonly person: PersonId;
  readonly phases: AdoptedPhases;
}

/** Tasks that can be told of at most. */
export const MAX_ADOPTED_TASKS = 10_000;
/** Bytes of an adoption as JSON at most: it travels in one command, its answer and one event, which the server takes up to 2 MiB each. */
export const MAX_ADOPTION_BYTES = 1_000_000;

type Judged = { readonly ok: true; readonly phases: AdoptedPhases } | { readonly ok: false; readonly fields: readonly FieldProblem[] };

/** So many keys are named at most where one is not known. */
const KNOWN_AT_MOST = 30;
const few = (keys: readonly Key[]): string => [...keys.slice(0, KNOWN_AT_MOST), ...(keys.length > KNOWN_AT_MOST ? ['…'] : [])].join(', ');

/** Told twice: the second place is wrong, and names the first. */
function repeated(seen: Map<string, string>, id: string, pointer: string): FieldProblem[] {
  const first = seen.get(id);
  if (first !== undefined) return [{ pointer, code: 'duplicate', expected: first }];
  seen.set(id, pointer);
  return [];
}

const inFuture = (at: Instant | undefined, now: Instant, pointer: string): FieldProblem[] =>
  (at !== undefined && at > now ? [{ pointer, code: 'future', expected: new Date(now).toISOString() }] : []);

/** A row with the key that its task has in its stage. */
interface Placed {
  readonly row: TaskElsewhere;
  readonly key: Key;
  readonly pointer: string;
}

/** Which task a row is about, or what is wrong with how it says so. */
function place(plan: Plan, row: TaskElsewhere, pointer: string): Placed | FieldProblem {
  const phase = plan.phases.find(({ key }) => key === row.phase);
  if (!phase) return { pointer: `${pointer}/phase`, code: 'unknown', expected: few(plan.phases.map(({ key }) => key)) };
  const planned = phase.tasks.find(({ key }) => key === row.task);
  if (!planned) return { pointer: `${pointer}/task`, code: 'unknown', expected: few(phase.tasks.map(({ key }) => key)) };
  const { items } = planned;
  if (items && row.item === undefined) return { pointer: `${pointer}/item`, code: 'required' };
  const key = row.item === undefined ? row.task : itemTaskKey(row.task, row.item);
  if (!taskOf(phase, key)) return { pointer: `${pointer}/item`, code: 'unknown', ...(items && { expected: few(items) }) };
  return { row, pointer, key };
}

/** Mandatory criteria that can't be met without a task: with it dropped, the gate would stay shut for ever. */
function criteriaAsking({ gate, tasks }: PlanPhase, key: Key): Key[] {
  const planned = tasks.find((task) => task.key === key);
  return (gate?.criteria ?? []).filter((criterion) => {
    if (!criterion.mandatory || !planned) return false;
    switch (criterion.kind) {
      case 'judged':
      case 'backlog':
      case 'handover':
      case 'conditions': return false;
      case 'deliverable': return planned.produces.includes(criterion.deliverable);
      case 'evidence': return criterion.test.task === key;
      // Where a task has a condition of its own, those of the gate allow for it to be dropped.
      case 'condition': return !planned.when && referencesOf(criterion.condition).some((to) => (to[0] === 'evidence' || to[0] === 'done') && to[1] === key);
      default: return unreachable(criterion);
    }
  }).map((criterion) => criterion.key);
}

class Judge {
  readonly fields: FieldProblem[] = [];
  private readonly placed = new Map<Key, Placed[]>();
  private readonly gates = new Map<Key, { readonly gate: GateElsewhere; readonly pointer: string }>();

  constructor(private readonly plan: Plan, private readonly adoption: Adoption, private readonly now: Instant) {
    this.readGates();
    this.readTasks();
    for (const phase of plan.phases) this.checkPhase(phase);
  }

  phases(): AdoptedPhases {
    return Object.fromEntries(this.plan.phases.flatMap(({ key }): [Key, PhaseAdoption][] => {
      const gate = this.gates.get(key)?.gate;
      const tasks = this.rowsOf(key).flatMap(({ row, key: task }): AdoptedTask[] => {
        const { status, at, by, evidence } = row;
        return status === 'open' ? [] : [{ task, status, ...(at !== undefined && { at }), ...(by && { by }), ...(evidence && { evidence }) }];
      });
      return gate || tasks.length > 0 ? [[key, { tasks, ...(gate && { gate }) }]] : [];
    }));
  }

  private readonly rowsOf = (phase: Key): readonly Placed[] => this.placed.get(phase) ?? [];

  private readGates(): void {
    const gated = this.plan.phases.filter(({ gate }) => gate);
    const seen = new Map<string, string>();
    this.adoption.gates.forEach((gate, index) => {
      const pointer = `/adoption/gates/${index}`;
      const phase = gated.find((each) => each.gate?.key === gate.gate);
      this.fields.push(...inFuture(gate.at, this.now, `${pointer}/passedAt`));
      if (!phase) this.fields.push({ pointer: `${pointer}/gate`, code: 'unknown', expected: few(gated.flatMap((each) => each.gate?.key ?? [])) });
      else {
        this.fields.push(...repeated(seen, gate.gate, pointer));
        this.gates.set(phase.key, { gate, pointer });
      }
    });
  }

  private readTasks(): void {
    const seen = new Map<string, string>();
    this.adoption.tasks.forEach((row, index) => {
      const pointer = `/adoption/tasks/${index}`;
      const placed = place(this.plan, row, pointer);
      this.fields.push(...inFuture(row.at, this.now, `${pointer}/doneAt`));
      if ('code' in placed) {
        this.fields.push(placed);
        return;
      }
      this.fields.push(...repeated(seen, `${row.phase}/${placed.key}`, pointer));
      if (row.status !== 'done' && row.evidence) this.fields.push({ pointer: `${pointer}/evidence`, code: 'not-done' });
      const rows = this.placed.get(row.phase) ?? [];
      if (rows.length === 0) this.placed.set(row.phase, rows);
      rows.push(placed);
    });
  }

  private checkPhase(phase: PlanPhase): void {
    const gate = this.gates.get(phase.key);
    const passed = this.missingFor(phase) === null;
    for (const { row, key, pointer } of this.rowsOf(phase.key)) {
      if (gate && row.status === 'open') this.fields.push({ pointer: `${pointer}/status`, code: 'gate-passed' });
      const asking = !gate && row.status === 'dropped' ? criteriaAsking(phase, row.task) : [];
      if (asking.length > 0) this.fields.push({ pointer: `${pointer}/status`, code: 'gate-needs', expected: few(asking) });
      if (row.status === 'done') this.checkEvidence(phase, key, row.evidence ?? {}, pointer, passed);
    }
    if (!gate) return;
    const behind = this.behind(phase);
    const missing = behind.flatMap((each) => this.missingFor(each) ?? []);
    if (missing.length > 0) this.fields.push({ pointer: `${gate.pointer}/gate`, code: 'not-passed', expected: missing.join('; ') });
    const latest = Math.max(...behind.map(({ key }) => this.gates.get(key)?.gate.at ?? -Infinity));
    if ((gate.gate.at ?? Infinity) < latest) this.fields.push({ pointer: `${gate.pointer}/passedAt`, code: 'range', expected: `≥ ${new Date(latest).toISOString()}` });
  }

  /** What elsewhere was not asked for can be missing in what is behind; in a phase that goes on here it is needed. */
  private checkEvidence(phase: PlanPhase, key: Key, evidence: Evidence, pointer: string, passed: boolean): void {
    for (const problem of checkEvidence(taskOf(phase, key)?.evidence ?? [], evidence)) {
      if (problem.code !== 'required') this.fields.push({ ...problem, pointer: `${pointer}${problem.pointer}` });
      else if (!passed) this.fields.push({ ...problem, code: 'evidence-needed', pointer: `${pointer}${problem.pointer}` });
    }
  }

  /** Whether a phase of which no task is told is part of the project: as the project will find when it gets there. */
  private isWanted({ when }: PlanPhase): boolean {
    return !when || isTrue(when, (to) => {
      if (to[0] === 'fact') return toScalar(own(this.rowsOf(to[1]).find(({ key }) => key === to[2])?.row.evidence ?? {}, to[3]));
      const gated = to[0] === 'gate' && this.plan.phases.find(({ gate }) => gate?.key === to[1]);
      return gated && this.gates.has(gated.key) ? 'adopted' : null;
    });
  }

  private behind({ after }: PlanPhase): PlanPhase[] {
    const before = (key: Key): readonly Key[] => this.plan.phases.find((each) => each.key === key)?.after ?? [];
    const keys = reachable(after, before);
    return this.plan.phases.filter(({ key }) => keys.has(key));
  }

  /** What would have to be told for a phase to be behind, as `PHASE: GATE` or `PHASE: TASKS`; null when it is. */
  private missingFor(phase: PlanPhase): string | null {
    if (this.gates.has(phase.key)) return null;
    const rows = this.rowsOf(phase.key);
    if (rows.length === 0 && !this.isWanted(phase)) return null;
    if (phase.gate) return `${phase.key}: ${phase.gate.key}`;
    const settled = new Set(rows.filter(({ row }) => row.status !== 'open').map(({ key }) => key));
    const open = tasksOf(phase).map(({ key }) => key).filter((key) => !settled.has(key));
    return open.length > 0 ? `${phase.key}: ${few(open)}` : null;
  }
}

/**
 * Whether what is told of a project fits its plan and itself, by phase.
 * @param now nothing was done later than this.
 * @returns or all that is wrong, by pointers into `{ adoption }` as clients send it.
 */
export function judgeAdoption(plan: Plan, adoption: Adoption, now: Instant): Judged {
  const judge = new Judge(plan, adoption, now);
  if (judge.fields.length > 0) return { ok: false, fields: judge.fields };
  const bytes = new TextEncoder().encode(JSON.stringify(adoption)).length;
  if (bytes > MAX_ADOPTION_BYTES) return { ok: false, fields: [{ pointer: '/adoption/tasks', code: 'too-long', expected: `${MAX_ADOPTION_BYTES} bytes` }] };
  return { ok: true, phases: judge.phases() };
}

/** The phases without what one has adopted, or never will. */
export function withoutPhase(adoption: PendingAdoption, phase: Key): PendingAdoption {
  const { [phase]: _, ...phases } = adoption.phases;
  return { ...adoption, phases };
}
