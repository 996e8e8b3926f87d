import { z } from 'zod';
import type { ChangeState, StatedImpact } from '../../domain/change/types';
import { isSteering } from '../../domain/permissions';
import { projectStream } from '../../workflows/contract';
import { runWhenFree } from '../apart/run';
import { authorityOf, commandAnswers, partId, send } from '../commands/send';
import type { Deps } from '../deps';
import { type Call, endpoint } from '../http/endpoint';
import { namingFor, readNames } from '../naming';
import { Problem } from '../problem';
import { projectAmong } from '../../domain/play/play';
import { readAtRest } from '../projects/at-rest';
import type { ProjectAccess } from '../reads';
import { asOf, flag, freeText, idText, key, projectParams, reason } from '../schemas';
import { compare } from './compare';
import type { ChangeJudged } from './judge';
import { impact, operations, titlesIn, withTitles } from './operations';
import { planView, planViewOf } from './plan';
import { changePreview, changeStatus, changeView, changeViewOf, comparisonView, differenceViewOf, levelView, sizeView } from './views';

const asked = z.strictObject({ operations, impact: impact.default({}) });
const params = z.object({ project: projectParams.shape.project, change: idText(100).min(1) });

async function judge(call: Call, deps: Deps, access: ProjectAccess, project: string, given: z.output<typeof asked>): Promise<ChangeJudged> {
  const standings = (await readAtRest(deps, [project])).get(project);
  const state = standings && projectAmong(standings);
  if (!standings || !state) throw new Problem('project-ended');
  if (!state.plan.changeControl) throw new Problem('change-control-missing');
  const text = { text: 'preview' };
  const stated: StatedImpact = {
    ...(given.impact.scope !== undefined && { scope: text }), ...(given.impact.quality !== undefined && { quality: text }),
    ...(given.impact.days !== undefined && { days: given.impact.days }), ...(given.impact.cost !== undefined && { cost: given.impact.cost }),
  };
  return runWhenFree('judgeChange', {
    standings, id: 'preview', operations: withTitles(given.operations, titlesIn(given.operations).map(() => text)), impact: stated,
    steering: isSteering(authorityOf(call, access), state.plan.managerRole), now: Date.now(),
  });
}

const refuseWrong = ({ problems }: ChangeJudged): void => {
  if (problems.length > 0) throw new Problem('change-invalid', { fields: problems });
};

const refuseUnsound = (judged: ChangeJudged): void => {
  refuseWrong(judged);
  if (judged.findings.length > 0) throw new Problem('change-unsound', { facts: { findings: judged.findings.map(({ code, subject }) => `${code} ${Object.values(subject).join('/')}`) } });
};

/** The command, its texts kept. */
async function toCommand(deps: Deps, project: string, id: string, { title, reason: why, impact: said, operations: given }: z.output<typeof request>) {
  const titles = titlesIn(given);
  const texts = [title, why, ...(said.scope === undefined ? [] : [said.scope]), ...(said.quality === undefined ? [] : [said.quality]), ...titles];
  const refs = [...await deps.keepTexts(project, texts)];
  const next = () => refs.shift() as ChangeState['title'];
  const change = {
    id, title: next(), reason: next(),
    impact: {
      ...(said.scope !== undefined && { scope: next() }), ...(said.quality !== undefined && { quality: next() }),
      ...(said.days !== undefined && { days: said.days }), ...(said.cost !== undefined && { cost: said.cost }),
    },
    operations: withTitles(given, refs),
  };
  return { type: 'request-change', change };
}

const request = asked.extend({ title: freeText(200), reason });

async function listed(deps: Deps, project: string, at: number | undefined): Promise<readonly ChangeState[]> {
  const rows = at === undefined ? await deps.reads.projectRows(project) : await deps.reads.projectRowsAsOf(project, at);
  if (!rows) throw new Problem(at === undefined ? 'unknown-project' : 'not-started');
  return [...(rows.project.changes ?? [])].reverse();
}

const cost = z.strictObject({
  phase: key, task: key.optional(),
  committed: z.number().min(-1e12).max(1e12).optional().meta({ description: 'Ordered or agreed on top; negative corrects.' }),
  actual: z.number().min(-1e12).max(1e12).optional().meta({ description: 'Spent on top; negative corrects.' }),
  toComplete: z.number().min(0).max(1e12).optional().meta({ description: 'What is still to come, as it is expected now.' }),
  note: freeText(1000).optional(),
});

