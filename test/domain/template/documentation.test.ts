import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from '../../../domain/template/compile';
import { parseTemplate } from '../../../domain/template/schema';
import { calendar } from './fixtures';

it('the template in docs/templates.md compiles as it stands', () => {
  const text = readFileSync(join(__dirname, '../../../docs/templates.md'), 'utf8');
  const example = /```yaml\n([^]*?)```/.exec(text)?.[1] ?? '';
  const parsed = parseTemplate(example);
  expect(parsed).toMatchObject({ ok: true });
  expect(parsed.ok && compile(parsed.template, {}, calendar)).toMatchObject({ ok: true });
});
