import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { FieldProblem } from '../../domain/errors';
import { groupRole } from '../../domain/directory/people';
import { mayStartProject, STARTS_PROJECTS } from '../../domain/permissions';
import { groupsOf, isAssignable, type Plan } from '../../domain/plan';
import { ITEM_ID, MAX_ITEMS } from '../../domain/inventory';
import { calendarKey } from '../../domain/template/calendar-key';
import { compile } from '../../domain/template/compile';
import type { Problem as TemplateProblem } from '../../domain/template/problem';
import { projectStream } from '../../workflows/contract';
import { bodyOf, placeOf } from '../commands/send';
import type { Deps } from '../deps';
import { knownProgram } from '../directory/known-programs';
import { tellProject } from '../directory/send';
import { endpoint } from '../http/endpoint';
import type { Language } from '../http/language';
import { readTemplate } from '../naming';
import { keepText } from '../kept-texts';
import { Problem } from '../problem';
import { wrongIn } from '../texts/template';
import { commandAnswer, fewKeys, freeText, idText, key, pendingAnswer } from '../schemas';
import { adoptionInput, keepAdoption } from './adoption';
import { holders, unknownPersons } from './commands';

const inventoryItem = z.strictObject({
  id: z.string().regex(ITEM_ID).meta({ example: 'srv-012' }), kind: key.meta({ example: 'server' }), name: freeText(200),
  attributes: z.record(key, z.union([freeText(500), z.number(), z.boolean()])).refine(fewKeys).default({}),
}).meta({ id: 'InventoryItem' });

const body = z.strictObject({
  name: freeText(200).meta({ example: 'Move the finance applications to the new datacenter' }),
  template: key.meta({ example: 'pm2' }),
  version: idText(60).optional().meta({ description: 'The latest when not given.' }),
  parameters: z.record(z.string().max(80), z.union([z.string().max(200), z.number(), z.boolean()])).refine(fewKeys).default({}),
  inventory: z.array(inventoryItem).max(MAX_ITEMS).default([]).meta({ description: 'What the project works on, of the kinds that the template names.' }),
  roles: holders,
  program: key.optional().meta({ description: 'The program that it belongs to.' }),
  adoption: adoptionInput.optional(),
});

const id = z.string().meta({ description: 'Id of the project.' });

/** Derived from who asks and their key: a repeat can't start a second project. */
function projectId(person: string, idempotencyKey: string): string {
  return `p-${createHash('sha256').update(`${person}\n${idempotencyKey}`).digest('hex').slice(0, 20)}`;
}

/** The plan that the project has, or the one that it would get. */
async function planFor(deps: Deps, project: string, wanted: z.output<typeof body>, language: Language): Promise<Plan> {
  const kept = await deps.reads.plan(project);
  if (kept) {
    const { key: template, version } = kept.template;
    if (template !== wanted.template || (wanted.version ?? version) !== version) throw new Problem('idempotency-conflict');
    return kept;
  }
  const versions = (await deps.reads.templates()).filter((each) => each.key === wanted.template);
  const version = wanted.version ?? (versions.find(({ deprecatedAt }) => deprecatedAt === null) ?? versions[0])?.version;
  if (version !== undefined && versions.find((each) => each.version === version)?.deprecatedAt) throw new Problem('template-deprecated', { facts: { version } });
  const template = version === undefined ? null : await readTemplate(deps, wanted.template, version).catch((error: unknown) => {
    if (error instanceof Problem && error.code === 'unknown-template') return null;
    throw error;
  });
  if (!template) throw Problem.fields([{ pointer: wanted.version === undefined ? '/template' : '/version', code: 'choice' }]);
  const calendar = await deps.reads.calendar(calendarKey(template));
  if (!calendar) throw new Problem('not-ready');
  const compiled = compile(template, wanted.parameters, calendar, wanted.inventory);
  if (compiled.ok) return compiled.plan;
  const fields = compiled.problems.filter(({ pointer }) => /^\/(parameters|inventory)(\/|$)/.test(pointer)).map((each) => toField(each, language));
  if (fields.length > 0) throw Problem.fields(fields.slice(0, FIELDS_AT_MOST));
  const tooLarge = compiled.problems.find(({ code }) => code === 'plan-too-large');
  if (tooLarge) throw Problem.fields([{ pointer: '/inventory', code: 'too-long', expected: wrongIn(tooLarge, language).detail }]);
  throw new Error(`the published template ${template.key} ${template.version} does not compile: ${compiled.problems[0]?.detail}`);
}

const FIELDS_AT_MOST = 100;

/** A problem of a parameter or an item as a wrong field of the request. */
function toField({ pointer, code, said }: TemplateProblem, language: Language): FieldProblem {
  if (code === 'required') return { pointer, code: 'required' };
  return { pointer, code: code.startsWith('unknown-') ? 'unknown' : 'format', expected: wrongIn({ pointer, said }, language).detail };
}

