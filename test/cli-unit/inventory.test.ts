/** An inventory from a file, as spreadsheets write them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCsv, readInventory } from '../../cli/project/inventory';
import { UsageError } from '../../cli/terminal/usage-error';
import { smallText as text } from '../support/template';

const attribute = (key: string, type: 'text' | 'number' | 'checkbox' | 'date' | 'choice', more: object = {}) => ({ key, type, name: text(key), required: false, ...more });
const template = { inventory: [{
  kind: 'server', name: text('server'),
  attributes: [
    attribute('rack', 'text'), attribute('units', 'number', { required: true }), attribute('virtual', 'checkbox'), attribute('until', 'date'),
    attribute('os', 'choice', { choices: [{ key: 'linux', name: text('linux') }] }),
  ],
}, { kind: 'site', name: text('site'), attributes: [] }] };
const read = (csv: string) => parseCsv('servers.csv', csv, template);
function refusal(csv: string): string {
  try {
    read(csv);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as Error).message;
  }
  throw new Error('it was taken');
}

test('columns in any order, quotes, empty cells, a byte-order mark; values have the type of their attribute', () => {
  const items = read('\uFEFFkind,id,name,units,rack,virtual,until,os\r\nserver,srv-1,"Payroll, main",2,007,TRUE,2027-01-04,linux\r\n\r\nserver,srv-2,Backup,4,,no,,\r\nsite,gent,Gent,,,,,\r\n');
  expect(items).toEqual([
    { id: 'srv-1', kind: 'server', name: 'Payroll, main', attributes: { units: 2, rack: '007', virtual: true, until: '2027-01-04', os: 'linux' } },
    { id: 'srv-2', kind: 'server', name: 'Backup', attributes: { units: 4, virtual: false } },
    { id: 'gent', kind: 'site', name: 'Gent', attributes: {} },
  ]);
});

test('semicolons, as spreadsheets write where the comma is the decimal sign', () => {
  expect(read('id;kind;name;units\nsrv-1;server;Payroll, main;2\n')).toEqual([{ id: 'srv-1', kind: 'server', name: 'Payroll, main', attributes: { units: 2 } }]);
});

test('numbers, days and ticks as a Belgian spreadsheet writes them, in the encoding of Windows', () => {
  expect(read('id;kind;name;units;virtual;until\r\nsrv-1;server;A;1.250,5;WAAR;4/01/2027\r\nsrv-2;server;B;4,5;FAUX;')).toEqual([
    { id: 'srv-1', kind: 'server', name: 'A', attributes: { units: 1250.5, virtual: true, until: '2027-01-04' } }, { id: 'srv-2', kind: 'server', name: 'B', attributes: { units: 4.5, virtual: false } },
  ]);
  const folder = mkdtempSync(join(tmpdir(), 'sluis-'));
  writeFileSync(join(folder, 'sites.csv'), Buffer.from('id;kind;name\r\nliege;site;Li\u00e8ge\r\n', 'latin1'));
  expect(readInventory(join(folder, 'sites.csv'), template as never)[0]?.name).toBe('Liège');
  rmSync(folder, { recursive: true });
});

test('all that is wrong is named with its line and column', () => {
  expect(refusal('id,kind,name,units,rak\nsrv-1,server,One,two,\nSRV 2,server,Two,1,A\nsrv-1,serer,"Three\nlines",1,\nsrv-4,server,,,\n').split('\n')).toEqual([
    'servers.csv, line 2, column "units" (4): the attribute "units" of srv-1 must be a number',
    'servers.csv, line 3, column "id" (1): an id is made of lower-case letters, digits and hyphens',
    'servers.csv, line 3, column "rak" (5): a server has no attribute "rak"; did you mean "rack"?',
    'servers.csv, line 4, column "id" (1): another item has the id "srv-1" already',
    'servers.csv, line 4, column "kind" (2): the template has no items of the kind "serer"; did you mean "server"?',
    'servers.csv, line 6, column "units" (4): the attribute "units" of srv-4 has no value',
    'servers.csv, line 6, column "name" (3): an item has a name',
  ]);
});

test('what is no table of items is refused with the place', () => {
  expect(refusal('')).toContain('line 1: column "id", column "kind", column "name" missing');
  expect(refusal('id,kind,nam\n')).toContain('line 1: column "name" missing');
  expect(refusal('id,kind,name,name\n')).toBe('servers.csv, line 1, column 4: another column is called "name" already.');
  expect(refusal('id,kind,name,\n')).toBe('servers.csv, line 1, column 4: the column has no name.');
  expect(refusal('id,kind,name\nsrv-1,server\n')).toMatch(/^servers\.csv, line 2.*: Invalid Record Length/);
  expect(refusal('id,kind,name\nsrv-1,server,"One\n')).toMatch(/^servers\.csv, line \d.*: Quote Not Closed/);
  expect(refusal('id,kind,name\nsrv-1,server,O"ne\n')).toMatch(/^servers\.csv, line 2.*: Invalid Opening Quote/);
});

test('a file is CSV or JSON by its name', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sluis-inventory-'));
  const file = (name: string, content: string): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const items = [{ id: 'srv-1', kind: 'server', name: 'One', attributes: { units: 1 } }];
  expect(readInventory(file('a.json', JSON.stringify(items)), template)).toEqual(items);
  expect(readInventory(file('a.CSV', 'id,kind,name,units\nsrv-1,server,One,1'), template)).toEqual(items);
  expect(() => readInventory(file('b.json', '[{'), template)).toThrow('b.json is no JSON');
  expect(() => readInventory(file('c.json', '{}'), template)).toThrow('is a list of items');
  expect(() => readInventory(file('d.txt', ''), template)).toThrow('ends in .csv or .json');
  expect(() => readInventory(join(folder, 'none.csv'), template)).toThrow('There is no file');
  rmSync(folder, { recursive: true });
});
