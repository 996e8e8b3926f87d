/** What a delegation is for: what would move by it, and its words. */
import { z } from 'zod';
import { deputiesIn } from '../../domain/approval/electorate';
import type { ApprovalState } from '../../domain/approval/types';
import type { DelegationScope } from '../../domain/directory/types';
import { projectAmong, type Standing } from '../../domain/play/play';
import type { DelegationRow } from '../../domain/rows';
import type { Deps } from '../deps';
import { approvalItem, approvalItemOf } from '../approvals/views';
import type { Call } from '../http/endpoint';
import type { Language } from '../http/language';
import { Names } from '../names';
import { namesForItems, readTemplate } from '../naming';
import { idText, key, namedKey, personId } from '../schemas';
import { readProgramNames } from './known-programs';
import type { ScopeNames } from './views';

export const wanted = z.strictObject({
  to: personId.optional().meta({ description: 'Who would decide.' }), role: key.optional(), project: idText(400).min(1).optional(), program: key.optional(),
});
type Wanted = z.output<typeof wanted>;

export const delegationPreview = z.strictObject({
  approvals: z.array(approvalItem.extend({ moves: z.boolean().meta({ description: 'Whether `to` could decide on it in that name; false without `to`.' }) }))
    .meta({ description: 'Open approvals, within the scope, that wait for the person now.' }),
  tasks: z.int().meta({ description: 'Tasks within the scope that the person is at, or that are assigned to them. They stay theirs; `to` can work on them in that name.' }),
  projects: z.array(z.strictObject({ project: z.string(), name: z.string().nullable(), program: namedKey.nullable(), roles: z.array(namedKey) }))
    .meta({ description: 'All open projects in which the person holds a role, whatever the scope.' }),
}).meta({ id: 'DelegationPreview' });

/** More approvals than anybody has open. */
const AT_MOST = 200;
const OPEN: readonly string[] = ['starting', 'running', 'held'];

/** Roles that are assigned, or bodies: not those that stand for a group or a person. */
const isRole = (role: string): boolean => !role.includes(':');

/** Whether somebody could decide on an approval in the name of a person who is absent, by what the approval itself knows. */
function moves(standings: readonly Standing[], approval: string, person: string, { to, role }: Wanted): boolean {
  const project = projectAmong(standings);
  const state = standings.find(({ stream }) => stream === approval)?.state as ApprovalState | undefined;
  if (!project || !state || to === undefined) return false;
  const absences = { [person]: [{ delegation: 'preview', delegate: to, until: Number.MAX_SAFE_INTEGER, ...(role !== undefined && { role }) }] };
  return deputiesIn(state.input.policy, { planRoles: project.plan.roles, holders: project.roles, absences }, state, state.barred).length > 0;
}

export async function previewDelegation({ query, language }: Pick<Call<unknown, Wanted>, 'query' | 'language'>, deps: Deps, person: string): Promise<z.output<typeof delegationPreview>> {
  const { role, project, program } = query;
  const held = (await deps.reads.rolesOf(person)).filter(({ status, roles }) => OPEN.includes(status) && roles.some(isRole));
  const programOf = new Map(held.map((each) => [each.project, each.program]));
  const isFor = (of: string): boolean => (project === undefined || project === of) && (program === undefined || programOf.get(of) === program);
  const [found, assigned] = await Promise.all([deps.reads.myApprovals(person, { limit: AT_MOST }), deps.reads.myTasks(person, { assignee: person }, { limit: AT_MOST })]);
  const waiting = found.filter(({ row }) => row.waitingFor.includes(person) && isFor(row.project));
  const [standings, names, texts, programs, roleNames] = await Promise.all([
    deps.reads.standings([...new Set(waiting.map(({ row }) => row.project))]), namesForItems(deps, waiting, language, []), deps.reads.texts(held.map(({ nameRef }) => nameRef)),
    readProgramNames(deps, held.map((each) => each.program)), Promise.all(held.map((each) => namesOf(deps, each, language))),
  ]);
  return {
    approvals: waiting.map((item) => ({
      ...approvalItemOf(item.row, names(item).text({ text: item.nameRef }), names(item), person), moves: moves(standings.get(item.row.project) ?? [], item.row.id, person, query),
    })),
    tasks: assigned.filter(({ row }) => isFor(row.project) && (role === undefined || row.role === role)).length,
    projects: held.map((each, place) => ({
      project: each.project, name: texts.get(each.nameRef) ?? null, program: programs(each.program), roles: each.roles.filter(isRole).map((one) => (roleNames[place] as Names).role(one)),
    })),
  };
}

const namesOf = async (deps: Deps, { template, templateVersion }: { readonly template: string; readonly templateVersion: string }, language: Language): Promise<Names> =>
  new Names(await readTemplate(deps, template, templateVersion), language, new Map(), new Map());

/** The words for what delegations are for. A role is called as in a project in which the absent person holds it. */
export async function readScopes(deps: Deps, rows: readonly DelegationRow[], language: Language): Promise<(scope: DelegationScope & Pick<DelegationRow, 'absent'>) => ScopeNames> {
  const absent = [...new Set(rows.flatMap((each) => (each.role === undefined ? [] : [each.absent])))];
  const [titles, programs, held] = await Promise.all([
    deps.reads.titles(rows.flatMap(({ project }) => project ?? [])), readProgramNames(deps, rows.map(({ program }) => program)),
    Promise.all(absent.map(async (person) => [person, await deps.reads.rolesOf(person)] as const)),
  ]);
  const texts = await deps.reads.texts(titles.map(({ nameRef }) => nameRef));
  const projectNames = new Map(titles.map(({ id, nameRef }) => [id, texts.get(nameRef) ?? null]));
  const roleNames = new Map(await Promise.all(rows.flatMap(({ absent: person, role, project }) => {
    const where = held.find(([each]) => each === person)?.[1].find((each) => role !== undefined && each.roles.includes(role) && (project === undefined || each.project === project));
    return where && role !== undefined ? [namesOf(deps, where, language).then((names) => [`${person} ${role}`, names.role(role).name] as const)] : [];
  })));
  return ({ absent: person, role, project, program }) => ({
    roleName: role === undefined ? null : (roleNames.get(`${person} ${role}`) ?? null), projectName: project === undefined ? null : (projectNames.get(project) ?? null), programName: programs(program)?.name ?? null,
  });
}
