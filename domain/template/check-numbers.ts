/** Do numbers that a parameter gives come from a parameter that is a number, and are parameters themselves right? */
import { defaultOf, judgeParameters } from './parameters';
import { type Problem, suggest, toPointer } from './problem';
import type { Template, TemplateField, TemplateGate } from './schema';
import { didYouMean, say, told } from './say';

type Path = readonly (string | number)[];

export function checkNumbers(template: Template): Problem[] {
  const problems: Problem[] = [];
  const check = (value: unknown, path: Path, type: 'number' | 'date'): void => {
    if (typeof value !== 'object' || value === null || !('parameter' in value)) return;
    const name = String(value.parameter);
    const found = template.parameters.find(({ key }) => key === name);
    const pointer = toPointer([...path, 'parameter']);
    if (!found) {
      const suggestion = suggest(name, template.parameters.map(({ key }) => key));
      const detail = say`there is no parameter "${name}"${didYouMean(suggestion)}`;
      problems.push({ pointer, code: 'unknown-parameter', ...told(detail), ...(suggestion !== undefined && { suggestion }) });
    } else if (found.type !== type) {
      problems.push({ pointer, code: 'parameter-type', ...told(say`"${name}" is a ${found.type}; a ${type} is wanted here`) });
    }
  };
  const checkField = (field: TemplateField, path: Path): void => {
    if (field.type === 'number') {
      check(field.min, [...path, 'min'], 'number');
      check(field.max, [...path, 'max'], 'number');
    } else if (field.type === 'table') field.columns.forEach((column, index) => checkField(column, [...path, 'columns', index]));
  };
  const checkApproval = (approval: TemplateGate['approval'] | undefined, path: Path): void => {
    check(approval?.remindAfterDays, [...path, 'remindAfterDays'], 'number');
    check(approval?.escalateAfterDays, [...path, 'escalateAfterDays'], 'number');
    check(approval?.dueDays, [...path, 'dueDays'], 'number');
    approval?.ladder?.forEach(({ days, hours }, place) => {
      check(days, [...path, 'ladder', place, 'days'], 'number');
      check(hours, [...path, 'ladder', place, 'hours'], 'number');
    });
    approval?.steps.forEach(({ quorum }, place) => typeof quorum === 'object' && 'percent' in quorum ? undefined : check(quorum, [...path, 'steps', place, 'quorum'], 'number'));
  };
  template.parameters.forEach((parameter, index) => {
    const usual = defaultOf(parameter);
    if (usual === undefined) return;
    const [wrong] = judgeParameters({ ...template, parameters: [parameter] }, { [parameter.key]: usual }).problems;
    if (wrong) problems.push({ pointer: toPointer(['parameters', index, 'default']), code: 'parameter-value', detail: wrong.detail, said: wrong.said });
  });
  template.phases.forEach((phase, index) => {
    const at = ['phases', index];
    check(phase.budget, [...at, 'budget'], 'number');
    phase.tasks.forEach((task, place) => {
      const path = [...at, 'tasks', place];
      check(task.dueDays, [...path, 'dueDays'], 'number');
      check(task.budget, [...path, 'budget'], 'number');
      check(task.due?.days, [...path, 'due', 'days'], 'number');
      task.ladder?.forEach(({ days, hours }, nth) => {
        check(days, [...path, 'ladder', nth, 'days'], 'number');
        check(hours, [...path, 'ladder', nth, 'hours'], 'number');
      });
      check(task.due?.after, [...path, 'due', 'after'], 'date');
      task.evidence.forEach((field, nth) => checkField(field, [...path, 'evidence', nth]));
    });
    for (const list of ['criteria', 'readiness'] as const) {
      phase.handover?.[list].forEach(({ dueDays, evidence }, place) => {
        const path = [...at, 'handover', list, place];
        check(dueDays, [...path, 'dueDays'], 'number');
        evidence.forEach((field, nth) => checkField(field, [...path, 'evidence', nth]));
      });
    }
    checkApproval(phase.gate?.approval, [...at, 'gate', 'approval']);
    check(phase.handover?.earlyLife?.days, [...at, 'handover', 'earlyLife', 'days'], 'number');
    check(phase.handover?.earlyLife?.extension?.days, [...at, 'handover', 'earlyLife', 'extension', 'days'], 'number');
    checkApproval(phase.handover?.signOff, [...at, 'handover', 'signOff']);
    const support = phase.handover?.earlyLife;
    const supportAt = [...at, 'handover', 'earlyLife'];
    check(support?.acceptanceDays, [...supportAt, 'acceptanceDays'], 'number');
    support?.criteria.forEach((criterion, place) => {
      if (criterion.kind !== 'figures') return;
      check(criterion.last, [...supportAt, 'criteria', place, 'last'], 'number');
      check(criterion.limit, [...supportAt, 'criteria', place, 'limit'], 'number');
    });
  });
  template.inventory.forEach((kind, index) => kind.attributes.forEach((attribute, place) => {
    if (attribute.type !== 'choice' || attribute.choices) return;
    problems.push({ pointer: toPointer(['inventory', index, 'attributes', place, 'choices']), code: 'required', ...told(say`an attribute that is a choice names its choices`) });
  }));
  if (typeof template.calendar === 'object') {
    const { closures, freezes } = template.calendar;
    for (const [name, periods] of [['closures', closures], ['freezes', freezes]] as const) {
      periods.forEach((period, index) => {
        if (typeof period === 'object' && period.from > period.to) {
          problems.push({ pointer: toPointer(['calendar', name, index]), code: 'period-order', ...told(say`the period ends (${period.to}) before it begins (${period.from})`) });
        }
      });
    }
  }
  return problems;
}
