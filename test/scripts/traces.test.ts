/** What the build made tells lines of the sources, where something goes wrong in it. */
import path from 'node:path';
import { ROOT, run } from './support';

const TRACE = `require('./dist/config/traces.js').traceToSources`;
const FAILING = `try { require('./dist/store/calendars.js').parseCalendar('no calendar'); } catch (error) { console.log(error.stack); }`;
const told = (...args: readonly string[]): readonly string[] => run(process.execPath, args).lines;

test('a trace reads as with the source maps of Node, which names the line and the column of the source', () => {
  const lines = told('-e', `${TRACE}(); ${FAILING}`);
  const place = lines.findIndex((line) => line.includes('parseCalendar'));
  expect(lines[place]).toMatch(new RegExp(`^ {4}at \\S+ \\(${path.join(ROOT, 'store', 'calendars.ts')}:\\d+:\\d+\\)$`));
  expect(lines.slice(0, place + 1)).toEqual(told('--enable-source-maps', '-e', FAILING).slice(0, place + 1));
  expect(told('-e', FAILING).join('\n')).toContain(path.join('dist', 'store', 'calendars.js'));
});

test('without a map, or for an error that can not say what it is, there is a trace all the same', () => {
  expect(told('-e', `${TRACE}('/'); console.log(new TypeError('wrong').stack)`).join('\n')).toMatch(/^TypeError: wrong\n +at \[eval\]/);
  expect(told('-e', `${TRACE}(); const error = new Error('x'); Object.defineProperty(error, 'message', { get: () => { throw new TypeError(); } }); console.log(error.stack)`).join('\n')).toMatch(/^<error>\n +at/);
});
