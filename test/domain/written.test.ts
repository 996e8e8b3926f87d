import { dayIn, decimalIn, delimiterIn, numberIn, textIn, truthIn } from '../../domain/written';

test.each([
  ['4,5', 4.5], ['4.5', 4.5], ['0,5', 0.5], [',5', 0.5], ['2,50', 2.5], ['10,', 10], ['1250,50', 1250.5], ['1.250,50', 1250.5], ['1 250,50', 1250.5], ['1\u00A0250,50', 1250.5], ['1\u202F250', 1250],
  ['1.250', 1250], ['12.500', 12_500], ['1.250.000', 1_250_000], ['1,250.50', 1250.5], ['0.125', 0.125], ['-3', -3], ['−1.250,5', -1250.5], ['€ 1.250,50', 1250.5], ['1250 €', 1250], ['1250 EUR', 1250], ['007', 7], ['-0', 0],
])('%s, where the comma is the decimal sign, is %d', (text, value) => { expect(numberIn(text, ',')).toBe(value); });

test.each([['4.5', 4.5], ['4,5', 4.5], ['1,250', 1250], ['1,250.50', 1250.5], ['1.250,50', 1250.5], ['1.250', 1.25], ['99.95', 99.95]])('%s, where the point is it, is %d', (text, value) => { expect(numberIn(text, '.')).toBe(value); });

test.each(['', ' ', '-', ',', '1,2,3', '1.25.000', '1.250,50,5', '12 50', '1e3', '4,5 uur', 'Infinity', '1234567890123456,5', '0x10'])('%j is no number', (text) => { expect(numberIn(text, ',')).toBeUndefined(); });

test.each([['2027-03-28', '2027-03-28'], ['28/03/2027', '2027-03-28'], ['28-3-27', '2027-03-28'], [' 1.2.2027 ', '2027-02-01'], ['29/02/2028', '2028-02-29']])('%s is a day', (text, day) => { expect(dayIn(text)).toBe(day); });

test.each(['', '29/02/2027', '2027-02-30', '03/28/2027', '2027-3-28', '28 maart', '28/03/227'])('%j is no day', (text) => { expect(dayIn(text)).toBeUndefined(); });

test('what is ticked in a spreadsheet of any language', () => {
  expect(['WAAR', 'vrai', 'TRUE', ' x ', 'Ja', 'oui', '1'].map(truthIn)).toEqual(Array(7).fill(true));
  expect(['ONWAAR', 'faux', 'FALSE', 'neen', 'Non', '0'].map(truthIn)).toEqual(Array(6).fill(false));
  expect(['', 'misschien', '2'].map(truthIn)).toEqual(Array(3).fill(undefined));
});

test('what parts the cells of a table says which its decimal sign is', () => {
  expect(['id;name', '"a, b";name', 'Prijs, in euro;naam', 'id,name', '"a;b",name', 'id\tname, first', 'id\nb;c', ''].map(delimiterIn)).toEqual([';', ';', ';', ',', ',', '\t', ',', ',']);
  expect([decimalIn(';'), decimalIn('\t'), decimalIn(',')]).toEqual([',', ',', '.']);
});

test('the accents of a file are read in the encodings in which spreadsheets save', () => {
  const encoded = [Buffer.from('\uFEFFLiège €'), Buffer.from([...Buffer.from('Li'), 0xe8, ...Buffer.from('ge '), 0x80]), Buffer.from('\uFEFFLiège €', 'utf16le'), Buffer.from('Liège €')];
  expect(encoded.map(textIn)).toEqual(Array(4).fill('Liège €'));
});
