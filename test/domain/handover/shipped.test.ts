/** The shipped transition to operations, to its end: straight, under a condition that expires, and with a service that is handed back. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SHIPPED_FRAGMENTS, TEMPLATES_FOLDER } from '../../../config/library';
import { handover as process } from '../../../domain/handover';
import { handoverStream, signOffStream } from '../../../domain/handover/streams';
import type { HandoverState, ServiceState } from '../../../domain/handover/types';
import type { Plan } from '../../../domain/plan';
import { wantedBy } from '../../../domain/play/assignments';
import { evidenceFor, FIRST } from '../../../domain/play/evidence';
import type { Authority } from '../../../domain/process';
import { tasksOf } from '../../../domain/stage/tasks';
import { compile } from '../../../domain/template/compile';
import { sampleParameters } from '../../../domain/template/parameters';
import { parseTemplate } from '../../../domain/template/schema';
import { resolveTemplateCalendar } from '../../../store/calendars';
import { text } from '../../support/handovers';
import { person } from '../../support/scenario';
import { World } from '../../support/world';

const parsed = parseTemplate(readFileSync(join(TEMPLATES_FOLDER, 'transition-to-operations.yaml'), 'utf8'), SHIPPED_FRAGMENTS);
if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems[0]));
const { template } = parsed;
const calendar = resolveTemplateCalendar(template);

function planWith(days: number): Plan {
  const compiled = compile(template, { ...sampleParameters(template, calendar.from), 'early-life-support-days': days }, calendar);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems[0]));
  return compiled.plan;
}

const STREAM = handoverStream('P', 'handover', 1);

/** The manager hands over; two people hold all other roles, and one of them does what the other checks. */
class Transition extends World {
  readonly eva: Authority;
  readonly sam: Authority;
  readonly sol: Authority;

  constructor(private readonly plan: Plan) {
    super(plan);
    const all = plan.roles.filter(({ members }) => members.length === 0).map(({ key }) => key);
    const others = all.filter((role) => role !== plan.managerRole);
    this.eva = person('eva', plan.managerRole);
    this.sam = person('sam', ...others);
    this.sol = person('sol', ...others);
    const roles = Object.fromEntries(all.map((role) => [role, role === plan.managerRole ? ['eva'] : ['sam', 'sol']]));
    this.command(this.root, { type: 'start', name: text('t'), roles }, person('olga', 'project-office'));
    this.settle();
  }

  service(): ServiceState {
    const state = this.actors.get(STREAM)?.runner.state as HandoverState | undefined;
    return state?.services['service-1'] as ServiceState;
  }

  give(who: Authority, command: { readonly type: string; readonly [field: string]: unknown }): void {
    expect(this.command(STREAM, { service: 'service-1', ...command }, who)).toBeNull();
    this.settle();
  }

  refused(who: Authority, command: { readonly type: string; readonly [field: string]: unknown }): string | undefined {
    return this.command(STREAM, { service: 'service-1', ...command }, who)?.code;
  }

  /** Does all tasks that are ready, and approves what is asked; until nothing is left to do. */
  work(): void {
    for (let acted = true; acted;) {
      acted = false;
      for (const stage of this.stages()) {
        const { id, phase } = stage.input;
        for (const task of tasksOf(phase)) {
          const status = stage.tasks[task.key]?.status;
          if (status !== 'ready' && status !== 'to-check') continue;
          const doer = task.rasci.r === this.plan.managerRole ? this.eva : this.sam;
          const checker = doer === this.sam ? this.sol : this.sam;
          const refused = status === 'ready' ? this.command(id, { type: 'complete', task: task.key, evidence: evidenceFor(task, wantedBy(phase) ?? new Map(), FIRST) }, doer)
            : this.command(id, { type: 'confirm', task: task.key }, checker);
          expect(refused).toBeNull();
          acted = true;
        }
      }
      for (const { status, input } of this.approvals()) {
        if (status !== 'open' || input.service !== undefined) continue;
        for (const who of [this.sam, this.sol, this.eva]) this.command(input.id, { type: 'decide', outcome: 'approve', digest: input.digest }, who);
        acted = true;
      }
      this.settle();
    }
  }

  /** The service gets all that it needs, and is asked to be signed off. */
  prepare(): void {
    this.give(this.eva, { type: 'add-services', services: [{ name: text('Backup') }] });
    const { handover } = this.plan.phases.find(({ key }) => key === 'handover') ?? {};
    for (const entry of handover?.entries ?? []) {
      this.give(this.eva, { type: 'meet-entry', entry: entry.key, evidence: evidenceFor({ planned: entry.key, evidence: entry.evidence }, new Map(), FIRST) });
    }
    for (const session of Object.keys(this.service().sessions)) {
      this.give(this.eva, { type: 'hold-session', session, heldAt: this.now, attended: ['sam'] });
      this.give(this.sam, { type: 'answer-session', session });
    }
    this.give(this.eva, { type: 'ask-sign-off' });
  }

  /** Both sign, one of them under these conditions. */
  sign(conditions: readonly object[] = []): void {
    const { round, digest } = this.service().signOff;
    const to = signOffStream(STREAM, 'service-1', round);
    for (const who of [this.sam, this.sol]) {
      const outcome = who === this.sam && conditions.length > 0 ? { outcome: 'approve-with-conditions', reason: text('nearly'), conditions } : { outcome: 'approve' };
      this.command(to, { type: 'decide', digest, ...outcome }, who);
    }
    this.settle();
  }
}

