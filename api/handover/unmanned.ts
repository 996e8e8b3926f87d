/** What of the services of a handover nobody sees to any more, since a role or a person is gone: somebody else has to be named. */
import { z } from 'zod';
import { HOME, todayIn } from '../../config/home';
import type { Key, PersonId } from '../../domain/process';
import type { HandoverRow, ServiceRow } from '../../domain/rows';
import type { Names } from '../names';
import { key, namedKey, namedPerson } from '../schemas';
import { nameOf } from './views';

const WHAT = ['owner', 'receivers', 'entry', 'session', 'duty', 'condition'] as const;
export const unmannedView = z.strictObject({
  service: key, what: z.enum(WHAT).meta({ description: 'receivers: nobody is left who may accept it. duty: from this day on.' }),
  of: namedKey.nullable().meta({ description: 'The criterion, session, condition or day; null: the service itself.' }),
  role: namedKey.nullable().meta({ description: 'The role that nobody holds, or that the person does not hold.' }), person: namedPerson.nullable().meta({ description: 'Who is named, and has no part in the project any more.' }),
}).meta({ id: 'Unmanned' });

/** As {@link unmannedView}, by keys. */
export interface Unmanned {
  readonly service: Key;
  readonly what: (typeof WHAT)[number];
  readonly of?: Key;
  readonly role?: Key;
  readonly person?: PersonId;
}

type Holders = ReadonlyMap<Key, readonly PersonId[]>;

/** What is not done of a service. @param today where it is. */
function unmannedIn({ handover }: HandoverRow, row: ServiceRow, holders: Holders, today: string): Omit<Unmanned, 'service'>[] {
  const held = (role: Key): readonly PersonId[] => holders.get(role) ?? [];
  const everybody = new Set([...holders.values()].flat());
  const giving = new Set(handover.delivering.flatMap(held));
  const receiving = [...handover.teams.filter((team) => row.teams.includes(team.key)).flatMap(({ roles }) => roles), handover.serviceOwner].flatMap(held);
  const owed = (name: Key, own: Key | undefined): Key | undefined => own ?? handover.entries.find((each) => each.key === name)?.owner;
  const duty = new Map(Object.entries(row.earlyLife?.duty ?? {}).filter(([date]) => date >= today).sort(([one], [other]) => other.localeCompare(one))
    .flatMap(([date, { project = [], operations = [] }]) => [...project, ...operations].filter((person) => !everybody.has(person)).map((person) => [person, date] as const)));
  return [
    ...(row.owner !== undefined && !held(handover.serviceOwner).includes(row.owner) ? [{ what: 'owner' as const, role: handover.serviceOwner, person: row.owner }] : []),
    ...(receiving.some((person) => !giving.has(person)) ? [] : [{ what: 'receivers' as const }]),
    ...Object.entries(row.entries).flatMap(([name, { status, own }]) => {
      const role = status === 'open' || status === 'proposed' ? owed(name, own?.owner) : undefined;
      return role === undefined || held(role).length > 0 ? [] : [{ what: 'entry' as const, of: name, role }];
    }),
    ...Object.entries(row.sessions).flatMap(([name, { status, givenBy }]) => ((status === 'wanted' || status === 'planned') && givenBy !== undefined && !everybody.has(givenBy) ? [{ what: 'session' as const, of: name, person: givenBy }] : [])),
    ...[...duty].map(([person, date]) => ({ what: 'duty' as const, of: date, person })),
  ];
}

/** All of it: of services that are handed over, and of conditions that are not met, also when a service was transferred. */
export function listUnmanned(handover: HandoverRow, services: readonly ServiceRow[], holders: Holders, now: number): Unmanned[] {
  if (handover.status === 'ended') return [];
  return services.flatMap((row): Unmanned[] => {
    if (row.status === 'withdrawn') return [];
    const isLeft = handover.status === 'open' && row.status !== 'transferred';
    const conditions = Object.entries(row.conditions).flatMap(([name, { status, owner }]) => (status === 'met' || (holders.get(owner) ?? []).length > 0 ? [] : [{ what: 'condition' as const, of: name, role: owner }]));
    return [...(isLeft ? unmannedIn(handover, row, holders, todayIn(row.earlyLife?.timeZone ?? HOME.timeZone, now)) : []), ...conditions].map((each) => ({ service: row.service, ...each }));
  });
}

export function unmannedViewOf({ service, what, of, role, person }: Unmanned, row: ServiceRow | undefined, names: Names): z.output<typeof unmannedView> {
  const named = (name: Key): z.output<typeof namedKey> => (row && (what === 'entry' || what === 'session') ? nameOf(row, name, names) : { key: name, name: name });
  return { service, what, of: of === undefined ? null : named(of), role: role === undefined ? null : names.role(role), person: person === undefined ? null : names.person(person) };
}
