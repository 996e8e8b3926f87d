import type { Texts } from '..';
import type en from '../en/templates';

const texts: Texts<typeof en> = {
  'title': 'Sjablonen',
  'write': 'Een sjabloon schrijven',
  'write-hint': 'In YAML of JSON. Terwijl u schrijft wordt het nagekeken en bewezen; wat u schrijft blijft in deze browser bewaard. De taal staat in de documentatie van de sjablonen.',
  'deprecated': 'verouderd',
  'gate': 'Poort: {{name}}',
  'decides': 'Beslist',
  'per-item': 'per stuk van de inventaris',
  'version': 'Versie',
  'start': 'Hiermee een project starten',
  'copy': 'Als vertrekpunt gebruiken',
  'deprecate': 'Als verouderd merken',
  'deprecate-sure': '{{name}} {{version}} start dan geen projecten meer; wat loopt, loopt voort. Doorgaan?',
  'open-file': 'Bestand openen',
  'publish': 'Publiceren',
  'checking': 'Wordt nagekeken…',
  'problems_one': '{{count}} probleem',
  'problems_other': '{{count}} problemen',
  'text': 'Tekst van het sjabloon',
  'line': 'Regel {{line}}:',
  'sound': 'Nagekeken en bewezen',
  'sound-text': 'Het kan altijd tot een einde komen, en alles erin kan gebeuren.',
  'findings': 'Wat het bewijs vond:',
  'way-there': 'De weg erheen:',
  'published': '{{key}} {{version}} is gepubliceerd.',
};
export default texts;
