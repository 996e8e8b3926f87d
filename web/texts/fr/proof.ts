import type { Texts } from '..';
import type en from '../en/proof';

const texts: Texts<typeof en> = {
  'stuck': 'Le projet peut se bloquer : plus personne ne peut rien faire.',
  'stuck-phase': 'Le projet peut se bloquer dans la phase « {{phase}} » : plus personne ne peut rien faire.',
  'stuck-tasks': 'Tâches qui attendent sans fin : {{tasks}}.',
  'stuck-criteria': 'La porte ne peut être soumise tant que ceci n’est pas rempli : {{criteria}}.',
  'phase-never': 'La phase « {{phase}} » ne peut jamais s’ouvrir.',
  'task-never': 'La tâche « {{task}} » de la phase « {{phase}} » ne peut jamais être faite.',
  'gate-never': 'La porte « {{gate}} » ne peut jamais être soumise à décision.',
  'gate-never-passes': 'La porte « {{gate}} » ne peut jamais être franchie.',
  'endless-rework': 'Depuis la porte « {{gate}} », tout chemin y ramène : la reprise n’a pas d’issue.',
  'quorum-unreachable': 'L’étape « {{step}} » de la porte « {{gate}} » ne peut atteindre son quorum : trop peu de personnes peuvent y voter.',
  'role-impossible': 'Personne ne peut tenir le rôle « {{role}} » sans enfreindre la séparation des fonctions.',
  'due-before-dependency': 'La tâche « {{task}} » de la phase « {{phase}} » est due avant « {{other}} », qu’elle attend.',
  'unconfirmed': 'Tout n’a pas été exploré : c’est possible, sans être certain.',
  'move-start': 'Le projet démarre, et tout ce qui peut être fait est fait.',
  'move-cancel': 'Le projet est annulé.',
  'move-decide': 'Porte « {{gate}} » : {{outcome}}.',
  'move-ladder': 'Personne ne décide à temps de la porte « {{gate}} » : {{outcome}}.',
  'move-rework': 'À refaire : {{parts}}.',
  'move-delivered': 'Livré : {{fields}}.',
  'outcome-approve': 'approuvé',
  'outcome-approve-with-conditions': 'approuvé sous conditions',
  'outcome-rework': 'renvoyé',
  'outcome-stop': 'arrêté',
};
export default texts;
