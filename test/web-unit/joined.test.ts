import { isolated, joined } from '../../web/parts/joined';

test('what turns the direction of a text does not reach what stands beside it', () => {
  expect(joined(['Move \u202e evil', 'Initiation'])).toBe('\u2068Move \u202e evil\u2069 · Initiation');
  expect(joined(['نقل', 'Initiation', 'Rack'])).toBe('\u2068نقل\u2069 · Initiation · Rack');
});

test('other texts stay as they are, for whoever copies them; what is not there leaves no place', () => {
  expect(isolated('Déménagement “ERP” – fase 2')).toBe('Déménagement “ERP” – fase 2');
  expect(joined(['Rack', undefined, '', null, false, 'Cable'])).toBe('Rack · Cable');
});
