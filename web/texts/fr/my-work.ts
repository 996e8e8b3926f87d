import type { Texts } from '..';
import type en from '../en/my-work';

const texts: Texts<typeof en> = {
  'title': 'Mon travail',
  'decide': 'Attend votre décision',
  'do': 'Vos tâches',
  'late': 'En retard',
  'soon': 'Cette semaine',
  'later': 'Plus tard',
  'undated': 'Sans échéance',
  'nothing': 'Rien ne vous attend',
  'nothing-text': 'Les tâches apparaissent ici dès que vous pouvez les prendre, les décisions dès qu’elles vous sont demandées.',
  'due': 'Échéance',
  'since': 'Demandé',
  'on-behalf-of': 'au nom de {{names}}',
};
export default texts;
