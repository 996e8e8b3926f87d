/** What stands around the projects of the demo portfolio: line managers, groups, programs, and who is away. */
import { answerOf } from '../../client';
import type { Driver } from './driver';
import { MANAGER, OFFICE } from './people';

/** By whom each is managed outside projects. */
const LINE_MANAGERS: Readonly<Record<string, string>> = { 'p-tess': MANAGER, 'p-tom': MANAGER, 'p-leo': MANAGER, [MANAGER]: 'p-paul', 'p-bea': 'p-paul', 'p-ines': 'p-bea', 'p-sam': 'p-paul' };

const GROUPS = {
  'architecture-board': { name: 'Architectuurraad', members: ['p-sam', 'p-tess', 'p-leo'] },
  'change-advisory-board': { name: 'Change advisory board', members: ['p-greta', MANAGER, 'p-tom'] },
} as const;

/** Projects that are looked at together, by the key that a scenario names. */
export const PROGRAMS = {
  'datacenter-2027': { name: 'Datacenter 2027', managers: ['p-pia'] },
  'digital-workplace': { name: 'Digitale werkplek', managers: ['p-bea'] },
} as const;

/** Said again it is as it was. */
export async function organise(driver: Driver): Promise<void> {
  for (const [person, manager] of Object.entries(LINE_MANAGERS)) {
    await driver.command(OFFICE, (client, header) => client.PUT('/api/v1/people/{person}/manager', { params: { path: { person }, header }, body: { manager } }));
  }
  for (const [group, { name, members }] of Object.entries(GROUPS)) {
    await driver.command(OFFICE, (client, header) => client.PUT('/api/v1/groups/{group}', { params: { path: { group }, header }, body: { name, members: [...members] } }));
  }
  for (const [program, { name, managers }] of Object.entries(PROGRAMS)) {
    await driver.command(OFFICE, (client, header) => client.PUT('/api/v1/programs/{program}', { params: { path: { program }, header }, body: { name, managers: [...managers] } }));
  }
}

/** Midnight after so many days, as it is in winter where these people work. */
const afterDays = (days: number): string => `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)}T23:00:00.000Z`;

/** One is on leave and has said who decides meanwhile; another is ill, and the line manager says it. */
export async function goAway(driver: Driver): Promise<void> {
  if (!await isAway(driver, 'p-greta')) {
    await driver.command('p-greta', (client, header) => client.POST('/api/v1/me/delegations', { params: { header }, body: { to: 'p-paul', until: afterDays(8) } }));
  }
  if (!await isAway(driver, 'p-tom')) {
    await driver.command(MANAGER, (client, header) => client.POST('/api/v1/people/{person}/delegations', { params: { path: { person: 'p-tom' }, header }, body: { to: 'p-tess', until: afterDays(4) } }));
  }
}

async function isAway(driver: Driver, person: string): Promise<boolean> {
  const { items } = await answerOf((await driver.as(OFFICE)).GET('/api/v1/people/{person}/delegations', { params: { path: { person } } }));
  return items.some(({ absent, status }) => absent.id === person && status !== 'ended');
}
