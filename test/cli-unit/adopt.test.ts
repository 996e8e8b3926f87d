/** The tables of `sluis project adopt`: what is read of them, and where they are wrong. */
import { placeIn, readTable, toTasks } from '../../cli/project/adoption-tables';
import { UsageError } from '../../cli/terminal/usage-error';

const COLUMNS = { phase: 'phase', task: 'task', item: 'item', status: 'status', done_at: 'doneAt', done_by: 'by' };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string) => readTable('tasks.csv', bytes(text), COLUMNS, ['phase', 'task', 'status'], 'evidence.');
const TEMPLATE = { phases: [{ key: 'design', tasks: [{ key: 'draw', evidence: [
  { key: 'drawing', type: 'document' }, { key: 'pages', type: 'number' }, { key: 'note', type: 'text' }, { key: 'sure', type: 'checkbox' }, { key: 'list', type: 'table' },
] }] }] };

test('rows with their lines: byte order mark, quotes over several lines, empty cells and lines, semicolons', () => {
  expect(read('\ufeffphase,task,status,done_by\r\ndesign,draw,done,"Wim, of\nthe ""old"" firm"\r\n\r\n build , rack,open,\r\n,,,\r\n')).toEqual([
    { line: 3, decimal: '.', cells: { phase: 'design', task: 'draw', status: 'done', done_by: 'Wim, of\nthe "old" firm' } },
    { line: 5, decimal: '.', cells: { phase: 'build', task: 'rack', status: 'open' } },
  ]);
  expect(read('phase;task;status;evidence.pages\ndesign;draw;done;3,5\n')[0]?.cells).toEqual({ 'phase': 'design', 'task': 'draw', 'status': 'done', 'evidence.pages': '3,5' });
});

test.each([
  ['phase,task,state\n', 'tasks.csv:1 column 3: "state" is no column; known are phase, task, item, status, done_at, done_by, evidence.FIELD\ntasks.csv:1: the column "status" is missing'],
  ['phase,task,status,task\n', 'tasks.csv:1 column 4: "task" is there twice'],
  ['phase,task,status\ndesign,draw,done\nbuild,rack\n', 'tasks.csv:3'],
  ['phase,task,status\ndesign,"draw,done\n', 'tasks.csv:'],
  ['', 'tasks.csv:1: the column "phase" is missing'],
])('%j is refused with its place', (text, message) => {
  expect(() => read(text)).toThrow(UsageError);
  expect(() => read(text)).toThrow(message);
});

test('what is no UTF-8 is not guessed at', () => {
  expect(() => readTable('tasks.csv', Uint8Array.of(0x70, 0xe9, 0x0a), COLUMNS, [])).toThrow('tasks.csv is not UTF-8 text');
});

test('evidence gets the type that the template gives its field', () => {
  const table = read('phase,task,status,done_at,done_by,evidence.drawing,evidence.pages,evidence.note,evidence.sure,evidence.other\n'
    + 'design,draw,done,2026-10-01,Wim,Plan <https://docs.example/1>,"3,5",12,ja,x\n');
  expect(toTasks('tasks.csv', table, TEMPLATE)).toEqual([{
    phase: 'design', task: 'draw', status: 'done', doneAt: '2026-10-01', by: 'Wim',
    evidence: { drawing: { name: 'Plan', url: 'https://docs.example/1' }, pages: 3.5, note: '12', sure: true, other: 'x' },
  }]);
  expect(() => toTasks('tasks.csv', read('phase,task,status,evidence.list\ndesign,draw,done,x\n'), TEMPLATE)).toThrow('tasks.csv:2 evidence.list');
});

test('what the API finds wrong is told by line and column', () => {
  const tasks = { file: 'tasks.csv', columns: COLUMNS, lines: [2, 7].map((line) => ({ line, decimal: ',' as const, cells: {} })) };
  const tables = { tasks, gates: { file: 'gates.csv', columns: { gate: 'gate', passed_at: 'passedAt' }, lines: tasks.lines.slice(0, 1) } };
  expect([
    '/adoption/tasks/1/doneAt', '/adoption/tasks/1/evidence/drawing/url', '/adoption/tasks/1', '/adoption/gates/0/passedAt', '/roles/engineer/0',
  ].map((pointer) => placeIn(tables, pointer))).toEqual(['tasks.csv:7 done_at', 'tasks.csv:7 evidence.drawing', 'tasks.csv:7', 'gates.csv:2 passed_at', '/roles/engineer/0']);
});
