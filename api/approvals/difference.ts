/** What changed since somebody looked at an approval, as people read it. */
import { z } from 'zod';
import type { EvidenceValue } from '../../domain/evidence-types';
import { splitTaskKey } from '../../domain/inventory';
import { type Difference, differencesBetween } from '../../domain/stage/difference';
import { serviceOf, stageOf } from '../commands/stream';
import type { Deps } from '../deps';
import { nameOf } from '../handover/views';
import type { Language } from '../http/language';
import type { Names } from '../names';
import { readNames } from '../naming';
import type { ProjectAccess } from '../reads';
import { key, namedKey } from '../schemas';
import { evidenceValue } from '../tasks/views';

const change = z.strictObject({
  kind: z.enum(['criterion', 'status', 'evidence', 'done-by', 'checked-by']),
  criterion: namedKey.nullable(), task: namedKey.nullable(), field: namedKey.nullable(), before: evidenceValue, after: evidenceValue,
}).meta({ id: 'EvidenceChange' });

export const differenceView = z.strictObject({
  from: z.string().meta({ description: 'Digest of what was shown then.' }), known: z.boolean().meta({ description: 'Whether this was ever shown to the approvers of this phase.' }),
  phase: key, changes: z.array(change),
}).meta({ id: 'EvidenceDifference', description: 'What changed in the evidence since it was shown.' });
export type DifferenceView = z.output<typeof differenceView>;

/** The difference between what was shown under a digest and what there is now; null when the stage is not known. */
export async function readDifference(deps: Deps, access: ProjectAccess & { readonly project: string }, approval: string, digest: string, language: Language): Promise<DifferenceView | null> {
  const service = serviceOf(approval);
  const found = service === undefined ? await deps.reads.shownContent(stageOf(approval), digest) : await deps.reads.shownService(stageOf(approval), service, digest);
  if (!found) return null;
  const { shown, present } = found;
  const differences = shown ? differencesBetween(shown, present) : [];
  const people = differences.flatMap((each) => (each.kind === 'done-by' || each.kind === 'checked-by' ? [each.before, each.after] : [])).filter((each) => each !== null);
  const signed = service === undefined ? null : await deps.reads.service(stageOf(approval), service);
  const names = await readNames(deps, access, language, [differences, signed?.service], people);
  const called = (task: string): string => (signed ? (task === service ? names.text(signed.service.name) : null) ?? nameOf(signed.service, task, names).name : names.task(present.phase, task, null, access.project));
  return { from: digest, known: shown !== undefined, phase: present.phase, changes: differences.map((each) => changeView(each, access.project, present.phase, names, called)) };
}

function changeView(each: Difference, project: string, phase: string, names: Names, called: (task: string) => string): DifferenceView['changes'][number] {
  const nothing = { criterion: null, task: null, field: null };
  if (each.kind === 'criterion') {
    return { ...nothing, kind: each.kind, criterion: { key: each.criterion, name: names.at(`criterion:${phase}/${each.criterion}`) ?? each.criterion }, before: each.before, after: each.after };
  }
  const task = { key: each.task, name: called(each.task) };
  if (each.kind === 'status') return { ...nothing, kind: each.kind, task, before: each.before, after: each.after };
  if (each.kind === 'evidence') {
    const value = (given: EvidenceValue | null) => (given === null ? null : names.evidence(given, project));
    const field = { key: each.field, name: names.at(`field:${phase}/${splitTaskKey(each.task).task}/${each.field}`) ?? each.field };
    return { ...nothing, kind: each.kind, task, field, before: value(each.before), after: value(each.after) };
  }
  const name = (person: string | null) => (person === null ? null : names.person(person).name);
  return { ...nothing, kind: each.kind, task, before: name(each.before), after: name(each.after) };
}
