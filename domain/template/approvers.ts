/** Approvers beside roles: groups of the directory and persons whom a parameter names. In a plan they are roles that nobody assigns. */
import { groupRole, personRole } from '../directory/people';
import type { PlanRole } from '../plan';
import type { Parameters } from './parameters';
import { type Problem, suggest, toPointer } from './problem';
import type { Template, TemplateGate } from './schema';
import { didYouMean, say, told } from './say';

type Step = TemplateGate['approval']['steps'][number];
type Path = readonly (string | number)[];

/** The steps of all approvals, with their places. */
function stepsOf(template: Template): readonly (readonly [Path, Step])[] {
  const of = (approval: TemplateGate['approval'] | undefined, path: Path) => (approval?.steps ?? []).map((step, index) => [[...path, 'steps', index], step] as const);
  return [
    ...template.phases.flatMap(({ gate }, index) => of(gate?.approval, ['phases', index, 'gate', 'approval'])),
    ...template.phases.flatMap(({ handover }, index) => of(handover?.signOff, ['phases', index, 'handover', 'signOff'])),
    ...(template.changeControl?.levels ?? []).flatMap(({ approval }, index) => of(approval, ['changeControl', 'levels', index, 'approval'])),
  ];
}

const personIn = (parameters: Parameters, key: string): string[] => {
  const value = parameters[key];
  return typeof value === 'string' ? [value] : [];
};

/** The roles of a plan whose holders decide in a step. */
export const rolesOfStep = ({ roles, groups = [], persons = [] }: Step, parameters: Parameters): readonly string[] => [
  ...roles, ...groups.map(groupRole), ...persons.flatMap(({ parameter }) => personIn(parameters, parameter).map(personRole)),
];

/** The roles that a plan has for the groups and persons of its steps, each once. */
export function approverRoles(template: Template, parameters: Parameters): readonly PlanRole[] {
  const steps = stepsOf(template).map(([, step]) => step);
  const groups = new Set(steps.flatMap((step) => step.groups ?? []));
  const persons = new Set(steps.flatMap((step) => step.persons ?? []).flatMap(({ parameter }) => personIn(parameters, parameter)));
  return [
    ...[...groups].map((group): PlanRole => ({ key: groupRole(group), members: [], group })),
    ...[...persons].map((person): PlanRole => ({ key: personRole(person), members: [], single: true, person })),
  ];
}

/** A step names somebody, and persons come from parameters that are persons. */
export function checkApprovers(template: Template): Problem[] {
  return stepsOf(template).flatMap(([path, { roles, groups = [], persons = [] }]): Problem[] => {
    const nobody: Problem[] = roles.length + groups.length + persons.length > 0 ? []
      : [{ pointer: toPointer([...path, 'roles']), code: 'step-without-approvers', ...told(say`a step needs roles, groups or persons that decide`) }];
    return [...nobody, ...persons.flatMap(({ parameter }, place): Problem[] => {
      const pointer = toPointer([...path, 'persons', place, 'parameter']);
      const found = template.parameters.find(({ key }) => key === parameter);
      if (found) return found.type === 'person' ? [] : [{ pointer, code: 'parameter-type', ...told(say`"${parameter}" is a ${found.type}; a person is wanted here`) }];
      const suggestion = suggest(parameter, template.parameters.map(({ key }) => key));
      const detail = say`there is no parameter "${parameter}"${didYouMean(suggestion)}`;
      return [{ pointer, code: 'unknown-parameter', ...told(detail), ...(suggestion !== undefined && { suggestion }) }];
    })];
  });
}
