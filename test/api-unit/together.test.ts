import { findTogether } from '../../api/commands/together';

test('what is looked for in the same moment is asked once per stream', async () => {
  const asked: string[] = [];
  const find = findTogether(async (stream, ids) => {
    asked.push(`${stream}: ${ids.join()}`);
    return new Map(ids.filter((id) => id !== 'none').map((id) => [id, `${stream} ${id}`]));
  });
  expect(await Promise.all([find('a', '1'), find('a', '2'), find('b', '1'), find('a', 'none'), find('a', '1')])).toEqual(['a 1', 'a 2', 'b 1', null, 'a 1']);
  expect(asked).toEqual(['a: 1,2,none', 'b: 1']);
  expect(await find('a', '1')).toBe('a 1');
  expect(asked).toHaveLength(3);
});

test('all that asked hear that it failed, and the next may succeed', async () => {
  let away = true;
  const find = findTogether(async (_, ids) => {
    if (away) throw new Error('away');
    return new Map(ids.map((id) => [id, id]));
  });
  expect(await Promise.allSettled([find('a', '1'), find('a', '2')])).toEqual([expect.objectContaining({ status: 'rejected' }), expect.objectContaining({ status: 'rejected' })]);
  away = false;
  expect(await find('a', '1')).toBe('1');
});