test('straight to its end, where the plan has no early-life support', () => {
  const world = new Transition(planWith(0));
  world.work();
  expect(world.stage('handover').gate.status).toBe('waiting');
  world.prepare();
  world.sign();
  expect(world.service().status).toBe('transferred');
  world.work();
  expect(world.projectState().status).toBe('completed');
});

test('a condition that expires stays on the service, and keeps the project from nothing', () => {
  const world = new Transition(planWith(0));
  world.work();
  world.prepare();
  world.sign([{ defect: text('Alarm at night'), plan: text('Standby'), owner: 'operations-manager', dueDays: 2 }]);
  expect(world.service()).toMatchObject({ status: 'transferred', conditions: { 'condition-1-1': { status: 'open' } } });
  for (let count = 0; count < 200 && world.service().conditions['condition-1-1']?.status === 'open'; count += 1) world.ring();
  world.settle();
  expect(world.service().conditions['condition-1-1']?.status).toBe('expired');
  world.give(world.sam, { type: 'renew-condition', condition: 'condition-1-1', dueDays: 5, note: text('The supplier is late') });
  world.give(world.sam, { type: 'meet-condition', condition: 'condition-1-1', note: text('Standby runs') });
  world.work();
  expect(world.projectState().status).toBe('completed');
});

test('a condition that is open when the project ends expires and escalates all the same, until it is met', () => {
  const world = new Transition(planWith(0));
  world.work();
  world.prepare();
  world.sign([{ defect: text('Alarm at night'), plan: text('Standby'), owner: 'operations-manager', dueDays: 400 }, { defect: text('No spare'), plan: text('Order'), owner: 'operations-manager', dueDays: 400 }]);
  world.work();
  expect(world.projectState().status).toBe('completed');
  const handover = (): HandoverState => world.actors.get(STREAM)?.runner.state as HandoverState;
  expect(handover().status).toBe('outliving');
  const told = (): string[] => (world.actors.get(STREAM)?.log ?? []).map(({ event }) => event.type);
  for (let count = 0; count < 200 && !told().includes('condition-expired'); count += 1) world.ring();
  expect(Object.values(world.service().conditions).map(({ status }) => status)).toEqual(['expired', 'expired']);
  expect(world.refused(world.sam, { type: 'write-article', title: text('t'), text: text('x') })).toBe('handover-closed');
  expect(world.refused(world.eva, { type: 'renew-condition', condition: 'condition-1-1', dueDays: 3, note: text('n') })).toBe('not-permitted');
  world.give(person('olga', 'project-office'), { type: 'renew-condition', condition: 'condition-1-1', dueDays: 3, note: text('Its owner left') });
  world.give(world.sol, { type: 'meet-condition', condition: 'condition-1-2', note: text('Here') });
  expect(handover().status).toBe('outliving');
  world.give(world.sam, { type: 'meet-condition', condition: 'condition-1-1', note: text('Standby runs') });
  expect(handover().status).toBe('ended');
});

test('by the rules of before, the end of the project ends its handover whatever is open', () => {
  const world = new Transition(planWith(0));
  world.work();
  world.prepare();
  world.sign([{ defect: text('Alarm at night'), plan: text('Standby'), owner: 'operations-manager', dueDays: 40 }]);
  const state = world.actors.get(STREAM)?.runner.state as HandoverState;
  const end = (rules?: number) => process.decide(state, { type: 'end' }, { now: world.now, authority: { kind: 'system', source: 'project/P' }, ...(rules !== undefined && { rules }) });
  expect([end(4), end(5), end()]).toMatchObject([{ events: [{ type: 'handover-ended' }] }, { events: [{ type: 'conditions-outlived' }] }, { events: [{ type: 'conditions-outlived' }] }]);
});

test('a service that is handed back shuts the gate again until it is signed off anew', () => {
  const world = new Transition(planWith(20));
  world.work();
  world.prepare();
  world.sign();
  expect(world.service()).toMatchObject({ status: 'early-life', earlyLife: { length: 20 } });
  expect(world.stage('handover').gate.status).toBe('open');
  world.give(world.sam, { type: 'hand-back', reason: text('Nobody can restore'), missing: ['restore', 'session-2'] });
  expect(world.stage('handover').gate.status).toBe('waiting');
  expect(world.service()).toMatchObject({ status: 'handed-back', entries: { restore: { status: 'open', missing: text('Nobody can restore') }, monitoring: { status: 'met' } }, sessions: { 'session-2': { status: 'incomplete' }, 'session-5': { follows: 'session-2' } } });
  const planned = world.projectState().plan.phases.find(({ key }) => key === 'handover')?.handover?.entries.find(({ key }) => key === 'restore');
  world.give(world.sam, { type: 'meet-entry', entry: 'restore', evidence: evidenceFor({ planned: 'restore', evidence: planned?.evidence ?? [] }, new Map(), FIRST) });
  world.give(world.eva, { type: 'hold-session', session: 'session-5', heldAt: world.now, attended: ['sol'] });
  world.give(world.sol, { type: 'answer-session', session: 'session-5' });
  expect(world.service().signOff).toMatchObject({ status: 'open', round: 2 });
  world.sign();
  world.work();
  expect(world.service().status).toBe('early-life');
  expect(world.projectState().phases).toMatchObject({ handover: { status: 'ended' }, 'early-life-support': { status: 'open' } });
  expect(world.stage('early-life-support').gate.status).toBe('waiting');
  expect(world.stage('early-life-support').handovers).toEqual({ handover: 'accepted' });
});
