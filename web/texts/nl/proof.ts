import type { Texts } from '..';
import type en from '../en/proof';

const texts: Texts<typeof en> = {
  'stuck': 'Het project kan vastlopen: niemand kan nog iets doen.',
  'stuck-phase': 'Het project kan vastlopen in fase “{{phase}}”: niemand kan nog iets doen.',
  'stuck-tasks': 'Taken die eeuwig wachten: {{tasks}}.',
  'stuck-criteria': 'Over de poort kan niet beslist worden zolang dit niet vervuld is: {{criteria}}.',
  'phase-never': 'Fase “{{phase}}” kan nooit opengaan.',
  'task-never': 'Taak “{{task}}” van fase “{{phase}}” kan nooit gedaan worden.',
  'gate-never': 'Over poort “{{gate}}” kan nooit beslist worden.',
  'gate-never-passes': 'Poort “{{gate}}” kan nooit opengaan.',
  'endless-rework': 'Vanaf poort “{{gate}}” leidt elke weg naar haar terug: uit het herwerk is er geen uitweg.',
  'quorum-unreachable': 'Stap “{{step}}” van poort “{{gate}}” kan zijn quorum niet halen: er mogen te weinig mensen stemmen.',
  'role-impossible': 'Niemand kan de rol “{{role}}” hebben zonder de functiescheiding te breken.',
  'due-before-dependency': 'Taak “{{task}}” van fase “{{phase}}” moet klaar zijn vóór “{{other}}”, waarop ze wacht.',
  'unconfirmed': 'Niet alles is onderzocht: dit is mogelijk, en niet zeker.',
  'move-start': 'Het project start, en alles wat gedaan kan worden, wordt gedaan.',
  'move-cancel': 'Het project wordt geannuleerd.',
  'move-decide': 'Poort “{{gate}}”: {{outcome}}.',
  'move-ladder': 'Niemand beslist op tijd over poort “{{gate}}”: {{outcome}}.',
  'move-rework': 'Opnieuw te doen: {{parts}}.',
  'move-delivered': 'Opgeleverd: {{fields}}.',
  'outcome-approve': 'goedgekeurd',
  'outcome-approve-with-conditions': 'goedgekeurd onder voorwaarden',
  'outcome-rework': 'teruggestuurd',
  'outcome-stop': 'stopgezet',
};
export default texts;
