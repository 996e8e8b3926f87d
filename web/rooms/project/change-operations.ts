/** Operations on the plan as a form has them, and as the API takes them. Pure. */
import type { paths, Schema } from '../../../client';
import { isNumber, isUnreadable, type Written } from '../../parts/written';

/** By what they are about, in the order in which they are offered. */
export const OPS = {
  tasks: ['redate', 'estimate', 'add', 'remove'], phases: ['add-phase', 'move-phase', 'budget-phase', 'redo-phase', 'remove-phase', 'scope'], gates: ['set-gate', 'remove-gate'],
} as const;
export type Op = (typeof OPS)[keyof typeof OPS][number];

type Body = paths['/api/v1/projects/{project}/changes']['post']['requestBody']['content']['application/json'];
export type Operations = Body['operations'];
type Plan = Schema<'Plan'>;
type GateOf = NonNullable<Plan['phases'][number]['gate']>;
export type Quorum = GateOf['steps'][number]['quorum'];

/** Those who decide on a gate, one after another. */
export interface Step {
  /** Its key in the plan; a new one has none. */
  readonly key?: string;
  readonly roles: readonly string[];
  readonly quorum: Quorum;
}

/** What the form has of one operation; empty fields are not filled in. */
export interface Draft {
  readonly id: number;
  readonly op: Op;
  /** Its key in the plan; of one that another operation adds, `newPhase(ID)`. */
  readonly phase: string;
  readonly task: string;
  readonly date: string;
  readonly estimate: readonly [Written, Written, Written];
  readonly title: string;
  readonly role: string;
  readonly days: Written;
  /** The first task of a new phase. */
  readonly first: string;
  readonly after: readonly string[];
  readonly before: readonly string[];
  readonly budget: Written;
  /** Criteria that are judged, a line each. */
  readonly criteria: string;
  readonly steps: readonly Step[];
  /** Of a backlog: by how much it may grow, what it is to become, which items may be dropped. */
  readonly amount: Written;
  readonly goal: string;
  readonly items: string;
}

const EMPTY_STEP: Step = { roles: [], quorum: 'all' };

export const emptyDraft = (id: number, phase: string): Draft => ({
  id, op: 'redate', phase, task: '', date: '', estimate: [undefined, undefined, undefined], title: '', role: '', days: undefined, first: '', after: [], before: [], budget: undefined, criteria: '', steps: [EMPTY_STEP],
  amount: undefined, goal: '', items: '',
});

/** Numbers of items as they are typed: `#3, #7`. */
const numbersIn = (text: string): string[] => text.match(/\d+/g) ?? [];

export const newStep = (): Step => EMPTY_STEP;

/** How a phase is called that an operation of the same change adds: its key follows from its title, once that is settled. */
export const newPhase = (id: number): string => `new ${id}`;

/** A phase that an operation can be about. */
export interface Place {
  readonly phase: string;
  readonly name: string;
  /** As the plan has it; undefined: the same change adds it. */
  readonly planned: Plan['phases'][number] | undefined;
}

/** Phases that there are when an operation is carried out: those of the plan, and those that come with the operations before it. */
export function placesFor(draft: Draft, drafts: readonly Draft[], { phases }: Plan): Place[] {
  const before = drafts.slice(0, drafts.findIndex(({ id }) => id === draft.id));
  return [
    ...phases.map((planned) => ({ phase: planned.phase, name: planned.name, planned })),
    ...before.filter(({ op, title }) => op === 'add-phase' && title.trim() !== '').map(({ id, title }) => ({ phase: newPhase(id), name: title.trim(), planned: undefined })),
  ];
}

/** Phases that an operation fits. @param status of the phases of the project, by key. */
export function fitting(op: Op, places: readonly Place[], status: ReadonlyMap<string, string>): Place[] {
  switch (op) {
    case 'redate': case 'estimate': case 'remove': return places.filter(({ planned }) => planned !== undefined);
    case 'redo-phase': return places.filter(({ phase }) => status.get(phase) === 'passed');
    case 'move-phase': case 'budget-phase': case 'remove-phase': return places.filter(({ planned }) => planned !== undefined);
    case 'remove-gate': return places.filter(({ planned }) => planned?.gate);
    case 'scope': return places.filter(({ planned }) => planned?.scopeControl);
    case 'add': case 'set-gate': case 'add-phase': return [...places];
    default: return op satisfies never;
  }
}

/** What a form begins with when an operation is chosen for a phase: as the plan has it. */
export function begun(op: Op, place: Place | undefined): Partial<Draft> {
  const planned = place?.planned;
  switch (op) {
    case 'move-phase': return { after: planned?.after ?? [] };
    case 'budget-phase': return { budget: planned?.budget ?? undefined };
    case 'set-gate': return {
      title: planned?.gate?.name ?? '', criteria: (planned?.gate?.criteria ?? []).filter(({ judged }) => judged).map(({ name }) => name).join('\n'),
      steps: planned?.gate?.steps.map(({ key, roles, quorum }) => ({ key, roles: roles.map((role) => role.key), quorum })) ?? [EMPTY_STEP],
    };
    case 'add-phase': return { title: '', after: place ? [place.phase] : [], before: [] };
    default: return {};
  }
}

