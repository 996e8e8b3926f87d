/** What is typed as KEY=VALUE and the like. */
import { parseAmount, parseDecisions, parseNumber, parsePairs, parseParameters, parseRoles, parseTemplateRef } from '../../cli/terminal/arguments';
import { UsageError } from '../../cli/terminal/usage-error';
import { smallText } from '../support/template';

test('a template is named with its version or without', () => {
  expect(parseTemplateRef('pm2')).toEqual({ template: 'pm2' });
  expect(parseTemplateRef('pm2@1.0.0')).toEqual({ template: 'pm2', version: '1.0.0' });
  for (const wrong of ['', '@1.0.0', 'pm2@', 'pm 2', 'pm2@1@2']) expect(() => parseTemplateRef(wrong)).toThrow(UsageError);
});

test('a value may hold an equals sign, a key stands once', () => {
  expect(parsePairs('--param', ['a=b=c', 'empty='])).toEqual([['a', 'b=c'], ['empty', '']]);
  expect(() => parsePairs('--param', ['=b'])).toThrow('--param =b: write KEY=VALUE.');
  expect(() => parsePairs('--param', ['ab'])).toThrow('write KEY=VALUE');
  expect(() => parsePairs('--param', ['a=1', 'a=2'])).toThrow('a has a value already');
});

test('a role has one person or more', () => {
  expect(parseRoles(['manager=mia', 'engineer=eva, edo,'])).toEqual({ manager: ['mia'], engineer: ['eva', 'edo'] });
  expect(() => parseRoles(['manager='])).toThrow('write ROLE=PERSON,PERSON');
});

test('a decision holds colons itself; it is for one project or for all', () => {
  const { all, of } = parseDecisions(['p-1:task:build/rack=keep', 'p-1:phase:control=drop', 'all:phase:control=keep']);
  expect([all, Object.fromEntries(of)]).toEqual([{ 'phase:control': 'keep' }, { 'p-1': { 'task:build/rack': 'keep', 'phase:control': 'drop' } }]);
  for (const wrong of ['p-1=keep', ':phase:control=keep', 'p-1:phase:control=']) expect(() => parseDecisions([wrong])).toThrow(UsageError);
});

test('parameters get the type that the template declares; what does not fit is left for the check', () => {
  const name = smallText('x');
  const declared = [
    { key: 'budget', type: 'number', name, required: true }, { key: 'outsourced', type: 'checkbox', name, required: true },
    { key: 'start', type: 'date', name, required: true },
  ] as const;
  expect(parseParameters(['budget=1500.5', 'outsourced=Yes', 'start=2027-01-04', 'other=5'], [...declared]))
    .toEqual({ budget: 1500.5, outsourced: true, start: '2027-01-04', other: '5' });
  expect(parseParameters(['budget=much', 'outsourced=perhaps'], [...declared])).toEqual({ budget: 'much', outsourced: 'perhaps' });
  expect(parseParameters(['budget=1.250,50', 'outsourced=nee', 'start=4/1/2027'], [...declared])).toEqual({ budget: 1250.5, outsourced: false, start: '2027-01-04' });
});

test('numbers are taken as people write them; an amount that could be thousands or cents is asked for anew', () => {
  expect(['4,5', '4.5', '1250'].map((text) => parseNumber('--hours', text))).toEqual([4.5, 4.5, 1250]);
  expect(() => parseNumber('--hours', 'four')).toThrow('--hours takes a number, not "four".');
  expect(['1.250,50', '1250,5', '-1250.50'].map((text) => parseAmount('--actual', text))).toEqual([1250.5, 1250.5, -1250.5]);
  for (const text of ['1.250', '1,250']) expect(() => parseAmount('--actual', text)).toThrow(`--actual ${text} could be`);
});
