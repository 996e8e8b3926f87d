import type { Texts } from '..';
import type en from '../en/projects';

const texts: Texts<typeof en> = {
  'title': 'Projets',
  'start': 'Démarrer un projet',
  'find': 'Chercher par nom',
  'show': 'Afficher',
  'show-running': 'En cours',
  'show-ended': 'Terminés',
  'show-all': 'Tous',
  'nameless': 'Un projet sans nom',
  'none': 'Pas encore de projets',
  'none-office': 'Démarrez le premier à partir d’un modèle.',
  'none-text': 'Les projets apparaissent ici dès que vous y avez un rôle.',
  'none-found': 'Aucun projet ne correspond',
  'none-found-text': 'Choisissez d’autres mots ou un autre état ci-dessus.',
  'more': 'Afficher plus',
  'program': 'Programme',
  'any-program': 'Tous les programmes',
};
export default texts;
