import type { Texts } from '..';
import type en from '../en/inbox';

const texts: Texts<typeof en> = {
  'title': 'Notifications',
  'show': 'Afficher',
  'show-all': 'Toutes',
  'show-unread': 'Non lues',
  'unread_one': '{{count}} non lue',
  'unread_other': '{{count}} non lues',
  'is-unread': 'Non lu :',
  'mark-read': 'Marquer comme lu : {{text}}',
  'mark-read-short': 'Marquer comme lu',
  'mark-all': 'Tout marquer comme lu',
  'unknown-kind': 'Il s’est passé quelque chose que cette page ne sait pas encore dire.',
  'nothing': 'Rien encore',
  'nothing-text': 'Vous lisez ici ce qui vous concerne : une décision qui vous est demandée, une tâche qui vous est attribuée ou en retard, quelqu’un qui vous mentionne.',
  'all-read': 'Tout est lu',
  'all-read-text': 'La suite apparaît ici d’elle-même.',
};
export default texts;
