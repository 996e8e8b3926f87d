/** What the proof found, in words of the reader. */
import type { TFunction } from 'i18next';
import type { Schema } from '../../../client';

export type Move = Schema<'FindingMove'>;
/** As the API tells it: the way there only where the whole is told. */
export type Finding = Pick<Schema<'Finding'>, 'code' | 'subject' | 'confirmed'> & Partial<Schema<'Finding'>>;

/** What a part of the lifecycle is called; its key where nobody knows. `within`: of tasks, fields and criteria the phase, of steps the gate. */
export type NameOf = (kind: 'phase' | 'task' | 'gate' | 'role' | 'step' | 'field' | 'criterion', key: string, within?: string) => string;

type T = TFunction<'proof'>;
const SAID = ['phase-never', 'task-never', 'gate-never', 'gate-never-passes', 'endless-rework', 'quorum-unreachable', 'role-impossible', 'due-before-dependency'] as const;

/** A finding in a sentence or two. */
export function sayFinding(t: T, { code, subject, confirmed, tasks, criteria, other }: Finding, nameOf: NameOf): string {
  const { phase, task, gate, step, role } = subject;
  const unsure = confirmed ? [] : [t('unconfirmed')];
  if (code === 'stuck') {
    const why = tasks && tasks.length > 0 ? [t('stuck-tasks', { tasks: tasks.map((each) => nameOf('task', each, phase)).join(', ') })]
      : criteria && criteria.length > 0 ? [t('stuck-criteria', { criteria: criteria.map((each) => nameOf('criterion', each, phase)).join(', ') })] : [];
    return [phase === undefined ? t('stuck') : t('stuck-phase', { phase: nameOf('phase', phase) }), ...why, ...unsure].join(' ');
  }
  const known = SAID.find((each) => each === code);
  if (!known) return [code, ...Object.values(subject)].join(' ');
  const name = (kind: Parameters<NameOf>[0], key: string | undefined, within?: string): string => (key === undefined ? '' : nameOf(kind, key, within));
  const words = { phase: name('phase', phase), task: name('task', task, phase), gate: name('gate', gate), step: name('step', step, gate), role: name('role', role), other: name('task', other, phase) };
  return [t(known, words), ...unsure].join(' ');
}

const valueText = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean));

/** One move of the way to a finding. */
export function sayMove(t: T, { kind, gate = '', outcome = 'approve', rework, delivered }: Move, nameOf: NameOf): string {
  const words = { gate: nameOf('gate', gate), outcome: t(`outcome-${outcome}`) };
  const said = kind === 'start' ? t('move-start') : kind === 'cancel' ? t('move-cancel') : kind === 'ladder' ? t('move-ladder', words) : t('move-decide', words);
  const parts = rework && rework.length > 0 ? [t('move-rework', { parts: rework.map((each) => nameOf('task', each)).join(', ') })] : [];
  const fields = (delivered ?? []).map(({ phase, field, value }) => {
    const name = nameOf('field', field, phase);
    return value === null ? t('not-delivered', { field: name }) : `${name} = ${valueText(value)}`;
  });
  return [said, ...parts, ...(fields.length > 0 ? [t('move-delivered', { fields: fields.join(', ') })] : [])].join(' ');
}
