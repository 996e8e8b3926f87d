/** Shipped lifecycles driven over HTTP: everybody does what there is to do. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SHIPPED_FRAGMENTS, TEMPLATES_FOLDER } from '../../config/library';
import type { EvidenceValue } from '../../domain/evidence-types';
import { splitTaskKey } from '../../domain/inventory';
import type { EvidenceField, Plan } from '../../domain/plan';
import { wantedBy } from '../../domain/play/assignments';
import { evidenceFor, FIRST } from '../../domain/play/evidence';
import { compile } from '../../domain/template/compile';
import { sampleInventory, sampleParameters } from '../../domain/template/parameters';
import { parseTemplate, type Template } from '../../domain/template/schema';
import { resolveTemplateCalendar } from '../../store/calendars';
import { eventually } from './engine';
import type { Product } from './product';

/** A shipped lifecycle, and the plan of one project of it. */
export interface Lifecycle {
  readonly template: Template;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly plan: Plan;
}

/** @param own Parameters of these tests; those that the template does not have are left out. */
export function loadLifecycle(key: string, own: Readonly<Record<string, unknown>>): Lifecycle {
  const parsed = parseTemplate(readFileSync(join(TEMPLATES_FOLDER, `${key}.yaml`), 'utf8'), SHIPPED_FRAGMENTS);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems[0]));
  const { template } = parsed;
  const calendar = resolveTemplateCalendar(template);
  const known = Object.entries(own).filter(([name]) => template.parameters.some((each) => each.key === name));
  const parameters = { ...sampleParameters(template, calendar.from), ...Object.fromEntries(known) };
  const compiled = compile(template, parameters, calendar, sampleInventory(template, 1));
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems[0]));
  return { template, parameters, plan: compiled.plan };
}

/** A value as a client sends it: with the text in place of its reference. */
function toInput(field: EvidenceField, value: EvidenceValue): unknown {
  if (field.type === 'document') return { name: 'Document 7' };
  if (field.type === 'link') return 'https://docs.example.org/7';
  if (field.type === 'text') return 'As agreed.';
  if (field.type !== 'table' || typeof value !== 'object' || !('rows' in value)) return value;
  return { rows: value.rows.map((row) => Object.fromEntries(field.columns.map((column) => [column.key, toInput(column, row[column.key] ?? '')]))) };
}

function evidenceOf(plan: Plan, phase: string, key: string): Record<string, unknown> {
  if (key.startsWith('condition-')) return { proof: 'Shown.' };
  const planned = plan.phases.find((each) => each.key === phase);
  const { task } = splitTaskKey(key);
  const found = planned?.tasks.find((each) => each.key === task);
  if (!planned || !found) throw new Error(`no task ${phase}/${key}`);
  const evidence = evidenceFor({ ...found, planned: task }, wantedBy(planned) ?? new Map(), FIRST);
  return Object.fromEntries(found.evidence.map((field) => [field.key, toInput(field, evidence[field.key] ?? '')]));
}

/** What shows that an entry of a service is met. */
export function entryEvidence(plan: Plan, phase: string, entry: string): Record<string, unknown> {
  const fields = plan.phases.find(({ key }) => key === phase)?.handover?.entries.find(({ key }) => key === entry)?.evidence ?? [];
  const evidence = evidenceFor({ planned: entry, evidence: fields }, new Map(), FIRST);
  return Object.fromEntries(fields.map((field) => [field.key, toInput(field, evidence[field.key] ?? '')]));
}

/** Three people hold every role: one does, one checks, and, where these may not decide, there is a third. Who hands services over accepts none: that is one of them. */
export async function startLifecycle({ call }: Product, { template, plan, parameters }: Lifecycle): Promise<string> {
  const delivering = plan.phases.flatMap(({ handover }) => handover?.delivering ?? []);
  const roles = Object.fromEntries(plan.roles.filter(({ members }) => members.length === 0).map(({ key }) => [key, delivering.includes(key) ? ['eva'] : ['eva', 'sam', 'sol']]));
  const started = await call('olga', 'POST', '/projects', { name: template.key, template: template.key, parameters, inventory: sampleInventory(template, 1), roles });
  expect({ status: started.status, body: started.status === 201 ? null : started.body }).toEqual({ status: 201, body: null });
  return started.body.id as string;
}

