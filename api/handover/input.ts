/** Services, levels and documents as clients write them; free text goes to the kept texts. */
import { z } from 'zod';
import type { FieldProblem } from '../../domain/errors';
import type { DocumentRef, TextRef } from '../../domain/evidence-types';
import { LEVEL_UNITS, type ServiceFacts, type ServiceLevel } from '../../domain/handover/types';
import type { Deps } from '../deps';
import { fileClaims, fileProblems } from '../files/evidence';
import { Problem } from '../problem';
import { keepText } from '../kept-texts';
import { freeText, idText, key, personId } from '../schemas';

const level = z.strictObject({ name: freeText(200), target: z.number().min(0).max(1e9), unit: z.enum(LEVEL_UNITS) }).meta({ id: 'ServiceLevelInput' });
const levels = z.array(level).max(20).meta({ description: 'What is promised of it.' });
const owner = personId.meta({ description: 'Who answers for it, of those who hold the role of service owners.' });
const teams = z.array(key).max(20).meta({ description: 'Teams of the template that receive it; all when not given.' });

const adopted = z.strictObject({
  since: z.iso.date().meta({ description: 'The day on which its handover began: due dates count from then on.', example: '2026-09-01' }),
  accepted: z.strictObject({
    on: z.iso.date(), by: freeText(200).meta({ description: 'Who accepted it, as it is told: free text.', example: 'Operations board of 2 November' }),
  }).optional().meta({ description: 'It was accepted: nothing of the template is asked of it any more, and its early-life support runs from that day on.' }),
}).meta({ id: 'AdoptedServiceInput', description: 'Its handover ran elsewhere before. By the project office.' });

export const serviceInput = z.strictObject({
  name: freeText(200), item: idText(100).min(1).optional().meta({ description: 'The inventory item that it stands for.' }), owner: owner.optional(), teams: teams.optional(), levels: levels.optional(), adopted: adopted.optional(),
}).meta({ id: 'ServiceInput' });
export type ServiceInput = z.output<typeof serviceInput>;
export const serviceChange = { name: freeText(200).optional(), owner: owner.nullable().optional(), teams: teams.nullable().optional(), levels: levels.nullable().optional() };

export const document = z.strictObject({ name: freeText(300), url: z.url({ protocol: /^https?$/ }).max(2000).optional(), sha256: z.string().regex(/^[0-9a-f]{64}$/).optional() });

/** Levels with their names kept beside the log. */
export async function keepLevels(deps: Deps, project: string, given: readonly z.output<typeof level>[]): Promise<ServiceLevel[]> {
  if (given.length === 0) return [];
  const names = await deps.keepTexts(project, given.map(({ name }) => name));
  return given.map(({ target, unit }, index) => ({ name: names[index] as TextRef, target, unit }));
}

/** Services with their texts kept. @throws Problem when one stands for an item that the project does not have, or its owner is not known. */
export async function keepServices(deps: Deps, project: string, given: readonly ServiceInput[]): Promise<ServiceFacts[]> {
  const known = given.some(({ item }) => item !== undefined) ? new Set((await deps.reads.inventory(project)).map(({ id }) => id)) : new Set<string>();
  const problems = given.flatMap(({ item }, index): FieldProblem[] => (item === undefined || known.has(item) ? [] : [{ pointer: `/services/${index}/item`, code: 'choice' }]));
  if (problems.length > 0) throw Problem.fields(problems);
  return Promise.all(given.map(async ({ name, item, owner: person, teams: receiving, levels: promised, adopted: elsewhere }): Promise<ServiceFacts> => ({
    name: await keepText(deps, project, name), ...(item !== undefined && { item }), ...(person !== undefined && { owner: person }), ...(receiving && receiving.length > 0 && { teams: receiving }),
    ...(promised && promised.length > 0 && { levels: await keepLevels(deps, project, promised) }),
    ...(elsewhere && { adopted: { since: elsewhere.since, ...(elsewhere.accepted && { accepted: { on: elsewhere.accepted.on, by: await keepText(deps, project, elsewhere.accepted.by) } }) } }),
  })));
}

/** Documents with their texts kept. @throws Problem `no-file` for one that claims to be an uploaded file. */
export async function keepDocuments(deps: Deps, project: string, given: readonly z.output<typeof document>[], at: string): Promise<DocumentRef[]> {
  const problems = await fileProblems(deps, project, fileClaims(given, at));
  if (problems.length > 0) throw Problem.fields(problems);
  return Promise.all(given.map(async ({ name, url, sha256 }): Promise<DocumentRef> => ({
    name: await keepText(deps, project, name), ...(url !== undefined && { url: await keepText(deps, project, url) }), ...(sha256 !== undefined && { sha256 }),
  })));
}
