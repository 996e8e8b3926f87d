import type { Texts } from '..';
import type en from '../en/search';

const texts: Texts<typeof en> = {
  'title': 'Zoeken',
  'label': 'Waarnaar',
  'placeholder': 'Woorden, in het Nederlands, Frans of Engels',
  'kind': 'Soort',
  'kind-all': 'Alles',
  'kind-project': 'Projecten',
  'kind-task': 'Taken',
  'kind-evidence': 'Bewijs',
  'kind-decision': 'Beslissingen',
  'kind-person': 'Mensen',
  'kind-service': 'Diensten',
  'kind-article': 'Kennisartikels',
  'one-project': 'Project',
  'one-task': 'Taak',
  'one-evidence': 'Bewijs',
  'one-decision': 'Beslissing',
  'one-person': 'Persoon',
  'one-service': 'Dienst',
  'one-article': 'Kennisartikel',
  'hint': 'Projecten, taken, bewijs, beslissingen, mensen, diensten en kennisartikels. “Aanhalingstekens” zoeken een woordgroep, een - sluit een woord uit.',
  'none': 'Probeer minder woorden of een deel van een woord. Wat u niet mag zien, wordt niet gevonden.',
  'found_one': '{{count}} gevonden',
  'found_other': '{{count}} gevonden',
};
export default texts;
