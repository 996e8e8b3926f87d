/** Working calendars from the command line: real processes, against the real API. */
import { type CliBed, startCliBed } from '../support/cli';

let sluis: CliBed['sluis'];
let close: CliBed['close'];
beforeAll(async () => { ({ sluis, close } = await startCliBed()); });
afterAll(() => close());

test('a year is announced, and the list says so', async () => {
  const listed = JSON.parse((await sluis('olga', 'calendar', 'list', '--json')).out);
  const { year } = listed.items[0].years.find((each: { provisional: boolean }) => each.provisional);
  expect(await sluis('olga', 'calendar', 'list')).toMatchObject({ code: 0, out: expect.stringContaining(`${year}  provisional: its replacement days are not announced`) });
  const monday = new Date(Date.UTC(year, 1, 1));
  monday.setUTCDate(1 + ((8 - monday.getUTCDay()) % 7));
  const day = monday.toISOString().slice(0, 10);
  const announced = await sluis('olga', 'calendar', 'announce', 'be', String(year), '--replacement', day, '--closure', `${year}-12-24..${year}-12-26`);
  expect(announced).toMatchObject({ code: 0, out: expect.stringContaining(`${year}  announced by OLGA; ${day} in place of a holiday; ${year}-12-24 closed; ${year}-12-25 closed; ${year}-12-26 closed`) });
  expect(await sluis('olga', 'calendar', 'list')).toMatchObject({ code: 0, out: expect.stringContaining(`${year}  announced by OLGA`) });
});

test('what is wrong is said, with the exit code', async () => {
  expect(await sluis('olga', 'calendar', 'announce', 'be', '27')).toMatchObject({ code: 2, err: expect.stringContaining('27 is no year') });
  expect(await sluis('olga', 'calendar', 'announce', 'be', '2027', '--closure', 'never')).toMatchObject({ code: 2, err: expect.stringContaining('never is no date') });
  expect(await sluis('olga', 'calendar', 'announce', 'mars', '2027')).toMatchObject({ code: 1 });
  expect(await sluis('mia', 'calendar', 'announce', 'be', '2027')).toMatchObject({ code: 1 });
});
