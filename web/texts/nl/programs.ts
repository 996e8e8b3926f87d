import type { Texts } from '..';
import type en from '../en/programs';

const texts: Texts<typeof en> = {
  'title': 'Programma’s',
  'new': 'Nieuw programma',
  'managers': 'Wie het beheert',
  'effect': 'Wie het beheert, ziet alle projecten ervan en wordt gevraagd waar die iets escaleren.',
  'none': 'Nog geen programma’s',
  'none-office': 'Een programma is een groep projecten die samen worden bekeken, bijvoorbeeld een datacenterverhuis. Maak het eerste.',
  'none-text': 'Het projectbureau maakt programma’s: projecten die samen worden bekeken.',
  'managed-by': 'Beheerd door {{names}}',
  'no-manager': 'Niemand beheert het',
  'projects': 'Projecten',
  'projects-of': 'Projecten van {{name}}',
  'portfolio': 'In het portfolio',
  'portfolio-of': '{{name}} in het portfolio',
  'edit': 'Bewerken',
  'edit-it': '{{name}} bewerken',
  'no-projects': 'Geen lopend project dat u mag zien.',
  'take-out': '{{name}} uit het programma halen',
  'add-project': 'Een project toevoegen',
  'now-in': '{{name}} (nu in {{program}})',
  'nothing-found': 'Niets gevonden',
};
export default texts;
