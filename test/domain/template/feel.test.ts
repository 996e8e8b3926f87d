import { evaluate, referencesOf, replaceReferences, type Scalar } from '../../../domain/expression';
import { parseCondition, type Names } from '../../../domain/template/feel';

const NAMES: Names = {
  parameters: {
    'budget': { to: ['parameter', 'budget'], type: 'number' },
    'go-live': { to: ['parameter', 'go-live'], type: 'date' },
    'outsourced': { to: ['parameter', 'outsourced'], type: 'boolean' },
  },
  evidence: {
    'compare-with-charter': {
      'deviation': { to: ['evidence', 'compare-with-charter', 'deviation'], type: 'text', choices: ['none', 'minor', 'major'] },
      'end-date': { to: ['evidence', 'compare-with-charter', 'end-date'], type: 'date' },
      'extra-cost': { to: ['evidence', 'compare-with-charter', 'extra-cost'], type: 'number' },
    },
  },
  item: { name: { to: ['item', 'name'], type: 'text' } },
};
const VALUES: Record<string, Scalar> = {
  'parameter/budget': 100, 'parameter/go-live': '2027-03-01', 'parameter/outsourced': true, 'item/name': 'srv-12',
  'evidence/compare-with-charter/deviation': 'major', 'evidence/compare-with-charter/end-date': '2027-02-01', 'evidence/compare-with-charter/extra-cost': null,
};

function valueOf(text: string): Scalar {
  const parsed = parseCondition(text, NAMES);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return evaluate(parsed.expression, (to) => VALUES[to.join('/')] ?? null);
}
const problemsOf = (text: string) => {
  const parsed = parseCondition(text, NAMES);
  return parsed.ok ? [] : parsed.problems;
};

test.each<[string, Scalar]>([
  ['evidence.compare-with-charter.deviation = "major"', true],
  ['evidence.compare-with-charter.deviation != "major"', false],
  ['evidence.compare-with-charter.deviation in ("minor", "major")', true],
  ['parameters.budget in [50..100]', true],
  ['parameters.budget in [50..100)', false],
  ['parameters.budget in (> 200)', false],
  ['parameters.budget between 1 and 99', false],
  ['parameters.budget - 50 * 2 + 1 > 0', true],
  ['(parameters.budget - 50) * 2 >= 100', true],
  ['-parameters.budget < -50', true],
  ['not(parameters.outsourced) or parameters.budget > 1', true],
  ['parameters.outsourced and evidence.compare-with-charter.end-date < parameters.go-live', true],
  ['evidence.compare-with-charter.end-date >= date("2027-02-02")', false],
  ['if parameters.outsourced then parameters.budget = 100 else false', true],
  ['min(parameters.budget, 5) = 5 and max(1, 2) = 2 and sum(1, 2, 3) = 6', true],
  ['contains(item.name, "v-1") and starts with(item.name, "srv") and not(ends with(item.name, "x"))', true],
  ['evidence.compare-with-charter.extra-cost > 5', null],
  ['evidence.compare-with-charter.extra-cost = null', true],
  ['evidence.compare-with-charter.extra-cost > 5 and false', false],
  ['evidence.compare-with-charter.extra-cost > 5 or true', true],
  ['not(evidence.compare-with-charter.extra-cost > 5)', null],
  ['parameters.budget / 0 > 1', null],
])('%s is %s', (text, expected) => {
  expect(valueOf(text)).toBe(expected);
});

test.each<[string, string, string | null]>([
  ['', 'condition-syntax', null],
  ['parameters.budget >', 'condition-syntax', null],
  ['parameters.budget = "abc', 'condition-syntax', null],
  ['parameters.budgte > 1', 'condition-unknown-name', 'budget'],
  ['evidence.compare-with-chater.deviation = "major"', 'condition-unknown-name', 'compare-with-charter'],
  ['evidence.compare-with-charter = "major"', 'condition-unknown-name', null],
  ['parameters.budget.cents > 1', 'condition-unknown-name', null],
  ['evidence.compare-with-charter.deviation = "mayor"', 'unknown-choice', 'major'],
  ['evidence.compare-with-charter.deviation > 3', 'condition-type', null],
  ['parameters.go-live > "2027-01-01"', 'condition-type', null],
  ['parameters.budget', 'condition-type', null],
  ['parameters.budget and true', 'condition-type', null],
  ['parameters.outsourced > false', 'condition-type', null],
  ['now() > parameters.go-live', 'condition-clock', null],
  ['containz(item.name, "x")', 'condition-unsupported', 'contains'],
  ['not()', 'condition-unsupported', null],
  ['some i in [1, 2] satisfies i > 1', 'condition-unsupported', null],
  ['parameters.budget instance of number', 'condition-unsupported', null],
  ['date("tomorrow") < parameters.go-live', 'condition-unsupported', null],
  ['constructor = 1', 'condition-unknown-name', null],
])('%s is refused as %s', (text, code, suggestion) => {
  const [problem] = problemsOf(text);
  expect(problem).toMatchObject({ code, ...(suggestion !== null && { suggestion }) });
  expect(problem?.detail).not.toBe('');
});

test('a condition that is nested without end is refused, not read for ever', () => {
  expect(problemsOf(`${'('.repeat(500)}true${')'.repeat(500)}`)[0]?.code).toBe('condition-syntax');
});

test('values take the place of references, and what has none left is its value', () => {
  const parsed = parseCondition('parameters.budget > 50 and evidence.compare-with-charter.deviation = "major"', NAMES);
  if (!parsed.ok) throw new Error('not parsed');
  const replaced = replaceReferences(parsed.expression, (to) => (to[0] === 'parameter' ? 100 : undefined));
  expect(referencesOf(replaced)).toEqual([['evidence', 'compare-with-charter', 'deviation']]);
  expect(replaceReferences(replaced, () => 'none')).toEqual({ kind: 'value', value: false });
});
