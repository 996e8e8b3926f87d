/** French sets its double punctuation apart, and quotes in its own way; a label gets its colon from the language. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AGILE } from '../../api/texts/agile';
import { DOCUMENT } from '../../api/texts/document';
import { EARLY_LIFE } from '../../api/texts/early-life';
import { fr as problems } from '../../api/texts/fr';
import { HANDOVER } from '../../api/texts/handover';
import { CHANGE_WORD, CONDITION_WORD, NOTICES, OUTCOME_WORDS, SIGN_OFF_WORD } from '../../api/texts/notices';
import { OWN_TEXTS } from '../../api/texts/own';
import { KINDS, REASONS } from '../../api/texts/reasons';
import { SCHEMA_TEXTS } from '../../api/texts/schema';
import { TEMPLATE_TEXTS } from '../../api/texts/template';
import { fillIn } from '../../api/texts';
import { keepTogether, together } from '../../web/app/spaces';

const WEB = join(__dirname, '..', '..', 'web');
const FRENCH = join(WEB, 'texts', 'fr');

/** All texts of a value, however deep. */
const textsOf = (value: unknown): string[] => (typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []);
/** Of texts that stand beside their translations. */
const frenchOf = (all: object): string[] => Object.values(all).flatMap((each: { readonly fr: string }) => textsOf(each.fr));

const SAID: readonly (readonly [string, readonly string[]])[] = [
  ...readdirSync(FRENCH).map((file): [string, string[]] => [`web/texts/fr/${file}`, textsOf((jest.requireActual<{ default: object }>(join(FRENCH, file))).default)]),
  ['api/texts', [
    ...textsOf([problems, AGILE.fr, EARLY_LIFE.fr, HANDOVER.fr, DOCUMENT.fr]),
    ...[NOTICES, OUTCOME_WORDS, { CHANGE_WORD, CONDITION_WORD, SIGN_OFF_WORD }, OWN_TEXTS, REASONS, KINDS, SCHEMA_TEXTS, TEMPLATE_TEXTS].flatMap(frenchOf),
  ]],
];

// What an author types stands as it is typed.
const TYPED = /\((?:after|forEach): [^)]*\)|« \w+: \d+ »|\w+: Bearer|date\("[^"]*"\)|= "\w+"|"change:\{1\}": "drop"/gu;
// A colon within a word is of a key, an address or a time.
const CROWDED = /[^\s][:;](?=\s|$)|[^\s(“‘][!?»](?=\s|$)|«\S/u;
const FOREIGN = /[“”]|"[^"]*"/u;

test.each(SAID)('%s: punctuation has its space and quotes are French', (_, texts) => {
  expect(texts.length).toBeGreaterThan(0);
  expect(texts.filter((text) => [CROWDED, FOREIGN].some((wrong) => wrong.test(text.replaceAll(TYPED, ''))))).toEqual([]);
});

test('a line does not break before punctuation or inside quotes', () => {
  expect(keepTogether('La porte « design » : fermée ; et alors ?')).toBe('La porte «\u00a0design\u00a0»\u00a0: fermée\u00a0; et alors\u00a0?');
  expect(together({ label: '{{label}} :' })).toEqual({ label: '{{label}}\u00a0:' });
  expect(fillIn('Tâches bloquées : {count}', { count: 2 })).toBe('Tâches bloquées\u00a0: 2');
});

test('no label is put together with a colon of its own', () => {
  const composed = /[“”](?=[^']*[{<])|join\('; '\)|\}(?:<\/\w+>)?:(?: ?\$?\{(?! ?readonly|$)|<\/| <\/)/u;
  const found = readdirSync(WEB, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/u.test(file) && !file.startsWith('texts'))
    .flatMap((file) => readFileSync(join(WEB, file), 'utf8').split('\n').filter((line) => composed.test(line)).map((line) => `${file}: ${line.trim()}`));
  expect(found).toEqual([]);
});
