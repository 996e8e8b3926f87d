/** What the API says about delegations and groups. */
import { z } from 'zod';
import type { DelegationRow } from '../../domain/rows';
import { toIso } from '../http/instant';
import { instant, key, namedPerson } from '../schemas';

export const delegationView = z.strictObject({
  id: z.string(), absent: namedPerson, delegate: namedPerson, from: instant, until: instant.meta({ description: 'The first moment at which it holds no more.' }),
  role: key.nullable().meta({ description: 'Only what is decided as a holder of this role; null: everything.' }), roleName: z.string().nullable(),
  project: z.string().nullable().meta({ description: 'Only in this project; null: in all.' }), projectName: z.string().nullable(),
  program: key.nullable().meta({ description: 'Only in projects of this program.' }), programName: z.string().nullable(),
  status: z.enum(['planned', 'active', 'ended']), by: namedPerson.meta({ description: 'Who set it up.' }),
  endedAt: instant.nullable(), because: z.enum(['time', 'revoked', 'left']).nullable(),
}).meta({ id: 'Delegation', description: 'For a time, somebody decides in the name of somebody who is absent.' });

type Names = ReadonlyMap<string, string>;
export const namedIn = (names: Names, id: string) => ({ id, name: names.get(id) ?? id });

export const peopleOf = ({ absent, delegate, by }: DelegationRow): string[] => [absent, delegate, by];

/** What a delegation is for, in words; null for what it does not name, or of which the name is not known. */
export type ScopeNames = Readonly<Record<'roleName' | 'projectName' | 'programName', string | null>>;

export function delegationViewOf(row: DelegationRow & { readonly id: string }, names: Names, scope: ScopeNames): z.output<typeof delegationView> {
  const { id, absent, delegate, from, until, role, project, program, status, by, endedAt, because } = row;
  return {
    id, absent: namedIn(names, absent), delegate: namedIn(names, delegate), from: toIso(from), until: toIso(until),
    role: role ?? null, project: project ?? null, program: program ?? null, ...scope,
    status, by: namedIn(names, by), endedAt: toIso(endedAt), because,
  };
}
