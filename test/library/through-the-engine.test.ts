/** Every shipped lifecycle is driven through the real engine, over HTTP: to its end, with one rework, and with one stop. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listShipped, SHIPPED_FRAGMENTS, TEMPLATES_FOLDER } from '../../config/library';
import type { EvidenceValue } from '../../domain/evidence-types';
import { splitTaskKey } from '../../domain/inventory';
import type { EvidenceField, Plan } from '../../domain/plan';
import { wantedBy } from '../../domain/play/assignments';
import { evidenceFor, FIRST } from '../../domain/play/evidence';
import { compile } from '../../domain/template/compile';
import { parseTemplate, type Template } from '../../domain/template/schema';
import { sampleInventory, sampleParameters } from '../../domain/template/parameters';
import { resolveTemplateCalendar } from '../../store/calendars';
import { publishTemplate } from '../../store/templates';
import { eventually } from '../support/engine';
import { startProduct, type Product } from '../support/product';

let product: Product;
beforeAll(async () => { product = await startProduct(); }, 120_000);
afterAll(async () => { await product.close(); });
jest.setTimeout(180_000);

interface Lifecycle {
  readonly template: Template;
  readonly plan: Plan;
}

/** With the handover of services, and without early-life support after it: that takes days, which tests of the process let pass. */
function parametersOf(template: Template): Record<string, unknown> {
  const own = { 'hands-over-services': true, 'early-life-support-days': 0 };
  const known = Object.entries(own).filter(([key]) => template.parameters.some((each) => each.key === key));
  return { ...sampleParameters(template, resolveTemplateCalendar(template).from), ...Object.fromEntries(known) };
}

function load(key: string): Lifecycle {
  const parsed = parseTemplate(readFileSync(join(TEMPLATES_FOLDER, `${key}.yaml`), 'utf8'), SHIPPED_FRAGMENTS);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems[0]));
  const { template } = parsed;
  const calendar = resolveTemplateCalendar(template);
  const compiled = compile(template, parametersOf(template), calendar, sampleInventory(template, 1));
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems[0]));
  return { template, plan: compiled.plan };
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

/** Three people hold every role: one does, one checks, and, where these may not decide, there is a third. Who hands services over accepts none: that is one of them. */
async function start({ template, plan }: Lifecycle): Promise<string> {
  const delivering = plan.phases.flatMap(({ handover }) => handover?.delivering ?? []);
  const roles = Object.fromEntries(plan.roles.filter(({ members }) => members.length === 0).map(({ key }) => [key, delivering.includes(key) ? ['eva'] : ['eva', 'sam', 'sol']]));
  const started = await product.call('olga', 'POST', '/projects', {
    name: template.key, template: template.key, parameters: parametersOf(template), inventory: sampleInventory(template, 1), roles,
  });
  expect({ status: started.status, body: started.status === 201 ? null : started.body }).toEqual({ status: 201, body: null });
  return started.body.id as string;
}

type Decide = (gate: string, allows: (outcome: string) => boolean, tasks: readonly string[]) => Record<string, unknown>;

/** In phases whose gate asks for accepted items: one of each is planned, delivered and accepted in a first sprint. */
async function workBacklogs(id: string, plan: Plan, worked: Set<string>): Promise<number> {
  const { call } = product;
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

/** In phases that hand services over: one service gets all that it needs, and its sign-off is asked for. */
async function handOver(id: string, plan: Plan, worked: Set<string>): Promise<number> {
  const { call } = product;
  let acted = 0;
  for (const { key, handover } of plan.phases.filter((phase) => phase.handover && !worked.has(phase.key))) {
    const at = `/projects/${id}/phases/${key}/handover`;
    if ((await call('eva', 'GET', at)).status !== 200) continue;
    const done = async (who: string, path: string, body: object): Promise<void> => {
      const answer = await call(who, 'POST', `${at}${path}`, body);
      if (answer.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    };
    await done('eva', '/services', { services: [{ name: 'Service' }] });
    for (const { key: entry, evidence: fields } of handover?.entries ?? []) {
      const evidence = evidenceFor({ planned: entry, evidence: fields }, new Map(), FIRST);
      await done('eva', `/services/service-1/entries/${entry}/meet`, { evidence: Object.fromEntries(fields.map((field) => [field.key, toInput(field, evidence[field.key] ?? '')])) });
    }
    for (const index of handover?.topics.keys() ?? []) {
      await done('eva', `/services/service-1/sessions/session-${index + 1}/hold`, { heldAt: new Date().toISOString(), attended: ['sam'] });
      await done('sam', `/services/service-1/sessions/session-${index + 1}/confirm`, {});
    }
    await done('eva', '/services/service-1/sign-off', {});
    worked.add(key);
    acted += 1;
  }
  return acted;
}

/** Everybody does what there is to do, until the project has ended. */
async function drive(id: string, { plan }: Lifecycle, decide: Decide): Promise<string> {
  const { call } = product;
  const worked = new Set<string>();
  for (let round = 0, idle = 0; round < 600 && idle < 100; round += 1) {
    const project = (await call('olga', 'GET', `/projects/${id}`)).body;
    if (project.status !== 'running') return project.status as string;
    let acted = await workBacklogs(id, plan, worked) + await handOver(id, plan, worked);
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
        const policy = plan.phases.find(({ gate }) => gate?.key === approval.gate)?.gate?.policy;
        const answer = approval.service ? { outcome: 'approve' } : decide(approval.gate, (outcome) => policy?.outcomes?.includes(outcome as never) ?? true, approval.evidence.map((one: { task: string }) => one.task));
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

describe.each(listShipped())('%s', (key) => {
  let lifecycle: Lifecycle;
  beforeAll(async () => {
    lifecycle = load(key);
    await publishTemplate(product.engine.database, lifecycle.template, 'test');
  });

  test('goes to its end, after one rework', async () => {
    let reworked: string | undefined;
    const status = await drive(await start(lifecycle), lifecycle, (gate, allows, tasks) => {
      const [task] = tasks;
      if (reworked !== undefined || !allows('rework') || task === undefined) return { outcome: 'approve' };
      reworked = gate;
      return { outcome: 'rework', rework: [task] };
    });
    expect(status).toBe('completed');
    expect(reworked).toBeDefined();
  });

  test('ends when a gate stops it', async () => {
    let stopped: string | undefined;
    const status = await drive(await start(lifecycle), lifecycle, (gate, allows) => {
      if (stopped !== undefined || !allows('stop')) return { outcome: 'approve' };
      stopped = gate;
      return { outcome: 'stop' };
    });
    expect([stopped === undefined, status]).toEqual([false, 'stopped']);
  });
});
