/** Values of evidence, judged by their fields. */
import { checkEvidence, holds } from '../../domain/evidence';

const field = { key: 'signed', required: true, type: 'date' } as const;

test.each(['2026-02-28', '2028-02-29', '2026-12-31', '0001-01-01'])('%s is a date', (signed) => {
  expect(checkEvidence([field], { signed })).toEqual([]);
});

test.each(['2026-02-30', '2026-02-29', '2026-04-31', '2026-13-01', '2026-00-10', '2026-01-00', '2026-1-1', '26-01-01', '2026-01-01T00:00:00Z', ' 2026-01-01', ''])(
  '%j is none', (signed) => {
    expect(checkEvidence([field], { signed })).toMatchObject([{ pointer: '/evidence/signed', code: 'format' }]);
  });

test('a field may be called like something that every object has', () => {
  const fields = [{ key: 'constructor', required: true, type: 'checkbox', mustBeChecked: false }] as const;
  expect(checkEvidence(fields, {})).toMatchObject([{ pointer: '/evidence/constructor', code: 'required' }]);
  expect(checkEvidence(fields, { constructor: true })).toEqual([]);
  expect(holds({ task: 't', field: 'constructor', is: [true] }, () => ({}))).toBe(false);
});
