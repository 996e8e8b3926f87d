/** A project in which services are handed over, for tests of it. */
import type { HandoverState, ServiceState } from '../../domain/handover/types';
import { handoverStream, signOffStream } from '../../domain/handover/streams';
import type { Plan, PlanHandover } from '../../domain/plan';
import type { Authority } from '../../domain/process';
import { gate, phase, plan, task } from './plans';
import { person } from './scenario';
import { World } from './world';

export const HANDOVER: PlanHandover = {
  delivering: ['manager', 'engineer'], serviceOwner: 'owner', teams: [{ key: 'servers', roles: ['operations'] }, { key: 'desk', roles: ['desk'] }],
  entries: [
    { key: 'accepted-by-users', kind: 'criterion', owner: 'engineer', dueDays: 5, mandatory: true, evidence: [{ key: 'report', required: true, type: 'text' }] },
    { key: 'monitoring', kind: 'readiness', area: 'monitoring', owner: 'operations', dueDays: 10, mandatory: true, evidence: [{ key: 'alarms', required: true, type: 'number', min: 1 }] },
    { key: 'restore', kind: 'readiness', area: 'restore', owner: 'engineer', mandatory: true, evidence: [{ key: 'on', required: true, type: 'date' }] },
    { key: 'nice', kind: 'readiness', area: 'other', owner: 'engineer', mandatory: false, evidence: [{ key: 'on', required: true, type: 'date' }] },
  ],
  topics: [{ key: 'running-it', kind: 'session' }],
  signOff: {
    steps: [{ key: 'owner', roles: ['owner'], quorum: 'any' }, { key: 'operations', roles: ['operations', 'desk'], quorum: 'any' }],
    parallel: true, reasonRequired: ['rework'], outcomes: ['approve', 'approve-with-conditions', 'rework'], escalateTo: 'sponsor', escalateAfterDays: 3,
  },
};

/** With early-life support of five working days, once lengthened by three, in which no incident of the first priority may come in. */
export const SUPPORTED: PlanHandover = {
  ...HANDOVER, earlyLife: {
    days: 5, count: 'working', extension: { days: 3, times: 1 }, acceptanceDays: 10,
    criteria: [{ key: 'no-p1', kind: 'figures', measure: 'incidents', priorities: ['p1'], over: 'each-day', last: 3, limit: 0 }, { key: 'trained', kind: 'training' }],
  },
};

/** Handover, then early-life support whose gate asks for services that are transferred. */
export function handoverPlan(handover: PlanHandover = HANDOVER): Plan {
  const base = plan([
    phase('handover', [task('agree')], { kind: 'handover', handover, gate: gate('acceptance', { criteria: [{ key: 'services', kind: 'handover', phase: 'handover', services: 'accepted', mandatory: true }] }) }),
    phase('support', [task('follow')], { kind: 'handover', after: ['handover'], gate: gate('exit', { criteria: [{ key: 'services', kind: 'handover', phase: 'handover', services: 'transferred', mandatory: true }] }) }),
  ]);
  return { ...base, roles: [...base.roles, { key: 'owner', members: [] }, { key: 'operations', members: [] }, { key: 'desk', members: [] }] };
}

export const HOLDERS = { manager: ['mia'], engineer: ['eva', 'edo'], sponsor: ['sam'], security: ['sol'], owner: ['ona', 'ole'], operations: ['ops'], desk: ['dee'] };
export const WHO = {
  olga: person('olga', 'project-office'), mia: person('mia', 'manager'), eva: person('eva', 'engineer'), ops: person('ops', 'operations'), dee: person('dee', 'desk'), ona: person('ona', 'owner'), ole: person('ole', 'owner'),
  sam: person('sam', 'sponsor', 'board'),
} as const;
export const STREAM = handoverStream('P', 'handover', 1);
export const text = (of: string): { readonly text: string } => ({ text: of });

/** A project that has started, with its handover. */
export class HandoverWorld extends World {
  constructor(of: Plan = handoverPlan()) {
    super(of);
    this.command(this.root, { type: 'start', name: text('t'), roles: HOLDERS }, WHO.olga);
    this.settle();
  }

  handover(): HandoverState {
    return this.actors.get(STREAM)?.runner.state as HandoverState;
  }

  service(key = 'service-1'): ServiceState {
    return this.handover().services[key] as ServiceState;
  }

  /** Gives a command to the handover, and lets all follow. @returns why it was refused, or null. */
  give(who: Authority, command: { readonly type: string; readonly [field: string]: unknown }): string | null {
    const refused = this.command(STREAM, command, who);
    this.settle();
    return refused?.code ?? null;
  }

  /** A service that has all it needs, if nothing is left out. */
  prepare(service = 'service-1', without: readonly string[] = []): void {
    const does = (key: string, who: Authority, command: { readonly type: string; readonly [field: string]: unknown }): void => {
      if (!without.includes(key)) expect(this.give(who, { service, ...command })).toBeNull();
    };
    does('accepted-by-users', WHO.eva, { type: 'meet-entry', entry: 'accepted-by-users', evidence: { report: text('r') } });
    does('monitoring', WHO.ops, { type: 'meet-entry', entry: 'monitoring', evidence: { alarms: 3 } });
    does('restore', WHO.eva, { type: 'meet-entry', entry: 'restore', evidence: { on: '2026-10-01' } });
    does('session-1', WHO.eva, { type: 'hold-session', session: 'session-1', heldAt: this.now, attended: ['ops'] });
    does('session-1', WHO.ops, { type: 'answer-session', session: 'session-1' });
  }

  /** Adds services and makes them ready; the first is asked to be signed off. */
  ready(): void {
    expect(this.give(WHO.mia, { type: 'add-services', services: [{ name: text('Backup') }] })).toBeNull();
    this.prepare();
    expect(this.give(WHO.mia, { type: 'ask-sign-off', service: 'service-1' })).toBeNull();
  }

  /** Somebody votes on the sign-off that is open. */
  sign(who: Authority, outcome = 'approve', more: Readonly<Record<string, unknown>> = {}, service = 'service-1'): string | null {
    const { round, digest } = this.service(service).signOff;
    const refused = this.command(signOffStream(STREAM, service, round), { type: 'decide', outcome, digest, ...(outcome === 'rework' && { reason: text('why') }), ...more }, who);
    this.settle();
    return refused?.code ?? null;
  }
}
