/** Can each rung of a ladder be reached, and does it say all that it needs? */
import { GLOBAL_ROLES } from '../permissions';
import type { ProblemCode } from './problem';
import type { TemplateGate, TemplateRung, TemplateTask } from './schema';
import { say, type Sentence } from './say';

type Path = readonly (string | number)[];
type Report = (path: Path, code: ProblemCode, said: Sentence) => void;
type Need = (path: Path, written: string, known: ReadonlySet<string>, kind: 'role' | 'step') => boolean;

/** Roles beyond projects that can decide on a project. */
const RAISED_BEYOND: readonly string[] = GLOBAL_ROLES.filter((role) => role !== 'auditor');

/** All problems of a ladder. @param path where the approval stands. */
export function checkLadder(approval: TemplateGate['approval'], path: Path, roles: ReadonlySet<string>, report: Report, need: Need): void {
  const steps = new Set(approval.steps.map(({ key }) => key));
  approval.ladder?.forEach((rung, index) => {
    const at = [...path, 'ladder', index];
    checkTime(rung, approval.dueDays !== undefined, at, report);
    if (rung.step !== undefined) need([...at, 'step'], rung.step, steps, 'step');
    const { do: deed, to, outcome } = rung;
    const takesRole = deed === 'add-approver' || deed === 'move-to-deputy' || deed === 'raise';
    if (takesRole !== (to !== undefined)) report(at, 'rung-incomplete', takesRole ? say`${deed} needs a role (to)` : say`${deed} takes no role`);
    if ((deed === 'decide') !== (outcome !== undefined)) report(at, 'rung-incomplete', deed === 'decide' ? say`decide needs an outcome` : say`${deed} takes no outcome`);
    if (to !== undefined && !(deed === 'raise' && RAISED_BEYOND.includes(to))) need([...at, 'to'], to, roles, 'role');
    if (outcome === undefined || deed !== 'decide') return;
    if (!approval.outcomes.includes(outcome)) report([...at, 'outcome'], 'choice', say`the approval does not have the outcome ${outcome}`);
    else if (outcome === 'approve' && approval.separationOfDuties) {
      report([...at, 'outcome'], 'rung-unseen', say`with separationOfDuties somebody who did not do the work has to look at it: it can not be approved by itself`);
    }
  });
}

/** All problems of the ladder of a task. @param path where the task stands. */
export function checkTaskLadder({ ladder, dueDays, due }: TemplateTask, path: Path, roles: ReadonlySet<string>, report: Report, need: Need): void {
  ladder?.forEach((rung, index) => {
    const at = [...path, 'ladder', index];
    checkTime({ ...rung, after: 'due' }, dueDays !== undefined || due !== undefined, at, report, 'task');
    if ((rung.do === 'raise') !== (rung.to !== undefined)) report(at, 'rung-incomplete', rung.do === 'raise' ? say`raise needs a role (to)` : say`remind takes no role`);
    if (rung.to !== undefined && !RAISED_BEYOND.includes(rung.to)) need([...at, 'to'], rung.to, roles, 'role');
  });
}

function checkTime({ days, hours, after }: Pick<TemplateRung, 'days' | 'hours' | 'after'>, hasDueDate: boolean, path: Path, report: Report, of: 'approval' | 'task' = 'approval'): void {
  if ((days === undefined) === (hours === undefined)) report(path, 'rung-time', say`give either days or hours`);
  if (after === 'due' && !hasDueDate) report(of === 'task' ? path : [...path, 'after'], 'rung-time', of === 'task' ? say`the task has no due date (dueDays)` : say`the approval has no due date (dueDays)`);
  const count = days ?? hours;
  if (after !== 'due' && typeof count === 'number' && count < 0) report(path, 'rung-time', say`nothing happens before the opening; count from the due date (after: due)`);
}
