/** Items as clients write them. */
import { z } from 'zod';
import type { ItemFacts } from '../../domain/backlog/types';
import { ITEM_KINDS } from '../../domain/backlog/types';
import type { FieldProblem } from '../../domain/errors';
import type { Template } from '../../domain/template/schema';
import type { Deps } from '../deps';
import { Problem } from '../problem';
import { freeText, idText, key, personId } from '../schemas';

const reference = z.string().regex(/^#?[1-9]\d{0,5}$/).meta({ description: 'The number of an item; `#1` is the first of the same request.' });
const number = z.string().regex(/^[1-9]\d{0,5}$/);
export const itemNumbers = z.array(number).min(1).max(200);
const lists = {
  labels: z.array(z.string().max(60).regex(/^[\p{L}\p{N}][\p{L}\p{N}_.-]*$/u)).max(30),
  deliverables: z.array(key).max(30).meta({ description: 'Deliverables of the phase that it contributes to.' }),
  inventory: z.array(idText(100).min(1)).max(30).meta({ description: 'Inventory items that it concerns.' }),
  needs: z.array(z.string().max(130).regex(/^[a-z0-9-]+\/[a-z0-9-]+$/)).max(30)
    .meta({ description: 'Deliverables of other phases that it waits for, as `PHASE/DELIVERABLE`: of those that the backlog names.', example: ['installation/racks'] }),
};
const estimate = z.number().min(0).max(10_000);
const title = freeText(300);
/** Who sees to something, and until when. */
export const ownerInput = {
  owner: personId.meta({ description: 'Who sees to it: somebody with a part in the project.' }), due: z.iso.date().meta({ description: 'The last day by which it is to be done: today or later.', example: '2027-03-31' }),
};
const criteria = freeText(4000).meta({ description: 'When it is acceptable.' });

export const itemInput = z.strictObject({
  kind: z.enum(ITEM_KINDS).default('story'), title, criteria: criteria.optional(), estimate: estimate.optional(), epic: reference.optional(),
  labels: lists.labels.optional(), after: z.array(reference).max(30).optional(), deliverables: lists.deliverables.optional(), inventory: lists.inventory.optional(),
  needs: lists.needs.optional(), owner: ownerInput.owner.optional(), due: ownerInput.due.optional(),
});
export type ItemInput = z.output<typeof itemInput>;

export const itemChangeInput = z.strictObject({
  kind: z.enum(ITEM_KINDS).optional(), title: title.optional(), criteria: criteria.nullable().optional(), estimate: estimate.nullable().optional(), epic: number.nullable().optional(),
  labels: lists.labels.optional(), after: z.array(number).max(30).optional(), deliverables: lists.deliverables.optional(), inventory: lists.inventory.optional(),
  needs: lists.needs.optional(), owner: ownerInput.owner.nullable().optional(), due: ownerInput.due.nullable().optional(),
  tick: z.array(key).min(1).max(30).optional().meta({ description: 'Entries of the Definition of Ready that are met.' }), untick: z.array(key).min(1).max(30).optional(),
});

/** Links that lead nowhere. @param at JSON pointer of each item. */
export async function linkProblems(deps: Deps, template: Template, project: string, phase: string, items: readonly { readonly at: string; readonly links: Pick<ItemInput, 'deliverables' | 'inventory'> }[]): Promise<FieldProblem[]> {
  const deliverables = template.phases.find((each) => each.key === phase)?.deliverables.map((each) => each.key) ?? [];
  const known = items.some(({ links }) => links.inventory) ? new Set((await deps.reads.inventory(project)).map(({ id }) => id)) : new Set<string>();
  return items.flatMap(({ at, links }) => [
    ...(links.deliverables ?? []).flatMap((each, place): FieldProblem[] => (deliverables.includes(each) ? [] : [{ pointer: `${at}/deliverables/${place}`, code: 'choice', expected: deliverables.join(', ') }])),
    ...(links.inventory ?? []).flatMap((each, place): FieldProblem[] => (known.has(each) ? [] : [{ pointer: `${at}/inventory/${place}`, code: 'choice' }])),
  ]);
}

/** Items with their texts kept beside the log. */
export async function withTexts(deps: Deps, project: string, items: readonly ItemInput[]): Promise<ItemFacts[]> {
  const said = items.flatMap((item) => (item.criteria === undefined ? [item.title] : [item.title, item.criteria]));
  const refs = [...await deps.keepTexts(project, said)];
  return items.map(({ kind, estimate: size, epic, labels, after, deliverables, inventory, needs, owner, due, criteria: acceptance }): ItemFacts => {
    const called = refs.shift();
    const text = acceptance === undefined ? undefined : refs.shift();
    if (!called) throw new Problem('internal-error');
    return {
      kind, title: called, ...(text && { criteria: text }), ...(size !== undefined && { estimate: size }), ...(epic !== undefined && { epic }), ...(labels && labels.length > 0 && { labels }),
      ...(after && after.length > 0 && { after }), ...(deliverables && deliverables.length > 0 && { deliverables }), ...(inventory && inventory.length > 0 && { inventory }), ...(needs && needs.length > 0 && { needs }),
      ...(owner !== undefined && { owner }), ...(due !== undefined && { due }),
    };
  });
}
