/** The tree of commands. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { buildProgram } from '../../cli/program';

const all = (command: Command): Command[] => [command, ...command.commands.flatMap(all)];
const pathOf = (command: Command): string => (command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name());
/** They run until they are ended, tell a story, or print a script. */
const ANSWER_NOTHING = ['sluis server', 'sluis worker', 'sluis api', 'sluis demo', 'sluis completion'];

test('every command that answers something can do so as JSON', () => {
  const leaves = all(buildProgram()).filter(({ commands }) => commands.length === 0);
  const without = leaves.filter(({ options }) => !options.some(({ long }) => long === '--json')).map(pathOf);
  expect(without.sort()).toEqual([...ANSWER_NOTHING].sort());
});

test('every command, argument and option says what it is', () => {
  for (const command of all(buildProgram())) {
    expect([pathOf(command), command.description()]).toEqual([pathOf(command), expect.stringMatching(/\S/)]);
    for (const each of [...command.options, ...command.registeredArguments]) expect([pathOf(command), each.description]).toEqual([pathOf(command), expect.stringMatching(/\S/)]);
  }
});

test('the documentation names every command', () => {
  const text = readFileSync(join(__dirname, '..', '..', 'docs', 'command-line.md'), 'utf8');
  const leaves = all(buildProgram()).filter(({ commands }) => commands.length === 0).map((each) => pathOf(each).replace('sluis ', ''));
  expect(leaves.filter((path) => !text.includes(`\`${path}`))).toEqual([]);
});
