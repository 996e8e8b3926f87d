/**
 * Recorded histories, replayed with the present code: the same commands in the same order, and the same answers,
 * events, rows, messages and carried states. A
 * recording is never deleted while runs like it may be open; `npm run record` adds new ones.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { replay, type Recording, sentBy } from '../support/replay';

const folder = join(__dirname, '..', 'histories');
const files = readdirSync(folder).filter((file) => file.endsWith('.json.gz'));

test('there are recordings of every kind of workflow', () => {
  const kinds = new Set(files.flatMap((file) => read(file).map(({ workflowId }) => workflowId === 'directory' ? workflowId : workflowId.endsWith('/backlog') ? 'backlog' : workflowId.endsWith('/handover') ? 'handover' : workflowId.split('/').at(-3) ?? 'project')));
  expect([...kinds].sort()).toEqual(['approval', 'backlog', 'directory', 'handover', 'phase', 'project', 'sprint']);
});

function read(file: string): Recording[] {
  return JSON.parse(gunzipSync(readFileSync(join(folder, file))).toString('utf8')) as Recording[];
}

describe.each(files)('%s', (file) => {
  test.each(read(file).map((recording, index) => ({ name: `${recording.workflowId} (run ${index + 1})`, recording })))('$name', async ({ recording }) => {
    const { captured, sent } = await replay(recording.history, recording.workflowId);
    expect(captured.answers).toEqual(recording.captured.answers);
    // Rows may say more by now; events may not, as their hashes stand in the batches.
    expect(captured.batches).toMatchObject(recording.captured.batches);
    // What processes tell each other, and the state that each run hands to the next: in a history, but not compared by the SDK's own replay.
    expect(sent).toMatchObject(await sentBy(recording.history));
  });
});
