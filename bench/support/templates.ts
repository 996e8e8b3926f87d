/** The templates that are measured with. None asks for evidence: what is measured is the engine, not the forms. */
import { checkShape, type Template } from '../../domain/template/schema';
import { BURST, LANES, PHASES, TASKS_PER_PHASE } from './shapes';

const text = (en: string) => ({ nl: en, fr: en, en });
const role = (key: string) => ({ key, abbreviation: key.toUpperCase(), name: text(key) });

const GATE = { criteria: [], approval: { steps: [{ key: 'approvers', roles: ['approvers'], quorum: 'any' }] } };

interface Shape {
  readonly phases: number;
  readonly tasks: number;
  readonly gates: boolean;
}

/** Phases in a row, each of parallel tasks for the team, then a gate for the approvers. */
function template(key: string, { phases, tasks, gates }: Shape): Template {
  const keys = Array.from({ length: phases }, (_, index) => `phase-${index + 1}`);
  const checked = checkShape({
    schema: 1, key, version: '1.0.0', name: text(key), description: text(key), managerRole: 'manager',
    roles: ['manager', 'team', 'approvers'].map(role),
    phases: keys.map((phase, place) => ({
      key: phase, name: text(phase), kind: 'stage', after: keys.slice(Math.max(0, place - 1), place),
      tasks: Array.from({ length: tasks }, (_, index) => (
        { key: `task-${index + 1}`, name: text(`Task ${index + 1}`), rasci: { r: 'team', a: 'manager' } })),
      ...(gates && { gate: { key: `${phase}-gate`, name: text('Gate'), ...GATE } }),
    })),
  });
  if (!checked.ok) throw new Error(`the template ${key} is not right: ${JSON.stringify(checked.problems)}`);
  return checked.template;
}

const column = (key: string) => ({ key, name: text(key) });

/** One phase that stays open, with a team of everybody who holds a role of it, and a board of three columns without limits. */
export const AGILE: Template = ((): Template => {
  const checked = checkShape({
    schema: 1, key: 'bench-agile', version: '1.0.0', name: text('bench-agile'), description: text('bench-agile'), managerRole: 'manager', roles: ['manager', 'team', 'approvers'].map(role),
    phases: [{
      key: 'phase-1', name: text('phase-1'), kind: 'iterations', tasks: [{ key: 'task-1', name: text('Task 1'), rasci: { r: 'team', a: 'manager' } }],
      iterations: { productOwner: 'team', columns: ['to-do', 'doing', 'done'].map(column), teams: [{ ...column('blue'), roles: ['team'], sprintDays: 10 }] },
    }],
  });
  if (!checked.ok) throw new Error(`the template bench-agile is not right: ${JSON.stringify(checked.problems)}`);
  return checked.template;
})();

/** One phase that hands services over; an approver signs them off, and the team receives them. */
const HANDOVER: Template = ((): Template => {
  const checked = checkShape({
    schema: 1, key: 'bench-handover', version: '1.0.0', name: text('bench-handover'), description: text('bench-handover'), managerRole: 'manager', roles: ['manager', 'team', 'approvers'].map(role),
    phases: [{
      key: 'phase-1', name: text('phase-1'), kind: 'handover', tasks: [{ key: 'task-1', name: text('Task 1'), rasci: { r: 'team', a: 'manager' } }],
      handover: {
        delivering: ['manager'], serviceOwner: 'approvers', teams: [{ ...column('operations'), roles: ['team'] }], signOff: { steps: [{ ...column('owner'), roles: ['approvers'], quorum: 'any' }] },
        earlyLife: { days: 365, count: 'calendar', criteria: [
          { ...column('levels'), kind: 'figures', measure: 'service-level', over: 'each-day', limit: 99 }, { ...column('few-p2'), kind: 'figures', measure: 'incidents', priorities: ['p2'], over: 'total', last: 20, limit: 20 },
          { ...column('defects'), kind: 'figures', measure: 'defects', over: 'last-day', limit: 5 },
        ] },
      },
    }],
  });
  if (!checked.ok) throw new Error(`the template bench-handover is not right: ${JSON.stringify(checked.problems)}`);
  return checked.template;
})();

/** `bench-lifecycle` is the model of the peers; `bench-wide` one of BURST tasks; `bench-small` the smallest that stays open. */
export const TEMPLATES: readonly Template[] = [
  template('bench-lifecycle', { phases: PHASES, tasks: TASKS_PER_PHASE, gates: true }),
  template('bench-wide', { phases: 1, tasks: BURST, gates: true }),
  template('bench-lanes', { phases: 1, tasks: LANES, gates: false }),
  template('bench-small', { phases: 1, tasks: 1, gates: false }),
  AGILE, HANDOVER,
];
