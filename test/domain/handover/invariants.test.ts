/** Whatever people and time do to services that are handed over, and in whatever order messages arrive: what is signed is what stands there, and who hands over signs nothing. */
import * as fc from 'fast-check';
import { due } from '../../../domain/handover/reminders';
import { deliverers, openSignOff, serviceDigest } from '../../../domain/handover/sign-off';
import type { Authority } from '../../../domain/process';
import { checkLogs } from '../../support/check-logs';
import { HANDOVER, handoverPlan, HandoverWorld, STREAM, SUPPORTED, text, WHO } from '../../support/handovers';
import { makeRandom } from '../../support/projected-world';
import { thorough } from '../../support/property';

const people = Object.values(WHO) as readonly Authority[];
const ENTRIES = { 'accepted-by-users': { report: text('r') }, 'monitoring': { alarms: 1 }, 'restore': { on: '2026-10-01' }, 'own-1': { note: text('n') } };

function act(world: HandoverWorld, random: (n: number) => number): void {
  const pick = <T>(of: readonly T[]): T | undefined => of[random(of.length)];
  const services = Object.keys(world.handover().services);
  const service = pick(services) ?? 'service-1';
  const entry = pick(Object.keys(ENTRIES)) as keyof typeof ENTRIES;
  const session = pick(Object.keys(world.handover().services[service]?.sessions ?? {})) ?? 'session-1';
  const who = pick(people) ?? WHO.mia;
  const give = (command: { readonly type: string; readonly [field: string]: unknown }, by: Authority = who): void => { world.command(STREAM, command, by); };
  switch (random(22)) {
    case 0: {
      const adopted = random(4) === 0 && { adopted: { since: '2026-09-01', ...(random(2) === 0 && { accepted: { on: '2026-10-01', by: text('b') } }) } };
      return give({ type: 'add-services', services: [{ name: text('s'), ...(random(2) === 0 && { owner: 'ona' }), ...adopted }] }, adopted ? WHO.olga : WHO.mia);
    }
    case 1: case 2: case 3: case 4: return give({ type: 'meet-entry', service, entry, evidence: ENTRIES[entry] }, pick([WHO.mia, WHO.ops]));
    case 5: return give({ type: 'meet-entry', service, entry: 'monitoring', evidence: { alarms: 1 + random(3) } }, WHO.ops);
    case 6: return give({ type: 'propose-waiver', service, entry, reason: text('w') });
    case 7: return give({ type: 'answer-waiver', service, entry, accept: random(2) === 0, reason: text('a') });
    case 8: return give({ type: 'reopen-entry', service, entry, reason: text('o') });
    case 9: return give({ type: random(3) === 0 ? 'drop-criterion' : 'add-criterion', service, entry: 'own-1', criterion: { title: text('c'), owner: 'engineer' } });
    case 10: case 11: return give({ type: 'hold-session', service, session, heldAt: world.now, attended: ['ops'] }, WHO.eva);
    case 12: case 13: return give({ type: 'answer-session', service, session, ...(random(4) === 0 && { missing: text('m') }) });
    case 14: return give({ type: 'ask-sign-off', service }, WHO.mia);
    case 15: return give({ type: 'hand-back', service, reason: text('b'), missing: [entry] });
    case 16: return give({ type: random(4) === 0 ? 'withdraw-service' : 'transfer', service, reason: text('t') });
    case 17: world.ring(); return;
    case 18: {
      const held = world.projectState().status === 'held';
      world.command(world.root, { type: held ? 'resume' : random(3) === 0 ? 'hold' : 'assign-roles', reason: text('h'), roles: { desk: random(2) === 0 ? ['dee'] : ['dee', 'eva'] } }, WHO.mia);
      return;
    }
    default: {
      const approval = pick(world.approvals().filter(({ status, input }) => status === 'open' && input.service !== undefined));
      if (!approval) return;
      const outcome = pick(['approve', 'approve', 'approve', 'approve-with-conditions', 'rework']) ?? 'approve';
      const vote = {
        type: 'decide', outcome, digest: approval.input.digest, reason: text('v'), ...(outcome === 'rework' && { rework: [entry] }),
        ...(outcome === 'approve-with-conditions' && { conditions: [{ defect: text('d'), plan: text('p'), owner: 'engineer', dueDays: random(3) }] }),
      };
      const voter = pick([WHO.ona, WHO.ops, WHO.dee, who]) ?? who;
      // Some click twice, with another key.
      for (let times = 1 + random(2); times > 0; times -= 1) world.command(approval.input.id, vote, voter);
    }
  }
}