export function isComplete({ op, phase, task, date, estimate, title, role, first, steps, days, budget, amount, goal, items }: Draft): boolean {
  if ([days, budget, amount].some(isUnreadable)) return false;
  if (op !== 'add-phase' && phase === '') return false;
  switch (op) {
    case 'redate': return task !== '' && date !== '';
    case 'estimate': return task !== '' && estimate.every(isNumber);
    case 'add': return title.trim() !== '' && role !== '';
    case 'remove': return task !== '';
    case 'add-phase': return title.trim() !== '' && first.trim() !== '' && role !== '';
    case 'set-gate': return title.trim() !== '' && steps.every(({ roles }) => roles.length > 0);
    case 'scope': return amount !== undefined || goal.trim() !== '' || numbersIn(items).length > 0;
    case 'move-phase': case 'budget-phase': case 'redo-phase': case 'remove-phase': case 'remove-gate': return true;
    default: return op satisfies never;
  }
}

/** Gives keys that follow from titles, and that nothing else has. */
class Keys {
  private readonly used: Set<string>;

  constructor(taken: Iterable<string>) {
    this.used = new Set(taken);
  }

  of(title: string, otherwise: string): string {
    const base = title.toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^[^a-z]+|-+$/g, '').slice(0, 50).replace(/-+$/, '') || otherwise;
    let key = base;
    for (let count = 2; this.used.has(key); count++) key = `${base}-${count}`;
    this.used.add(key);
    return key;
  }
}

const lines = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter((line) => line !== '');

function gateOf({ title, criteria, steps }: Draft, before: GateOf | null | undefined, gates: Keys): Extract<Operations[number], { op: 'set-gate' }>['gate'] {
  const known = new Map(before?.criteria.filter(({ judged }) => judged).map(({ name, key }) => [name, key]));
  const [ofCriteria, ofSteps] = [new Keys(before?.criteria.map(({ key }) => key) ?? []), new Keys(before?.steps.map(({ key }) => key) ?? [])];
  return {
    key: before?.gate ?? gates.of(title, 'gate'), title: title.trim(),
    criteria: [...new Set(lines(criteria))].map((each) => ({ key: known.get(each) ?? ofCriteria.of(each, 'criterion'), title: each })),
    steps: steps.map(({ key, roles, quorum }) => ({ key: key ?? ofSteps.of(roles.join(' '), 'step'), roles: [...roles], quorum })),
  };
}

/** @param drafts complete ones, in the order in which they are carried out. */
export function operationsOf(drafts: readonly Draft[], { phases }: Plan): Operations {
  const tasks = new Map(phases.map(({ phase, tasks: each }) => [phase, new Keys(each.map(({ task }) => task))]));
  const [ofPhases, ofGates] = [new Keys(phases.map(({ phase }) => phase)), new Keys(phases.flatMap(({ gate }) => gate?.gate ?? []))];
  const added = new Map<string, string>();
  const keyOf = (phase: string): string => added.get(phase) ?? phase;
  const tasksOf = (phase: string): Keys => {
    const keys = tasks.get(phase) ?? new Keys([]);
    tasks.set(phase, keys);
    return keys;
  };
  return drafts.map((draft): Operations[number] => {
    const { op, task, date, title, role, days, budget, amount, goal, items } = draft;
    const phase = keyOf(draft.phase);
    const dueDays = days === undefined ? {} : { dueDays: days };
    switch (op) {
      case 'redate': return { op: 'set-task', phase, task, set: { dueDate: date } };
      case 'estimate': return { op: 'set-task', phase, task, set: { estimate: draft.estimate.map(Number) as [number, number, number] } };
      case 'remove': return { op: 'remove-task', phase, task };
      case 'add': return { op: 'add-task', phase, task: { key: tasksOf(phase).of(title, 'task'), title: title.trim(), responsible: role, ...dueDays } };
      case 'scope': {
        const release = numbersIn(items);
        return { op: 'set-scope', phase, set: { ...(amount !== undefined && { add: amount }), ...(goal.trim() !== '' && { goal: goal.trim() }), ...(release.length > 0 && { release }) } };
      }
      case 'add-phase': {
        const key = ofPhases.of(title, 'phase');
        added.set(newPhase(draft.id), key);
        return { op, phase: {
          key, title: title.trim(), after: draft.after.map(keyOf), ...(draft.before.length > 0 && { before: draft.before.map(keyOf) }), ...(budget !== undefined && { budget }),
          tasks: [{ key: tasksOf(key).of(draft.first, 'task'), title: draft.first.trim(), responsible: role, ...dueDays }],
        } };
      }
      case 'move-phase': return { op: 'set-phase', phase, set: { after: draft.after.map(keyOf) } };
      case 'budget-phase': return { op: 'set-phase', phase, set: { budget: budget ?? null } };
      case 'redo-phase': case 'remove-phase': case 'remove-gate': return { op, phase };
      case 'set-gate': return { op, phase, gate: gateOf(draft, phases.find((each) => each.phase === phase)?.gate, ofGates) };
      default: return op satisfies never;
    }
  });
}
