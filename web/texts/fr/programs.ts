import type { Texts } from '..';
import type en from '../en/programs';

const texts: Texts<typeof en> = {
  'title': 'Programmes',
  'new': 'Nouveau programme',
  'managers': 'Qui le gère',
  'effect': 'Qui le gère voit tous ses projets, et est consulté là où ils escaladent.',
  'none': 'Pas encore de programmes',
  'none-office': 'Un programme est un groupe de projets suivis ensemble, par exemple une sortie de datacenter. Créez le premier.',
  'none-text': 'Le bureau de projets crée les programmes : des projets suivis ensemble.',
  'managed-by': 'Géré par {{names}}',
  'no-manager': 'Personne ne le gère',
  'projects': 'Projets',
  'projects-of': 'Projets de {{name}}',
  'portfolio': 'Dans le portefeuille',
  'portfolio-of': '{{name}} dans le portefeuille',
  'edit': 'Modifier',
  'edit-it': 'Modifier {{name}}',
  'no-projects': 'Aucun projet ouvert que vous pouvez voir.',
  'take-out': 'Retirer {{name}} du programme',
  'add-project': 'Ajouter un projet',
  'now-in': '{{name}} (actuellement dans {{program}})',
  'nothing-found': 'Rien trouvé',
};
export default texts;
