/** Evidence that lets a task be completed: what its fields ask for, and what the gates of its template want to see. */
import type { BodyFor, Schema } from '../../client';

type Task = Schema<'Task'>;
type Field = Task['fields'][number];
export type Evidence = NonNullable<BodyFor<'post', `/projects/${string}/phases/${string}/tasks/${string}/complete`>['evidence']>;
type Value = Evidence[string];

/** By `TASK/FIELD`: what a gate wants to see there. */
export type Wanted = ReadonlyMap<string, string | number | boolean>;

interface AuthoredGate { readonly criteria?: readonly { readonly test?: { readonly task: string; readonly field: string; readonly is?: readonly (string | number | boolean)[] } }[] }

/** What the gates of an authored template look at. */
export function wantedBy(template: unknown): Wanted {
  const { phases = [] } = template as { phases?: readonly { readonly gate?: AuthoredGate }[] };
  return new Map(phases.flatMap(({ gate }) => (gate?.criteria ?? []).flatMap(({ test }): [string, string | number | boolean][] => {
    const value = test?.is?.[0];
    return test && value !== undefined ? [[`${test.task}/${test.field}`, value]] : [];
  })));
}

/** Roles of an authored template of which a colleague looks at the work. */
export function checkedRoles(template: unknown): ReadonlySet<string> {
  const { phases = [] } = template as { phases?: readonly { readonly tasks?: readonly { readonly fourEyes?: boolean; readonly rasci?: { readonly r: string } }[] }[] };
  return new Set(phases.flatMap(({ tasks = [] }) => tasks.flatMap(({ fourEyes, rasci }) => (fourEyes && rasci ? [rasci.r] : []))));
}

const today = (): string => new Date().toISOString().slice(0, 10);

function cellOf(field: Field, number: string): Value {
  switch (field.type) {
    case 'document': return { name: `${field.name} ${number}.pdf` };
    case 'link': return 'https://docs.example.be/';
    case 'text': return field.name;
    case 'date': return today();
    case 'number': return Math.min(field.max ?? Infinity, Math.max(field.min ?? 0, 0));
    case 'choice': return field.choices?.[0]?.key ?? '';
    case 'checkbox': return true;
    case 'table': return { rows: [] };
  }
}

/** @param number of the document, so that they differ. @param files Digests of uploaded files, for the first documents. */
export function evidenceFor(task: Pick<Task, 'task' | 'fields'>, wanted: Wanted, number: string, file?: { readonly name: string; readonly sha256: string }): Evidence {
  const of = task.task.split('--')[0] ?? task.task;
  return Object.fromEntries(task.fields.filter(({ required, type }) => required || (file && type === 'document')).map((field): [string, Value] => {
    if (field.type === 'document' && file) return [field.key, file];
    if (field.type === 'table') {
      const row = Object.fromEntries((field.columns ?? []).map((column) => [column.key, cellOf(column, number)]));
      return [field.key, { rows: Array.from({ length: Math.max(1, field.minRows ?? 1) }, () => row) } as Value];
    }
    return [field.key, wanted.get(`${of}/${field.key}`) ?? cellOf(field, number)];
  }));
}