/** What holds at every moment. */
function check(world: HandoverWorld): void {
  const state = world.handover();
  const giving = new Set(['mia', 'eva', 'edo']);
  for (const [key, service] of Object.entries(state.services)) {
    const { status, digest } = service.signOff;
    const isSigned = status === 'signed' || status === 'signed-with-conditions';
    if (isSigned || status === 'open') expect({ key, digest }).toEqual({ key, digest: serviceDigest(state, key, service) });
    if (service.status === 'transferred') expect({ key, isSigned }).toEqual({ key, isSigned: true });
    for (const entry of Object.values(service.entries)) {
      if (entry.status === 'waived') expect([entry.waivedBy === entry.by, giving.has(entry.waivedBy ?? '')]).toEqual([false, false]);
    }
    for (const session of Object.values(service.sessions)) if (session.status === 'confirmed') expect(giving.has(session.answeredBy ?? '')).toBe(false);
  }
  for (const { input, votes, status } of world.approvals()) {
    if (input.service === undefined) continue;
    expect(votes.filter(({ person, castBy }) => giving.has(person) || giving.has(castBy ?? ''))).toEqual([]);
    expect(new Set(votes.map(({ person, castBy }) => castBy ?? person)).size).toBe(votes.length);
    expect(new Set(votes.map(({ person }) => person)).size).toBe(votes.length);
    if (status === 'open') expect(deliverers(state).size).toBeGreaterThan(0);
  }
}

/** What holds once everything has come to rest. */
function checkAtRest(world: HandoverWorld): void {
  const state = world.handover();
  const asked = Object.entries(state.services).flatMap(([key, service]) => openSignOff(state, key, service) ?? []).sort();
  const open = world.approvals().filter(({ status, input }) => status === 'open' && input.service !== undefined).map(({ input }) => input.id).sort();
  expect(open).toEqual(asked);
  expect(world.projectState().handovers?.['handover']?.reached).toBe(state.reached);
  expect(world.stage('handover').handovers).toEqual({ handover: state.reached });
  checkLogs(world);
}

/** Whatever ends the project: conditions of services that operations run are followed until they are met, and nothing else is. */
function checkEnd(world: HandoverWorld): void {
  if (world.projectState().status === 'held') world.command(world.root, { type: 'resume' }, WHO.mia);
  world.settle();
  world.command(world.root, { type: 'cancel', reason: text('over') }, WHO.mia);
  world.settle();
  expect(world.projectState().status).toBe('cancelled');
  const left = (): [string, string][] => Object.entries(world.handover().services).filter(([, { status }]) => status === 'early-life' || status === 'transferred')
    .flatMap(([service, { conditions }]) => Object.entries(conditions).filter(([, { status }]) => status !== 'met').map(([condition]): [string, string] => [service, condition]));
  expect(world.handover().status).toBe(left().length > 0 ? 'outliving' : 'ended');
  for (let count = 0; count < 400 && due(world.handover()) !== null; count += 1) world.ring();
  world.settle();
  for (const [service, condition] of left()) {
    expect(world.service(service).conditions[condition]?.status).toBe('expired');
    expect(world.give(WHO.mia, { type: 'meet-condition', service, condition, note: text('n') })).toBeNull();
  }
  expect(world.handover().status).toBe('ended');
}

test.each([['without', HANDOVER], ['with', SUPPORTED]] as const)('%s early-life support', (_, handover) => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 1_000_000 }), (seed) => {
    const random = makeRandom(seed);
    const world = new HandoverWorld(handoverPlan(handover));
    world.give(WHO.mia, { type: 'add-services', services: [{ name: text('s') }] });
    if (random(2) === 0) world.ready();
    for (let step = 0; step < 60; step += 1) {
      act(world, random);
      check(world);
      const busy = world.busy();
      for (let count = random(4); count > 0 && busy.length > 0; count -= 1) world.deliver(busy[random(busy.length)] ?? STREAM);
      if (random(12) === 0) world.rollOver(random(20));
      if (random(6) === 0) world.repeat(random(1000));
      if (random(8) === 0) { world.settle(random); checkAtRest(world); }
    }
    world.settle(random);
    check(world);
    checkAtRest(world);
    checkEnd(world);
  }), thorough(20));
});
