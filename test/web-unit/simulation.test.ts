import { binAt, binsOf, isSupposed, NOTHING_SUPPOSED, toWhatIf } from '../../web/rooms/templates/supposed';

const day = (of: number): string => new Date(Date.UTC(2027, 2, of)).toISOString();

test('ends are counted in spans of as many days each, of two simulations in the same ones', () => {
  const [one, other] = [[{ at: day(1), runs: 2 }, { at: day(3), runs: 5 }, { at: day(10), runs: 1 }], [{ at: day(4), runs: 7 }]];
  expect(binsOf([one, other], 5)).toEqual([
    { from: day(1), runs: [2, 0] }, { from: day(3), runs: [5, 7] }, { from: day(5), runs: [0, 0] }, { from: day(7), runs: [0, 0] }, { from: day(9), runs: [1, 0] },
  ]);
  expect(binsOf([one])).toHaveLength(10);
  expect(binsOf([[], []])).toEqual([]);
  expect(binAt(binsOf([one, other], 5), day(8))).toMatchObject({ from: day(7) });
});

test('only what was filled in is supposed', () => {
  expect(isSupposed(NOTHING_SUPPOSED)).toBe(false);
  const supposed = { ...NOTHING_SUPPOSED, people: { engineer: 2 }, rejection: 20, estimates: { 'build/rack': [1, 2, 3] as const } };
  expect(isSupposed(supposed)).toBe(true);
  expect(toWhatIf(supposed)).toEqual({ people: { engineer: 2 }, rejection: 0.2, parameters: {}, estimates: { 'build/rack': [1, 2, 3] } });
});
