/** What a move to another version of a template means for a project, in words for a table. */
import type { Finding } from '../../domain/play/findings';
import { sayFinding } from '../template/words';
import type { Migration, Moved } from './views';

/** Why a project can not move as it stands, or what would change. */
export function sayMigration({ outcome, decisions, undecided, refusal, problems, findings, ...preview }: Migration): string {
  switch (outcome) {
    case 'same': return 'it has that version';
    case 'needs-decision':
      return decisions.filter(({ id }) => undecided.includes(id)).map(({ id, choices }) => `${id} (${choices.join(' or ')})`).join('; ');
    case 'refused': return refusal ?? '';
    case 'impossible':
      return [...problems.map(({ pointer, detail }) => `${pointer} ${detail}`), ...findings.map((finding) => sayFinding(finding as unknown as Finding))].join('; ');
    case 'moves': return sayChanges(preview) || 'nothing in it changes';
  }
}

function sayChanges({ phases, tasks, approvals }: Pick<Migration, 'phases' | 'tasks' | 'approvals'>): string {
  const tally = new Map<string, number>();
  const add = (noun: string, change: string): void => { tally.set(`${noun} ${change}`, (tally.get(`${noun} ${change}`) ?? 0) + 1); };
  for (const { change } of phases) add('phases', change);
  for (const { change } of tasks) add('tasks', change);
  for (const { change } of approvals) add('approvals', change);
  return [...tally].map(([what, times]) => `${what}: ${times}`).join(', ');
}

const ENDINGS: Readonly<Record<Exclude<Moved['outcome'], 'refused'>, string>> = {
  'migrated': '', 'same': 'it has that version',
  'moved-on': 'something happened meanwhile: it is wholly on its old version',
  'pending': 'not settled yet: sluis project show tells for whom it waits',
};

export const sayMoved = ({ outcome, problem }: Moved): string => (outcome === 'refused' ? (problem?.detail ?? '') : ENDINGS[outcome]);
