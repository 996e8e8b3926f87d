import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUILD, CLOSING, CONTROL, CONTROLLING, type Deed, EXECUTING, EXECUTING_FIRST, INITIATING, PLANNING, REWORK, ROLES } from '../../../cli/demo/story';
import { SHIPPED_FRAGMENTS } from '../../../config/library';
import { checkEvidence } from '../../../domain/evidence';
import type { Evidence, EvidenceValue } from '../../../domain/evidence-types';
import { compile } from '../../../domain/template/compile';
import { parseTemplate } from '../../../domain/template/schema';
import { calendar } from './fixtures';

const parsed = parseTemplate(readFileSync(join(__dirname, '../../../templates/pm2.yaml'), 'utf8'), SHIPPED_FRAGMENTS);
if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
const compiled = compile(parsed.template, {}, calendar);
if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
const { plan } = compiled;

const STORY: Readonly<Record<string, readonly Deed[]>> = {
  'initiating': INITIATING,
  'planning': PLANNING,
  'executing': [...EXECUTING_FIRST, BUILD, ...EXECUTING],
  'closing': CLOSING,
  [CONTROL]: Object.values(CONTROLLING).flat(),
};

// The demo hands no services over: its phases for that are skipped.
describe.each(plan.phases.filter(({ kind }) => kind !== 'handover'))('the demo in $key', (phase) => {
  const deeds = STORY[phase.key] ?? [];

  it('does every task once', () => {
    expect(deeds.map(({ task }) => task).sort()).toEqual(phase.tasks.map(({ key }) => key).sort());
  });

  it.each([...deeds, ...(phase.key === 'planning' ? [REWORK.deed] : [])])('$task is done by who holds its role, with fitting evidence', ({ task, by, evidence }) => {
    const planned = phase.tasks.find(({ key }) => key === task)!;
    expect((ROLES as Readonly<Record<string, readonly string[]>>)[planned.rasci.r]).toContain(by);
    // In events, free text stands as a reference.
    const asKept = Object.fromEntries(Object.entries(evidence).map(([key, value]): [string, EvidenceValue] => {
      const type = planned.evidence.find((field) => field.key === key)?.type;
      if (typeof value === 'object') return [key, { name: { text: value.name } }];
      return [key, type === 'text' || type === 'link' ? { text: String(value) } : value];
    })) as Evidence;
    expect(checkEvidence(planned.evidence, asKept)).toEqual([]);
  });
});
