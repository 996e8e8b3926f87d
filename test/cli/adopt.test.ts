/** `sluis project adopt`, as it is typed, against a real product. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CliBed, startCliBed } from '../support/cli';

let bed: CliBed;
beforeAll(async () => { bed = await startCliBed(); });
afterAll(async () => { await bed.close(); });

const HEAD = 'phase;task;status;done_at;done_by;evidence.drawing;evidence.pages\n';

function adopt(tasks: string, gates: string) {
  writeFileSync(join(bed.folder, 'tasks.csv'), tasks);
  writeFileSync(join(bed.folder, 'gates.csv'), gates);
  return bed.sluis('olga', 'project', 'adopt', 'small@1.0.0', '--name', 'From tables', '--source', 'MS Project plan of 2 November', '--tasks', 'tasks.csv', '--gates', 'gates.csv',
    '--role', 'manager=mia', 'engineer=eva,edo', 'sponsor=sam', 'security=sol');
}

test('a project is adopted, once however often the tables are sent', async () => {
  const tasks = `${HEAD}design;draw;done;2026-09-30;Wim;Drawing 1 <https://docs.example/1>;3\nbuild;rack;done;;;;\n`;
  const gates = 'gate,passed_at,passed_by\ndesign-gate,2026-10-01,Their board\n';
  const first = await adopt(tasks, gates);
  expect([first.code, first.err]).toEqual([0, '']);
  const [, project = ''] = /adopted +(p-[0-9a-f]+)/.exec(first.out) ?? [];
  expect((await adopt(tasks, gates)).out).toBe(first.out);
  for (let attempt = 0; ; attempt += 1) {
    const view = JSON.parse((await bed.sluis('mia', 'project', 'show', project, '--json')).out);
    const { design, build } = Object.fromEntries((view.phases ?? view.project.phases).map((each: { phase: string }) => [each.phase, each]));
    if (build.openTasks !== 1 && attempt < 50) continue;
    expect(design.gate).toMatchObject({ status: 'adopted', adopted: { by: 'Their board' } });
    expect(build.status).toBe('open');
    break;
  }
});

test('a refusal names line and column', async () => {
  const refused = await adopt(`${HEAD}design;draw;done;2099-01-01;;Drawing;many\nbuild;rack;done;;;;\nbuild;rack;open;;;;\n`, 'gate\nbuild-gate\n');
  expect(refused.code).toBe(1);
  for (const place of ['tasks.csv:2 done_at', 'tasks.csv:2 evidence.pages', 'tasks.csv:4', 'first at tasks.csv:3', 'gates.csv:2 gate']) expect(refused.err).toContain(place);
  const missing = await bed.sluis('olga', 'project', 'adopt', 'small', '--name', 'x', '--source', 'y', '--tasks', 'none.csv');
  expect([missing.code, missing.err]).toEqual([2, expect.stringContaining('There is no file none.csv')]);
});
