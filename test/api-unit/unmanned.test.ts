/** What of a service nobody sees to any more. */
import { listUnmanned } from '../../api/handover/unmanned';
import type { HandoverRow, ServiceRow } from '../../domain/rows';
import { HANDOVER } from '../support/handovers';

const NOW = Date.parse('2026-12-01T10:00:00Z');
const handover: HandoverRow = { project: 'P', phase: 'handover', status: 'open', handover: HANDOVER, reached: 'none', heldAt: null };
const row = (more: object = {}): ServiceRow => ({
  service: 'service-1', status: 'preparing', teams: ['servers'], entries: { 'accepted-by-users': { status: 'open' }, 'monitoring': { status: 'met' } }, sessions: { 'session-1': { kind: 'session', status: 'planned', givenBy: 'eva' } }, conditions: {}, ...more,
}) as unknown as ServiceRow;
const ALL = new Map([['manager', ['mia']], ['engineer', ['eva']], ['owner', ['ona']], ['operations', ['ops']]]);
const without = (...roles: string[]): Map<string, string[]> => new Map([...ALL].filter(([role]) => !roles.includes(role)));
const found = (service: ServiceRow, holders: Map<string, string[]>, of = handover): string[] => listUnmanned(of, [service], holders, NOW).map(({ what, of: name, role, person }) => [what, name, role, person].filter((part) => part !== undefined).join(' '));

test('an owner without the role, nobody who may accept, an entry of a role and a session of a person that are gone', () => {
  expect(found(row({ owner: 'ona' }), ALL)).toEqual([]);
  expect(found(row({ owner: 'ole' }), ALL)).toEqual(['owner owner ole']);
  expect(found(row(), without('owner'))).toEqual([]);
  expect(found(row(), without('owner', 'operations'))).toEqual(['receivers']);
  // Who hands over accepts nothing, in whatever role.
  expect(found(row(), new Map([...without('owner', 'operations'), ['owner', ['eva']]]))).toEqual(['receivers']);
  expect(found(row(), without('engineer'))).toEqual(['entry accepted-by-users engineer', 'session session-1 eva']);
});

test('duty from today on, by its first day; conditions also of a service that was transferred, for as long as the handover goes on', () => {
  const duty = { '2026-11-30': { project: ['gone'] }, '2026-12-02': { project: ['gone', 'eva'] }, '2026-12-03': { operations: ['gone'] } };
  expect(found(row({ earlyLife: { duty, timeZone: 'Europe/Brussels' } }), ALL)).toEqual(['duty 2026-12-02 gone']);
  const transferred = row({ status: 'transferred', owner: 'ole', conditions: { 'condition-1-1': { status: 'expired', owner: 'desk' }, 'condition-1-2': { status: 'met', owner: 'desk' } } });
  expect(found(transferred, ALL)).toEqual(['condition condition-1-1 desk']);
  expect(found(transferred, ALL, { ...handover, status: 'outliving' })).toEqual(['condition condition-1-1 desk']);
  expect(found(transferred, ALL, { ...handover, status: 'ended' })).toEqual([]);
  expect(found(row({ status: 'withdrawn', owner: 'ole' }), ALL)).toEqual([]);
});
