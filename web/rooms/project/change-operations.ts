/** Operations on the plan as a form has them, and as the API takes them. Pure. */
import type { paths } from '../../../client';

export const OPS = ['redate', 'estimate', 'add', 'remove', 'scope'] as const;
export type Op = (typeof OPS)[number];

/** What the form has of one operation; empty fields are not filled in. */
export interface Draft {
  readonly id: number;
  readonly op: Op;
  readonly phase: string;
  readonly task: string;
  readonly date: string;
  readonly estimate: readonly [number | '', number | '', number | ''];
  readonly title: string;
  readonly role: string;
  readonly days: number | '';
  /** Of a backlog: by how much it may grow, what it is to become, which items may be dropped. */
  readonly amount: number | '';
  readonly goal: string;
  readonly items: string;
}

type Body = paths['/api/v1/projects/{project}/changes']['post']['requestBody']['content']['application/json'];
export type Operations = Body['operations'];

export const emptyDraft = (id: number, phase: string): Draft => ({ id, op: 'redate', phase, task: '', date: '', estimate: ['', '', ''], title: '', role: '', days: '', amount: '', goal: '', items: '' });

/** Numbers of items as they are typed: `#3, #7`. */
const numbersIn = (text: string): string[] => text.match(/\d+/g) ?? [];

export function isComplete({ op, phase, task, date, estimate, title, role, amount, goal, items }: Draft): boolean {
  if (phase === '') return false;
  switch (op) {
    case 'redate': return task !== '' && date !== '';
    case 'estimate': return task !== '' && estimate.every((each) => each !== '');
    case 'add': return title.trim() !== '' && role !== '';
    case 'remove': return task !== '';
    case 'scope': return amount !== '' || goal.trim() !== '' || numbersIn(items).length > 0;
    default: return op satisfies never;
  }
}

/** A key for a new task, of its title, that no other task of the phase has. */
function newKey(title: string, taken: ReadonlySet<string>): string {
  const base = title.toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^[^a-z]+|-+$/g, '').slice(0, 50).replace(/-+$/, '') || 'task';
  let key = base;
  for (let count = 2; taken.has(key); count++) key = `${base}-${count}`;
  return key;
}

/** @param taken keys of tasks that there are, by phase. */
export function operationsOf(drafts: readonly Draft[], taken: ReadonlyMap<string, readonly string[]>): Operations {
  const used = new Map([...taken].map(([phase, keys]) => [phase, new Set(keys)]));
  return drafts.map((draft): Operations[number] => {
    const { op, phase, task, date, title, role, days, amount, goal, items } = draft;
    switch (op) {
      case 'redate': return { op: 'set-task', phase, task, set: { dueDate: date } };
      case 'estimate': return { op: 'set-task', phase, task, set: { estimate: draft.estimate.map(Number) as [number, number, number] } };
      case 'remove': return { op: 'remove-task', phase, task };
      case 'scope': {
        const release = numbersIn(items);
        return { op: 'set-scope', phase, set: { ...(amount !== '' && { add: amount }), ...(goal.trim() !== '' && { goal: goal.trim() }), ...(release.length > 0 && { release }) } };
      }
      case 'add': {
        const keys = used.get(phase) ?? new Set<string>();
        const key = newKey(title, keys);
        used.set(phase, keys.add(key));
        return { op: 'add-task', phase, task: { key, title: title.trim(), responsible: role, ...(days !== '' && { dueDays: days }) } };
      }
      default: return op satisfies never;
    }
  });
}
