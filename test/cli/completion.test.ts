/** Completion in a real bash: its own mechanism is given words as readline would give them. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../support/cli';

let folder: string;
let script: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sluis-completion-'));
  const { code, out } = await runCli(['completion', 'bash'], { cwd: folder });
  expect(code).toBe(0);
  script = join(folder, 'completion.bash');
  writeFileSync(script, out);
  mkdirSync(join(folder, 'drafts'));
  writeFileSync(join(folder, 'rack move.yaml'), '');
});
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

/** What the last word can become. */
function complete(...words: string[]): string[] {
  const asked = `source "$0"; COMP_WORDS=(sluis "$@"); COMP_CWORD=${words.length}; _sluis; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['--norc', '--noprofile', '-c', asked, script, ...words], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split('\n').filter((line) => line !== '');
}

test('commands', () => {
  expect(complete('te')).toEqual(['template']);
  expect(complete('project', '')).toEqual(expect.arrayContaining(['list', 'show', 'forecast', 'events', 'adopt', 'start', 'help']));
  expect(complete('template', 'i')).toEqual(['impact']);
  expect(complete('--help', 'au')).toEqual(['audit']);
});

test('options of the command, and the values that they may have', () => {
  expect(complete('project', 'list', '--s')).toEqual(['--status', '--search']);
  expect(complete('project', 'list', '--status', 'co')).toEqual(['completed']);
  expect(complete('template', 'migrate', 'pm2', '--d')).toEqual(['--decide', '--dry-run']);
  expect(complete('completion', '')).toEqual(['bash', 'zsh', 'fish']);
  expect(complete('project', 'list', '--template', 'pm')).toEqual(['pm2']);
  expect(complete('project', 'start', '--name', '')).toEqual([]);
});

test('names of shipped templates, and files where a template may be one', () => {
  expect(complete('template', 'verify', 'pm')).toEqual(['pm2']);
  expect(complete('template', 'verify', '')).toEqual(expect.arrayContaining(['pm2', 'scrum', 'drafts', 'rack move.yaml']));
  expect(complete('template', 'verify', 'rack')).toEqual(['rack move.yaml']);
  expect(complete('template', 'diff', 'pm2', 'pm')).toEqual(['pm2']);
  expect(complete('template', 'simulate', '--runs', '20', 'pm')).toEqual(['pm2']);
  expect(complete('template', 'verify', 'pm2', 'pm')).toEqual([]);
  expect(complete('project', 'start', 'pm2', '--inventory', 'dra')).toEqual(['drafts']);
  expect(complete('project', 'show', 'dra')).toEqual([]);
});

test('bash itself asks the function when the key is pressed', () => {
  const typed = `source ${script}\nPS1=\nsluis completion f\t x\nexit\n`;
  const { stdout, stderr } = spawnSync('bash', ['--norc', '--noprofile', '-i'], { cwd: folder, input: typed, encoding: 'utf8', env: { ...process.env, TERM: 'dumb' } });
  expect(stdout + stderr).toContain('sluis completion fish  x');
});

test('the other shells have a script too', async () => {
  expect((await runCli(['completion', 'zsh'], { cwd: folder })).out).toMatch(/^#compdef sluis\n[^]*compdef _sluis sluis/);
  expect((await runCli(['completion', 'fish'], { cwd: folder })).out).toContain('complete -c sluis -n \'__sluis_at "template"\' -a \'impact\'');
  expect(await runCli(['completion', 'tcsh'], { cwd: folder })).toMatchObject({ code: 2, err: expect.stringContaining('Allowed choices are bash, zsh, fish') });
});
