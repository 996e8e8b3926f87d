/** A small authored template for tests of the API: two gated phases, a last one, and one beside them; every kind of evidence. */
import { checkShape, type Template } from '../../domain/template/schema';

const text = (word: string) => ({ nl: `${word} (nl)`, fr: `${word} (fr)`, en: `${word} (en)` });
const role = (key: string, members?: string[]) => ({ key, abbreviation: key.slice(0, 3).toUpperCase(), name: text(key), ...(members && { members, chair: members[0] }) });
const deliverable = (key: string) => ({ key, name: text(key), kind: 'artefact' });
const task = (key: string, more: object = {}) => ({ key, name: text(key), rasci: { r: 'engineer', a: 'manager' }, ...more });
const gate = (key: string, more: object = {}) => ({
  key, name: text(key), approval: { steps: [{ key: 'board', name: text('board'), roles: ['board'], quorum: 'any' }] }, ...more,
});

const source = {
  schema: 1, key: 'small', version: '1.0.0', name: text('small'), description: text('A small lifecycle.'), managerRole: 'manager',
  roles: [role('manager'), role('engineer'), role('sponsor'), role('security'), role('board', ['sponsor', 'security'])],
  phases: [
    {
      key: 'design', name: text('design'), kind: 'stage', deliverables: [deliverable('drawing')],
      tasks: [
        task('draw', {
          dueDays: 5, produces: ['drawing'], guidance: text('Draw it.'),
          evidence: [
            { key: 'drawing', name: text('drawing'), type: 'document' },
            { key: 'pages', name: text('pages'), type: 'number', min: 1, max: 100 },
            { key: 'kind', name: text('kind'), type: 'choice', choices: [{ key: 'sketch', name: text('sketch') }, { key: 'final', name: text('final') }] },
            { key: 'note', name: text('note'), type: 'text', required: false },
            { key: 'page', name: text('page'), type: 'link', required: false },
            { key: 'day', name: text('day'), type: 'date', required: false },
            { key: 'sure', name: text('sure'), type: 'checkbox', required: false },
          ],
        }),
        task('check', { after: ['draw'] }),
      ],
      gate: gate('design-gate', {
        criteria: [
          { key: 'final-drawing', name: text('final-drawing'), kind: 'evidence', test: { task: 'draw', field: 'kind', is: ['final'] } },
          { key: 'good', name: text('good'), kind: 'judged' },
        ],
      }),
    },
    {
      key: 'build', name: text('build'), kind: 'stage', after: ['design'], deliverables: [deliverable('rack')],
      tasks: [task('rack', { produces: ['rack'] }), task('cable', { after: ['rack'] })],
      gate: gate('build-gate', {
        criteria: [{ key: 'racked', name: text('racked'), kind: 'deliverable', deliverable: 'rack' }],
        approval: { steps: [{ key: 'both', roles: ['sponsor', 'security'], quorum: 'all' }] },
      }),
    },
    { key: 'close', name: text('close'), kind: 'stage', after: ['build'], tasks: [task('archive')] },
    {
      key: 'control', name: text('control'), kind: 'stage',
      tasks: Array.from({ length: 8 }, (_, index) => task(`log-${index + 1}`)),
    },
  ],
};

/** Another version of it, as text. @param change works on a copy. */
export function smallVersion(version: string, change: (template: SmallSource) => void = () => undefined): string {
  const copy = { ...structuredClone(source), version };
  change(copy);
  return JSON.stringify(copy);
}

export type SmallSource = typeof source & { phases: { key: string; after?: string[]; tasks: Record<string, unknown>[]; [more: string]: unknown }[] };
export { task as smallTask, gate as smallGate, text as smallText };

/** The template `small@1.0.0`. */
export function smallTemplate(): Template {
  const checked = checkShape(source);
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return checked.template;
}

/** Roles to start it with. */
export const SMALL_ROLES = { manager: ['mia'], engineer: ['eva', 'edo'], sponsor: ['sam'], security: ['sol'] };

/** Evidence that completes the task `draw`. */
export const DRAWN = { drawing: { name: 'Drawing 1', url: 'https://docs.example.org/1' }, pages: 3, kind: 'final' };