/** Roles must be the template's, and no bodies; persons must be known. */
async function roleProblems(deps: Deps, plan: Plan, roles: Readonly<Record<string, readonly string[]>>): Promise<FieldProblem[]> {
  const assignable = plan.roles.filter(isAssignable).map((role) => role.key);
  const wrong = Object.keys(roles).filter((role) => !assignable.includes(role))
    .map((role): FieldProblem => ({ pointer: `/roles/${role}`, code: 'unknown', expected: assignable.join(', ') }));
  return [...wrong, ...await unknownPersons(deps, roles)];
}

/**
 * Who belongs to the groups that decide, and the persons whom parameters name: role key → persons.
 * @throws Problem `groups-missing` for groups that are not known or have nobody, and of wrong fields for persons who are not known or have left.
 */
async function namedApprovers(deps: Deps, plan: Plan): Promise<Record<string, readonly string[]>> {
  const persons = plan.roles.flatMap(({ key: role, person }) => (person === undefined ? [] : [{ role, person }]));
  const present = await deps.reads.presentPeople(persons.map(({ person }) => person));
  const wrong = Object.entries(plan.parameters ?? {}).filter(([, value]) => persons.some(({ person }) => person === value && !present.has(person)));
  if (wrong.length > 0) throw Problem.fields(wrong.map(([parameter]) => ({ pointer: `/parameters/${parameter}`, code: 'choice' })));
  const wanted = groupsOf(plan);
  const found = wanted.length > 0 ? await deps.reads.groups(wanted) : [];
  const members = new Map(found.map(({ group, members: each }) => [group, each]));
  const missing = wanted.filter((group) => (members.get(group) ?? []).length === 0);
  if (missing.length > 0) throw new Problem('groups-missing', { facts: { groups: missing } });
  return Object.fromEntries([...persons.map(({ role, person }) => [role, [person]]), ...wanted.map((group) => [groupRole(group), members.get(group)])]);
}

export const startProject = endpoint({
  method: 'post', path: '/projects', id: 'startProject', tag: 'projects', command: true,
  summary: 'Start a project from a template',
  description: 'The same Idempotency-Key by the same person always means the same project. With `adoption`, a project that already runs elsewhere goes on here.',
  body, large: { megabytes: 4, values: 200_000 },
  answers: {
    201: { description: 'Started; `Location` is the project.', schema: commandAnswer.extend({ id }).meta({ id: 'StartAnswer' }) },
    202: { description: 'Accepted; ask at `Location` for its answer.', schema: pendingAnswer.extend({ id }).meta({ id: 'PendingStartAnswer' }) },
  },
  async handle(call, deps) {
    const { caller, command } = call;
    if (!mayStartProject(caller.globalRoles)) throw new Problem('not-permitted', { facts: { roles: STARTS_PROJECTS } });
    const project = projectId(caller.id, command.id);
    const stream = projectStream(project);
    let plan: Plan | undefined;
    const outcome = await deps.gateway.send({
      stream, id: command.id, hash: command.hash, signal: call.signal,
      authority: { kind: 'person', person: caller.id, roles: caller.globalRoles },
      command: async () => {
        plan = await planFor(deps, project, call.body, call.language);
        // A workflow that refused its start would stay for ever: all that `decide` would refuse is refused before.
        const fields = await roleProblems(deps, plan, call.body.roles);
        if (fields.length > 0) throw Problem.fields(fields);
        const named = await namedApprovers(deps, plan);
        const { adoption: told, program: wanted } = call.body;
        const program = wanted === undefined ? undefined : await knownProgram(deps, wanted);
        const adoption = told && await keepAdoption(deps, project, plan, told, FIELDS_AT_MOST);
        const name = await keepText(deps, project, call.body.name);
        await deps.reads.keepInventory(project, call.body.inventory);
        plan = await deps.reads.keepPlan(project, plan);
        return { type: 'start', name, roles: { ...call.body.roles, ...named }, ...(adoption && { adoption }), ...(program && { program }) };
      },
      start: async () => ({ project, plan: plan as Plan }),
    });
    await tellProject(call, deps, project, Object.values(call.body.roles).flat(), plan ? groupsOf(plan) : [], call.body.program === undefined ? [] : [call.body.program]);
    if (outcome.pending) {
      const { seq } = outcome;
      return { status: 202, headers: { Location: placeOf(stream, outcome.id) }, body: { id: project, stream, seq, pending: true } };
    }
    return { status: 201, headers: { Location: `/api/v1/projects/${project}` }, body: { id: project, ...bodyOf(outcome) as object } };
  },
});
