/** Who holds what in the projects of the demo portfolio. */
export const OFFICE = 'p-olga';
export const MANAGER = 'p-marc';
const APPROVERS = ['p-paul', 'p-greta', 'p-bea'];
const DOERS = ['p-tess', 'p-sam', 'p-tom', 'p-ines'];

/** Delivers what roles have to deliver that decide on gates as well: whoever delivers does not decide. */
export const DELIVERER = 'p-leo';

/** @param place of the role among its like: so that work and decisions are spread. */
export const approversOf = (place: number): string[] => [APPROVERS[place % APPROVERS.length] ?? MANAGER, DELIVERER];
export const doersOf = (place: number): string[] => [DOERS[place % DOERS.length] ?? MANAGER, DOERS[(place + 1) % DOERS.length] ?? MANAGER];

export const PEOPLE: readonly string[] = [OFFICE, MANAGER, ...APPROVERS, ...DOERS, 'p-pia', 'p-aude', DELIVERER];