export const changeEndpoints = [
  endpoint({
    method: 'post', path: '/projects/{project}/changes/preview', id: 'previewChange', tag: 'changes', refuses: [409], summary: 'What a change of the plan would do, and who would decide',
    description: 'It is carried out on the plan as it stands and proved from there. Nothing is changed.',
    params: projectParams, body: asked, answers: { 200: { description: 'The difference, its size, and who decides.', schema: changePreview } },
    async handle(call, deps) {
      const { params: { project }, body, caller, language } = call;
      const access = await deps.enter(caller, project);
      const judged = await judge(call, deps, access, project, body);
      refuseWrong(judged);
      const titles = titlesIn(body.operations);
      const added = withTitles(body.operations, titles.map((_, place) => ({ text: String(place) })));
      const names = (await readNames(deps, access, language, [], [])).adding(added, ({ text }) => titles[Number(text)] ?? null);
      const level = judged.way && 'level' in judged.way ? judged.way.level.key : null;
      return { body: {
        size: sizeView(judged.size ?? { days: 0, cost: 0, tasks: 0 }), difference: (judged.difference ?? []).map((each) => differenceViewOf(each, names)),
        decides: level === null ? 'nobody' as const : 'level' as const, level: level === null ? null : levelView(level, names),
        findings: judged.findings.map(({ code, subject }) => ({ code, subject: { ...subject } })),
      } };
    },
  }),
  endpoint({
    method: 'post', path: '/projects/{project}/changes', id: 'requestChange', tag: 'changes', command: true, summary: 'Ask for a change of the plan',
    description: 'Within its tolerance the project manager\'s change takes effect at once; else those decide whom the lifecycle names for its size.',
    params: projectParams, body: request, answers: commandAnswers,
    async handle(call, deps) {
      const { params: { project }, body, command, caller } = call;
      const access = await deps.enter(caller, project);
      call.name(await namingFor(deps, access, call.language));
      const stream = projectStream(project);
      return send(call, deps, access, stream, async () => {
        const make = () => toCommand(deps, project, partId('c', command.id, project), body);
        // What was carried out is not judged again by what has happened since.
        if (await deps.reads.log.find([stream], command.id)) return make();
        try {
          refuseUnsound(await judge(call, deps, access, project, body));
        } catch (error) {
          if (!(error instanceof Problem) || !await deps.engine.accepted(stream, command.id)) throw error;
        }
        return make();
      });
    },
  }),
  endpoint({
    method: 'get', path: '/projects/{project}/changes', id: 'listChanges', tag: 'changes', summary: 'Changes of the plan, the latest first',
    description: 'Those under way and the last fifty that were; the log has all.',
    params: projectParams, query: z.strictObject({ status: changeStatus.optional(), asOf }),
    answers: { 200: { description: 'Changes.', schema: z.strictObject({ items: z.array(changeView) }).meta({ id: 'Changes' }) } },
    async handle({ params: { project }, query, caller, language }, deps) {
      const access = await deps.enter(caller, project);
      const found = (await listed(deps, project, query.asOf)).filter(({ status }) => query.status === undefined || status === query.status);
      const names = await readNames(deps, access, language, [found], found.map(({ requestedBy }) => requestedBy));
      return { body: { items: found.map((each) => changeViewOf(project, each, names)) } };
    },
  }),
  endpoint({
    method: 'get', path: '/projects/{project}/changes/{change}', id: 'getChange', tag: 'changes', summary: 'A change of the plan',
    params, answers: { 200: { description: 'The change.', schema: changeView } },
    async handle({ params: { project, change }, caller, language }, deps) {
      const access = await deps.enter(caller, project);
      const found = (await listed(deps, project, undefined)).find(({ id }) => id === change);
      if (!found) throw new Problem('unknown-change');
      const names = await readNames(deps, access, language, [found], [found.requestedBy]);
      return { body: changeViewOf(project, found, names) };
    },
  }),
  endpoint({
    method: 'post', path: '/projects/{project}/changes/{change}/withdraw', id: 'withdrawChange', tag: 'changes', command: true, summary: 'Withdraw a change that is not decided yet',
    params, body: z.strictObject({}), answers: commandAnswers,
    async handle(call, deps) {
      const { project, change } = call.params;
      const access = await deps.enter(call.caller, project);
      call.name(await namingFor(deps, access, call.language));
      return send(call, deps, access, projectStream(project), async () => ({ type: 'withdraw-change', change }));
    },
  }),
  endpoint({
    method: 'post', path: '/projects/{project}/costs', id: 'recordCost', tag: 'changes', command: true, summary: 'Record money of a phase: ordered, spent, and still to come',
    description: 'Beyond the tolerance of the lifecycle an exception is raised by itself.',
    params: projectParams, body: cost, answers: commandAnswers,
    async handle(call, deps) {
      const { params: { project }, body: { note, ...rest } } = call;
      const access = await deps.enter(call.caller, project);
      call.name(await namingFor(deps, access, call.language));
      return send(call, deps, access, projectStream(project), async () => {
        const [ref] = note === undefined ? [] : await deps.keepTexts(project, [note]);
        return { type: 'record-cost', ...rest, ...(ref && { note: ref }) };
      });
    },
  }),
  endpoint({
    method: 'get', path: '/projects/{project}/plan', id: 'getPlan', tag: 'changes', summary: 'The plan of a project, changes included, now or as it was at a moment',
    params: projectParams, query: z.strictObject({ asOf }), answers: { 200: { description: 'The plan.', schema: planView } },
    async handle({ params: { project }, query, caller, language }, deps) {
      const access = await deps.enter(caller, project);
      const at = query.asOf ?? Date.now();
      const state = projectAmong(await deps.reads.standingsAsOf(project, at));
      if (!state || state.startedAt === undefined) throw new Problem('not-started');
      return { body: planViewOf(project, state.plan, at, await readNames(deps, access, language, [], [])) };
    },
  }),
  endpoint({
    method: 'get', path: '/projects/{project}/comparison', id: 'compareProject', tag: 'changes', summary: 'What was promised, what is planned and what is expected, side by side',
    description: 'At any moment since the start, as it was known then.',
    params: projectParams, query: z.strictObject({ asOf, forecast: flag.optional().meta({ description: 'Also when it would end, by simulation: takes seconds.' }) }),
    answers: { 200: { description: 'The comparison.', schema: comparisonView } },
    async handle({ params: { project }, query, caller, language }, deps) {
      const access = await deps.enter(caller, project);
      return { body: await compare(deps, access, project, { at: query.asOf, forecast: query.forecast === true, language }) };
    },
  }),
];
