import type { Texts } from '..';
import type en from '../en/inbox';

const texts: Texts<typeof en> = {
  'title': 'Meldingen',
  'show': 'Tonen',
  'show-all': 'Alles',
  'show-unread': 'Ongelezen',
  'unread_one': '{{count}} ongelezen',
  'unread_other': '{{count}} ongelezen',
  'is-unread': 'Ongelezen:',
  'mark-read': 'Als gelezen markeren: {{text}}',
  'mark-read-short': 'Als gelezen markeren',
  'mark-all': 'Alles als gelezen markeren',
  'unknown-kind': 'Er gebeurde iets waarvoor deze pagina nog geen woorden heeft.',
  'nothing': 'Nog niets',
  'nothing-text': 'Hier leest u wat u aangaat: een beslissing die u wordt gevraagd, een taak die aan u is toegewezen of over tijd is, iemand die u noemt.',
  'all-read': 'Alles gelezen',
  'all-read-text': 'Wat er nog komt, verschijnt hier vanzelf.',
};
export default texts;
