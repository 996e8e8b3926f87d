import type { Texts } from '..';
import type en from '../en/search';

const texts: Texts<typeof en> = {
  'title': 'Rechercher',
  'label': 'Quoi',
  'placeholder': 'Des mots, en néerlandais, français ou anglais',
  'kind': 'Genre',
  'kind-all': 'Tout',
  'kind-project': 'Projets',
  'kind-task': 'Tâches',
  'kind-evidence': 'Preuves',
  'kind-decision': 'Décisions',
  'kind-person': 'Personnes',
  'kind-service': 'Services',
  'kind-article': 'Articles',
  'one-project': 'Projet',
  'one-task': 'Tâche',
  'one-evidence': 'Preuve',
  'one-decision': 'Décision',
  'one-person': 'Personne',
  'one-service': 'Service',
  'one-article': 'Article',
  'hint': 'Projets, tâches, preuves, décisions, personnes, services et articles. Des « guillemets » cherchent une expression, un - exclut un mot.',
  'none': 'Essayez moins de mots ou une partie d’un mot. Ce que vous ne pouvez pas voir n’est pas trouvé.',
  'found_one': '{{count}} trouvé',
  'found_other': '{{count}} trouvés',
};
export default texts;
