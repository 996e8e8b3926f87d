/** What a handover makes of it that somebody loses a role or leaves. */
import { handover as process } from '../../../domain/handover';
import { handoverPlan, HandoverWorld, SUPPORTED, WHO } from '../../support/handovers';

test('who takes a leaver\'s place is on duty from that day on; an owner who loses the role is told of, by the rules since then', () => {
  const world = new HandoverWorld(handoverPlan(SUPPORTED));
  world.ready();
  world.give(WHO.mia, { type: 'change-service', service: 'service-1', change: { owner: 'ona' } });
  for (const who of [WHO.ona, WHO.ops]) world.sign(who);
  const { from = '' } = world.service().earlyLife ?? {};
  expect(world.give(WHO.mia, { type: 'set-duty', service: 'service-1', days: [{ date: from, side: 'operations', persons: ['ops', 'dee'] }] })).toBeNull();
  const state = world.handover();
  const hear = (roles: object, rules?: number) =>
    process.decide(state, { type: 'roles-changed', roles } as never, { now: world.now, authority: { kind: 'system', source: 'project/P' }, ...(rules !== undefined && { rules }) });
  const roles = { ...state.roles, owner: ['ole'] };
  expect(hear(roles)).toMatchObject({ events: [{ type: 'roles-changed' }, { type: 'owner-lost', service: 'service-1', person: 'ona' }] });
  expect(hear(roles, 4)).toEqual({ ok: true, events: [{ type: 'roles-changed', roles }] });
  world.hearFromDirectory({ left: { ops: 'dee' } });
  world.settle();
  expect(world.service().earlyLife?.duty).toEqual({ [from]: { operations: ['dee'] } });
});
