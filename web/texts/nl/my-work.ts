import type { Texts } from '..';
import type en from '../en/my-work';

const texts: Texts<typeof en> = {
  'title': 'Mijn werk',
  'decide': 'Wacht op uw beslissing',
  'do': 'Uw taken',
  'late': 'Te laat',
  'soon': 'Deze week',
  'later': 'Later',
  'undated': 'Zonder datum',
  'nothing': 'Niets wacht op u',
  'nothing-text': 'Taken verschijnen hier zodra u ze kunt opnemen, beslissingen zodra ze u gevraagd worden.',
  'due': 'Uiterlijk',
  'since': 'Gevraagd',
  'on-behalf-of': 'in naam van {{names}}',
};
export default texts;
