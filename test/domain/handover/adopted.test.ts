/** Services whose handover ran elsewhere before. */
import { handoverPlan, HandoverWorld, SUPPORTED, text, WHO } from '../../support/handovers';

test.each([
  ['a day to come', { since: '2027-01-01' }], ['no day', { since: 'x' }], ['a day long ago', { since: '2020-01-01' }], ['accepted before it began', { since: '2026-09-10', accepted: { on: '2026-09-01', by: text('b') } }],
])('what ran elsewhere is behind, in its order: %s is refused', (_, adopted) => {
  expect(new HandoverWorld().give(WHO.olga, { type: 'add-services', services: [{ name: text('x'), adopted }] })).toBe('service-invalid');
});

test('a service whose handover began elsewhere is late where it would be; only the project office says so', () => {
  const world = new HandoverWorld();
  const services = [{ name: text('Mail'), adopted: { since: '2026-09-01' } }];
  expect(world.give(WHO.mia, { type: 'add-services', services })).toBe('not-permitted');
  expect(world.give(WHO.ona, { type: 'add-services', services })).toBe('not-permitted');
  expect(world.give(WHO.olga, { type: 'add-services', services })).toBeNull();
  expect(world.service()).toMatchObject({ status: 'preparing', adopted: { since: '2026-09-01' }, entries: { 'accepted-by-users': { status: 'open' }, 'restore': { status: 'open' } } });
  expect(world.service().entries['accepted-by-users']?.dueAt).toBeLessThan(world.now);
  world.ring();
  world.settle();
  expect(world.service().entries['accepted-by-users']?.overdue).toBe(true);
});

test('a service that was accepted elsewhere is supported from that day on; what is asked of it afterwards is signed here', () => {
  const world = new HandoverWorld(handoverPlan(SUPPORTED));
  expect(world.give(WHO.olga, { type: 'add-services', services: [{ name: text('Mail'), adopted: { since: '2026-08-03', accepted: { on: '2026-09-01', by: text('b') } } }] })).toBeNull();
  expect(world.service()).toMatchObject({ status: 'early-life', entries: {}, sessions: {}, signOff: { status: 'signed', round: 0 }, earlyLife: { from: '2026-09-01', length: 5 } });
  const good = { incidents: { p1: 0, p2: 0, p3: 0, p4: 0 }, serviceLevel: 100, defects: 0, calls: 0 };
  const entries = ['2026-09-01', '2026-09-02', '2026-09-03', '2026-09-04', '2026-09-07'].map((date) => ({ service: 'service-1', date, figures: good }));
  expect(world.give(WHO.ops, { type: 'transfer', service: 'service-1' })).toBe('figures-missing');
  expect(world.give(WHO.ops, { type: 'record-figures', source: 'hand', entries })).toBeNull();
  expect(Object.values(world.service().earlyLife?.days ?? {}).some(({ late }) => late)).toBe(false);
  expect(world.give(WHO.ops, { type: 'add-criterion', service: 'service-1', criterion: { title: text('c'), owner: 'engineer' } })).toBeNull();
  expect(world.service().signOff).toMatchObject({ status: 'waiting', wanted: true });
  expect(world.give(WHO.ops, { type: 'transfer', service: 'service-1' })).toBe('service-not-signed');
  expect(world.give(WHO.ops, { type: 'drop-criterion', service: 'service-1', entry: 'own-1' })).toBeNull();
  for (const who of [WHO.ona, WHO.ops]) expect(world.sign(who)).toBeNull();
  expect(world.give(WHO.ops, { type: 'transfer', service: 'service-1' })).toBeNull();
  expect(world.service().status).toBe('transferred');
});