/** What is decided at a gate. @param tasks Those whose evidence is shown. */
export type DecideGate = (gate: string, allows: (outcome: string) => boolean, tasks: readonly string[]) => Record<string, unknown> | Promise<Record<string, unknown>>;

/** In phases whose gate asks for accepted items: one of each is planned, delivered and accepted in a first sprint. */
async function workBacklogs({ call }: Product, id: string, plan: Plan, worked: Set<string>): Promise<number> {
  const open = plan.phases.filter(({ key, iterations, gate }) => iterations && !worked.has(key) && gate?.criteria.some((each) => each.kind === 'backlog' && each.accepted));
  let acted = 0;
  for (const { key, iterations, gate } of open) {
    const at = `/projects/${id}/phases/${key}`;
    if ((await call('eva', 'GET', `${at}/backlog`)).status !== 200) continue;
    const done = async (path: string, body: object): Promise<void> => {
      const answer = await call('eva', 'POST', `${at}${path}`, body);
      if (answer.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    };
    const asked = gate?.criteria.flatMap((each) => (each.kind === 'backlog' && each.accepted ? [each] : [])) ?? [];
    await done('/backlog/items', { items: asked.map(({ items, label }) => ({ title: 'Work', ...(items && { kind: items }), ...(label !== undefined && { labels: [label] }), estimate: 1 })) });
    const numbers = asked.map((_, index) => String(index + 1));
    for (const item of numbers) if (iterations?.ready.length) await done(`/backlog/items/${item}/change`, { tick: iterations.ready });
    const team = iterations?.teams[0]?.key ?? '';
    const sprint = `/sprints/${team}/1`;
    await done('/sprints', { team });
    await done(`${sprint}/plan`, { items: numbers });
    await eventually(async () => (await call('eva', 'GET', `${at}${sprint}`)).body.cards?.length === numbers.length, 'the items in the sprint');
    await done(`${sprint}/goal`, { goal: 'Done' });
    await done(`${sprint}/start`, {});
    const columns = iterations?.columns.map((column) => column.key) ?? [];
    for (const item of numbers) {
      if (iterations?.done.length) await done(`${sprint}/cards/${item}/tick`, { tick: iterations.done });
      for (const [index, to] of columns.slice(1).entries()) await done(`${sprint}/cards/${item}/move`, { from: columns[index], to });
      await done(`${sprint}/cards/${item}/accept`, {});
    }
    worked.add(key);
    acted += 1;
  }
  return acted;
}

/** In phases that hand services over: they get all that they need, and their sign-off is asked for. */
async function handOver({ call }: Product, id: string, plan: Plan, worked: Set<string>, services: readonly string[]): Promise<number> {
  let acted = 0;
  for (const { key, handover } of plan.phases.filter((phase) => phase.handover && !worked.has(phase.key))) {
    const at = `/projects/${id}/phases/${key}/handover`;
    if ((await call('eva', 'GET', at)).status !== 200) continue;
    const done = async (who: string, path: string, body: object): Promise<void> => {
      const answer = await call(who, 'POST', `${at}${path}`, body);
      if (answer.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    };
    await done('eva', '/services', { services: services.map((name) => ({ name })) });
    for (const service of services.map((_, index) => `/services/service-${index + 1}`)) {
      for (const { key: entry } of handover?.entries ?? []) await done('eva', `${service}/entries/${entry}/meet`, { evidence: entryEvidence(plan, key, entry) });
      for (const index of handover?.topics.keys() ?? []) {
        await done('eva', `${service}/sessions/session-${index + 1}/hold`, { heldAt: new Date().toISOString(), attended: ['sam'] });
        await done('sam', `${service}/sessions/session-${index + 1}/confirm`, {});
      }
      await done('eva', `${service}/sign-off`, {});
    }
    worked.add(key);
    acted += 1;
  }
  return acted;
}

export interface Driving {
  readonly decide?: DecideGate;
  /** Names of the services that each phase hands over that does so. */
  readonly services?: readonly string[];
  /** Sign-offs of services are left alone. */
  readonly unsigned?: true;
  /** Where to stop; left out: when the project has ended. */
  readonly until?: () => Promise<boolean>;
  /** Phases whose backlog was worked, and services handed over; kept between calls. */
  readonly worked?: Set<string>;
}

/** Everybody does what there is to do, until the project has ended. @returns its status. */
export async function driveLifecycle(product: Product, id: string, { plan }: Lifecycle, { decide = () => ({ outcome: 'approve' }), services = ['Service'], unsigned, until, worked = new Set() }: Driving = {}): Promise<string> {
  const { call } = product;
  for (let round = 0, idle = 0; round < 600 && idle < 100; round += 1) {
    const project = (await call('olga', 'GET', `/projects/${id}`)).body;
    if (project.status !== 'running' || await until?.()) return project.status as string;
    let acted = await workBacklogs(product, id, plan, worked) + await handOver(product, id, plan, worked, services);
    const { items } = (await call('olga', 'GET', `/projects/${id}/tasks`)).body;
    const open = (items as { phase: string; task: string; status: string }[]).filter(({ status }) => status === 'ready' || status === 'to-check');
    const ready = open.filter(({ status }) => status === 'ready');
    if (ready.length > 0) {
      const tasks = ready.map(({ phase, task }) => ({ project: id, phase, task, evidence: evidenceOf(plan, phase, task) }));
      const answer = await call('eva', 'POST', '/tasks/complete', { tasks });
      const refused = (answer.body.items as { outcome: string }[]).filter(({ outcome }) => outcome === 'refused');
      if (answer.status !== 200 || refused.length > 0) throw new Error(JSON.stringify(answer.status === 200 ? refused : answer.body));
    }
    await Promise.all(open.filter(({ status }) => status === 'to-check').map(async ({ phase, task }) => {
      const answer = await call('sam', 'POST', `/projects/${id}/phases/${phase}/tasks/${task}/confirm`, {});
      if (answer.status !== 200) throw new Error(`${phase}/${task}: ${JSON.stringify(answer.body)}`);
    }));
    acted += open.length;
    for (const person of acted > 0 ? [] : ['sol', 'sam', 'eva']) {
      const mine = (await call(person, 'GET', '/approvals?mine=true&limit=200')).body.items as { id: string; project: string }[];
      for (const each of mine.filter((one) => one.project === id)) {
        const approval = (await call(person, 'GET', `/approvals/${encodeURIComponent(each.id)}`)).body;
        if (approval.service && unsigned) continue;
        const policy = plan.phases.find(({ gate }) => gate?.key === approval.gate)?.gate?.policy;
        const answer = approval.service ? { outcome: 'approve' } : await decide(approval.gate, (outcome) => policy?.outcomes?.includes(outcome as never) ?? true, approval.evidence.map((one: { task: string }) => one.task));
        const decided = await call(person, 'POST', `/approvals/${encodeURIComponent(each.id)}/decide`, { digest: approval.digest, reason: 'Looked at.', ...answer });
        if (decided.status !== 200 && decided.body.code !== 'approval-closed') throw new Error(`${approval.gate}: ${JSON.stringify(decided.body)}`);
        acted += 1;
      }
    }
    idle = acted > 0 ? 0 : idle + 1;
    if (acted === 0) await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`not at its end: ${JSON.stringify((await call('olga', 'GET', `/projects/${id}`)).body.blocking)}`);
}
