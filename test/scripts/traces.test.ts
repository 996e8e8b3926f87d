/** What the build made tells lines of the sources, where something goes wrong in it. */
import { readFileSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { makeTree, removeTrees, ROOT, run } from './support';

const told = (args: readonly string[], cwd = ROOT): readonly string[] => run(process.execPath, args, cwd).lines;
const show = (failing: string): string => `try { ${failing} } catch (error) { console.log(error.stack); }`;
const TRACED = `require('./dist/config/traces.js');`;

afterAll(removeTrees);

test.each([
  [`require('./dist/store/calendars.js').parseCalendar('no calendar');`, 'parseCalendar'],
  [`require('./dist/embedded/run-state.js').removeRunState(5.5);`, 'removeRunState'],
])('a trace reads as with the source maps of Node, which names the line and the column of the source: %s', (failing, through) => {
  const lines = told(['-e', TRACED + show(failing)]);
  const place = lines.findIndex((line) => line.includes(through));
  expect(lines[place]).toMatch(new RegExp(`^ {4}at \\S+ \\(${ROOT}/(store|embedded)/[a-z-]+\\.ts:\\d+:\\d+\\)$`));
  expect(lines.slice(0, place + 1)).toEqual(told(['--enable-source-maps', '-e', show(failing)]).slice(0, place + 1));
  expect(told(['-e', show(failing)]).join('\n')).toContain(path.join(ROOT, 'dist'));
});

test('without a map, with one that is none or that of a later build, or for an error that can not say what it is, there is a trace all the same', () => {
  const [traces, map] = ['traces.js', 'traces.js.map'].map((file) => readFileSync(path.join(ROOT, 'dist', 'config', file), 'utf8')) as [string, string];
  const failing = 'module.exports = () => { throw new TypeError("wrong"); };\n';
  const root = makeTree({ 'config/traces.js': traces, 'bare.js': failing, 'broken.js': failing, 'broken.js.map': 'none', 'later.js': failing, 'later.js.map': map });
  const tomorrow = new Date(Date.now() + 86_400_000);
  utimesSync(path.join(root, 'later.js.map'), tomorrow, tomorrow);
  for (const file of ['bare', 'broken', 'later']) {
    const [name, at] = told(['-e', `require('./config/traces.js'); ${show(`require('./${file}.js')();`)}`], root);
    expect([name, at?.trim()]).toEqual(['TypeError: wrong', `at module.exports (${path.join(root, `${file}.js`)}:1:32)`]);
  }
  expect(told(['-e', `${TRACED} ${show(`throw Object.defineProperty(new Error('x'), 'message', { get: () => { throw new TypeError(); } });`)}`])[0]).toBe('<error>');
});
