/** What a change would do to a running project. Pure, and slow: it is done in a process of its own. */
import type { ChangeLevel, Operation, StatedImpact } from '../../domain/change/types';
import type { FieldProblem } from '../../domain/errors';
import type { Finding } from '../../domain/play/findings';
import { projectAmong, type Standing } from '../../domain/play/play';
import { previewMigration } from '../../domain/play/preview-migration';
import { verify } from '../../domain/play/verify';
import { judgeOperations, wayOf, type JudgedChange } from '../../domain/project/changes';

export interface ChangeToJudge {
  readonly standings: readonly Standing[];
  readonly id: string;
  readonly operations: readonly Operation[];
  readonly impact: StatedImpact;
  /** Whether who asks steers the project. */
  readonly steering: boolean;
  readonly now: number;
}

export interface ChangeJudged extends Partial<Pick<JudgedChange, 'difference' | 'size'>> {
  /** What is wrong with the operations: then nothing else is said. */
  readonly problems: readonly FieldProblem[];
  /** How the project could get stuck with the changed plan. */
  readonly findings: readonly Finding[];
  /** Who would decide; `within`: it takes effect without asking. */
  readonly way?: { readonly within: true } | { readonly level: ChangeLevel };
}

/** So many states are looked at from where the project stands. */
const MAX_STATES = 200;

export function judgeChange({ standings, id, operations, impact, steering, now }: ChangeToJudge): ChangeJudged {
  const state = projectAmong(standings);
  if (!state) throw new Error('the project itself is missing');
  const judged = judgeOperations(state, { id, operations });
  if ('length' in judged) return { problems: judged, findings: [] };
  const { difference, size, plan } = judged;
  const way = wayOf(state, judged, impact, steering);
  const { after } = previewMigration(standings, plan, now);
  const findings = after ? verify([after.project().plan], { start: now, from: after, maxStates: MAX_STATES }).findings : [];
  return { problems: [], findings, difference, size, ...(way && { way }) };
}
