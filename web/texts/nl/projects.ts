import type { Texts } from '..';
import type en from '../en/projects';

const texts: Texts<typeof en> = {
  'title': 'Projecten',
  'start': 'Project starten',
  'find': 'Zoeken op naam',
  'show': 'Tonen',
  'show-running': 'Lopend',
  'show-ended': 'Beëindigd',
  'show-all': 'Alle',
  'nameless': 'Een project zonder naam',
  'none': 'Nog geen projecten',
  'none-office': 'Start het eerste vanuit een sjabloon.',
  'none-text': 'Projecten verschijnen hier zodra u er een rol in hebt.',
  'none-found': 'Geen project past',
  'none-found-text': 'Kies hierboven andere woorden of een andere toestand.',
  'more': 'Meer tonen',
  'program': 'Programma',
  'any-program': 'Elk programma',
};
export default texts;
