import { binAt, binsOf, isSupposed, NOTHING_SUPPOSED, toWhatIf } from '../../web/rooms/templates/supposed';

const day = (of: number): string => new Date(Date.UTC(2027, 2, of)).toISOString();
/** When a day of March begins on the home ground, before the clocks change. */
const from = (of: number): string => new Date(Date.UTC(2027, 2, of, -1)).toISOString();

test('ends are counted in spans of as many days each, of two simulations in the same ones', () => {
  const [one, other] = [[{ at: day(1), runs: 2 }, { at: day(3), runs: 5 }, { at: day(10), runs: 1 }], [{ at: day(4), runs: 7 }]];
  expect(binsOf([one, other], 5)).toEqual([
    { from: from(1), runs: [2, 0] }, { from: from(3), runs: [5, 7] }, { from: from(5), runs: [0, 0] }, { from: from(7), runs: [0, 0] }, { from: from(9), runs: [1, 0] },
  ]);
  expect(binsOf([one])).toHaveLength(10);
  expect(binsOf([[], []])).toEqual([]);
  expect(binAt(binsOf([one, other], 5), day(8))).toMatchObject({ from: from(7) });
});

test('an end stands at its day also where the clocks change in between', () => {
  const [friday, monday] = ['2027-03-26T16:00:00.000Z', '2027-03-29T15:00:00.000Z'];
  const bins = binsOf([[{ at: friday, runs: 3 }, { at: monday, runs: 4 }]]);
  expect(bins.map(({ runs }) => runs)).toEqual([[3], [0], [0], [4]]);
  expect(binAt(bins, monday)?.from).toBe('2027-03-28T22:00:00.000Z');
});

test('only what was filled in is supposed', () => {
  expect(isSupposed(NOTHING_SUPPOSED)).toBe(false);
  const supposed = { ...NOTHING_SUPPOSED, people: { engineer: 2 }, rejection: 20, estimates: { 'build/rack': [1, 2, 3] as const } };
  expect(isSupposed(supposed)).toBe(true);
  expect(toWhatIf(supposed)).toEqual({ people: { engineer: 2 }, rejection: 0.2, parameters: {}, estimates: { 'build/rack': [1, 2, 3] } });
});
