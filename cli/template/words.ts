/** Findings of a proof and changes between versions, in plain words. */
import type { Finding, Move } from '../../domain/play/findings';
import type { Change } from '../../domain/template/diff';

/** One sentence. */
export function sayFinding({ code, subject, tasks, criteria, other }: Finding): string {
  const { phase, task, gate, step, role } = subject;
  switch (code) {
    case 'stuck': {
      const why = tasks && tasks.length > 0 ? `tasks wait for ever: ${tasks.join(', ')}` : `its gate can't be asked; mandatory criteria: ${(criteria ?? []).join(', ') || 'none'}`;
      return `The project can get stuck${phase === undefined ? '' : ` in phase ${phase}`}: nobody can do anything any more (${why}).`;
    }
    case 'phase-never': return `Phase ${phase} can never open.`;
    case 'task-never': return `Task ${phase}/${task} can never be done.`;
    case 'gate-never': return `Gate ${gate} of phase ${phase} can never be asked.`;
    case 'gate-never-passes': return `Gate ${gate} of phase ${phase} can never be passed.`;
    case 'endless-rework': return `From gate ${gate} every way leads back to it: the rework has no way out.`;
    case 'quorum-unreachable': return `Step ${step} of gate ${gate} can't reach its quorum: too few people may vote in it.`;
    case 'role-impossible': return `Nobody can hold the role ${role} without breaking the separation of duties.`;
    case 'due-before-dependency': return `Task ${phase}/${task} is due before ${other}, which it waits for.`;
  }
}

/** The way to a finding, a line per move. */
export function sayTrace(trace: readonly Move[]): string[] {
  return trace.map(({ kind, gate, outcome, rework, delivered }) => {
    const move = kind === 'start' ? 'the project starts' : kind === 'cancel' ? 'the project is cancelled' : `${kind === 'ladder' ? 'nobody decides in time; ' : ''}gate ${gate} answers ${outcome}${rework ? ` (${rework.join(', ')})` : ''}`;
    const evidence = (delivered ?? []).map(({ phase, field, value }) => `${phase}/${field} = ${String(value)}`).join(', ');
    return `${move}; all tasks that can be done are done${evidence === '' ? '' : `, with ${evidence}`}`;
  });
}

export function sayChange({ kind, part, key, from, properties, textOnly }: Change): string {
  switch (kind) {
    case 'added': return `+ ${part} ${key}`;
    case 'removed': return `- ${part} ${key}`;
    case 'moved': return `> ${part} ${key} (from phase ${from})`;
    case 'renamed': return `> ${part} ${key} (was ${from})`;
    case 'changed': return `~ ${part} ${key}: ${(properties ?? []).join(', ')}${textOnly ? ' (texts only)' : ''}`;
  }
}
