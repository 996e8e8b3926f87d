import { parseInventory, type Kind } from '../../web/rooms/start/csv';

const site: Kind = {
  kind: 'site', name: { nl: 'Site', fr: 'Site', en: 'Site' },
  attributes: [
    { key: 'group', name: { nl: 'Groep', fr: 'Groupe', en: 'Group' }, type: 'choice', choices: [{ key: 'pilot', name: { nl: 'Pilootsite', fr: 'Site pilote', en: 'Pilot site' } }] },
    { key: 'people', name: { nl: 'Mensen', fr: 'Personnes', en: 'People' }, type: 'number' }, { key: 'lift', name: { nl: 'Lift', fr: 'Ascenseur', en: 'Lift' }, type: 'checkbox' },
    { key: 'address', name: { nl: 'Adres', fr: 'Adresse', en: 'Address' }, type: 'text' },
  ],
};
const rack: Kind = { kind: 'rack', name: { nl: 'Rack', fr: 'Baie', en: 'Rack' }, attributes: [] };

test('what a Belgian spreadsheet saves: semicolons, decimal commas, words for choices, a mark of the encoding', () => {
  expect(parseInventory('\uFEFFid;name;Groupe;mensen;Lift\r\ngent-1;Gent Zuid;site pilote;12,5;ja\r\n;;;;\r\nnamur;Namur;;;non\r\n', [site])).toEqual({
    items: [
      { id: 'gent-1', kind: 'site', name: 'Gent Zuid', attributes: { group: 'pilot', people: 12.5, lift: true } },
      { id: 'namur', kind: 'site', name: 'Namur', attributes: { lift: false } },
    ], lines: [2, 4], problems: [],
  });
});

test('what is pasted from a table: tabs, no ids, one kind', () => {
  expect(parseInventory('name\taddress\nLiège Guillemins\tPlace des Guillemins 2, 4000 Liège', [site]).items).toEqual(
    [{ id: 'liege-guillemins', kind: 'site', name: 'Liège Guillemins', attributes: { address: 'Place des Guillemins 2, 4000 Liège' } }]);
});

test('quotes hold delimiters, quotes and lines; an item knows the line on which it began', () => {
  const { items, lines } = parseInventory('id,name,address\na,A,"Kerkstraat 1,\n9000 ""Gent"""\nb,B,x', [site]);
  expect(items.map(({ attributes }) => attributes['address'])).toEqual(['Kerkstraat 1,\n9000 "Gent"', 'x']);
  expect(lines).toEqual([2, 4]);
});

test('what can not be read is said, with its line', () => {
  expect(parseInventory('id;naam\na;A', [site]).problems).toEqual([{ line: 1, code: 'unknown-column', what: 'naam' }, { line: 1, code: 'no-column', what: 'name' }]);
  expect(parseInventory('name\nA', [site, rack]).problems).toEqual([{ line: 1, code: 'no-column', what: 'kind' }]);
  expect(parseInventory('name;kind\nA;Baie\nB;boat', [site, rack])).toMatchObject({ items: [{ kind: 'rack' }, { kind: 'boat' }], problems: [{ line: 3, code: 'unknown-kind', what: 'boat' }] });
  expect(parseInventory('name\n"A', [site]).problems).toEqual([{ line: 2, code: 'open-quote', what: '"' }]);
  expect(parseInventory('\n\n', [site])).toEqual({ items: [], lines: [], problems: [] });
});

test('numbers, days and ticks as spreadsheets write them', () => {
  const kind: Kind = { ...site, attributes: [...site.attributes, { key: 'until', name: { nl: 'Tot', fr: 'Jusque', en: 'Until' }, type: 'date' }] };
  const read = (text: string) => parseInventory(text, [kind]).items.map(({ attributes }) => attributes);
  expect(read('name;people;lift;until\r\nA;1.250,5;WAAR;28/03/2027\r\nB;1 250;VRAI;2027-03-28\r\nC;4.5;ONWAAR;\r\nD;;misschien;morgen')).toEqual([
    { people: 1250.5, lift: true, until: '2027-03-28' }, { people: 1250, lift: true, until: '2027-03-28' }, { people: 4.5, lift: false }, { lift: 'misschien', until: 'morgen' },
  ]);
  expect(read('name,people\nA,"1,250"\nB,1.250')).toEqual([{ people: 1250 }, { people: 1.25 }]);
});

test('no cell is lost: a comma in a number, or a column that is there twice, is said', () => {
  expect(parseInventory('name,people\nA,4,5', [site]).problems).toEqual([{ line: 2, code: 'too-many-cells', what: '5' }]);
  expect(parseInventory('name,people,\nA,4,,', [site]).problems).toEqual([]);
  expect(parseInventory('name;people;Mensen\nA;4;5', [site]).problems).toEqual([{ line: 1, code: 'column-twice', what: 'Mensen' }]);
});

test('a number that is none and a choice that is not known go on as they are: the API says what it takes', () => {
  expect(parseInventory('name;people;group\nA;many;other', [site]).items[0]?.attributes).toEqual({ people: 'many', group: 'other' });
});
