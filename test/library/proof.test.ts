/** Every shipped lifecycle is proved and simulated. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listShipped, SHIPPED_FRAGMENTS, TEMPLATES_FOLDER } from '../../config/library';
import { parseTemplate } from '../../domain/template/schema';
import { variantsOf } from '../../domain/template/variants';
import { simulate } from '../../domain/play/simulate';
import { verify } from '../../domain/play/verify';
import { resolveTemplateCalendar } from '../../store/calendars';

const START = Date.UTC(2026, 11, 1, 9);

test.each(listShipped())('%s has no finding, and every simulated run comes to its end', (key) => {
  const parsed = parseTemplate(readFileSync(join(TEMPLATES_FOLDER, `${key}.yaml`), 'utf8'), SHIPPED_FRAGMENTS);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems[0]));
  const variants = variantsOf(parsed.template, resolveTemplateCalendar(parsed.template));
  if (!('plans' in variants)) throw new Error(JSON.stringify(variants.problems[0]));
  const { findings, states } = verify(variants.plans, { start: START });
  expect(findings).toEqual([]);
  expect(states).toBeGreaterThan(3);
  const plan = variants.plans[0];
  if (!plan) throw new Error('no plan');
  const { outcomes, workingDays, critical } = simulate(plan, { runs: 10, seed: 1, start: START });
  expect(outcomes).toEqual({ completed: 10 });
  expect(workingDays.p50).toBeGreaterThan(1);
  expect(critical.length).toBeGreaterThan(0);
});
