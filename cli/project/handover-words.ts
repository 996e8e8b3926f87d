/** Events of handovers in plain words. */
import type { HandoverEvent } from '../../domain/handover/types';
import type { Told } from './event-words';

type Own = Exclude<HandoverEvent['type'], 'roles-changed' | 'absences-changed' | 'calendar-changed' | 'revision-prepared' | 'revision-committed' | 'revision-aborted' | 'children-looked-at' | 'child-lost'>;

const service = ({ of }: Told): string => of('service');
const entry = (told: Told): string => `${told.of('entry')} of ${service(told)}`;
const session = (told: Told): string => `${told.of('session')} of ${service(told)}`;
const condition = (told: Told): string => `${told.of('condition')} of ${service(told)}`;
const missing = ({ list }: Told): string => (list('missing').length > 0 ? `, missing: ${list('missing').join(', ')}` : '');

export const HANDOVER_SENTENCES: Readonly<Record<Own, (told: Told) => string>> = {
  'handover-opened': ({ phase }) => `Handover opened: ${phase}`,
  'handover-stood': ({ of }) => `Services that are handed over: ${of('reached') === 'none' ? 'not all accepted' : `all ${of('reached')}`}`,
  'conditions-outlived': () => 'The project is over: the conditions of its services are followed until they are met',
  'handover-ended': ({ phase }) => `Handover ended: ${phase}`,
  'services-added': ({ event }) => `Services added: ${((event['services'] ?? []) as readonly { readonly service: string }[]).map((each) => each.service).join(', ')}`,
  'service-changed': (told) => `Service changed: ${service(told)}`,
  'service-withdrawn': (told) => `Service withdrawn: ${service(told)}${told.because}`,
  'criterion-added': (told) => `Criterion added: ${entry(told)}`,
  'criterion-dropped': (told) => `Criterion dropped: ${entry(told)}`,
  'entry-met': (told) => `Met: ${entry(told)}`,
  'entry-reopened': (told) => `Open again: ${entry(told)}`,
  'entry-overdue': (told) => `Overdue: ${entry(told)}`,
  'waiver-proposed': (told) => `Proposed as not applicable: ${entry(told)}${told.because}`,
  'waiver-answered': (told) => `${told.event['accepted'] === true ? 'Not applicable' : 'Applies after all'}: ${entry(told)}${told.because}`,
  'session-planned': (told) => `Session planned: ${session(told)}`,
  'session-held': (told) => `Session held: ${session(told)}`,
  'session-confirmed': (told) => `Session confirmed: ${session(told)}`,
  'session-incomplete': (told) => `Session left something to be wished for: ${session(told)}`,
  'session-dropped': (told) => `Session dropped: ${session(told)}${told.because}`,
  'article-written': (told) => `Article written: ${told.of('article')} of ${service(told)}`,
  'article-dropped': (told) => `Article dropped: ${told.of('article')} of ${service(told)}`,
  'sign-off-wanted': (told) => `Sign-off asked for: ${service(told)}`,
  'sign-off-opened': (told) => `Sign-off opened: ${service(told)}`,
  'sign-off-withdrawn': (told) => `${told.event['signed'] === true ? 'Sign-off fell' : 'Sign-off withdrawn'}: ${service(told)} has changed`,
  'sign-off-decided': (told) => `Sign-off of ${service(told)}: ${told.of('outcome')}${missing(told)}${told.because}`,
  'condition-agreed': (told) => `Accepted under a condition: ${condition(told)}${told.due}`,
  'condition-expired': (told) => `Condition expired: ${condition(told)}`,
  'condition-met': (told) => `Condition met: ${condition(told)}`,
  'condition-renewed': (told) => `Condition accepted anew: ${condition(told)}${told.due}`,
  'early-life-started': (told) => `Early-life support started: ${service(told)}, from ${told.of('from')}`,
  'figures-recorded': (told) => `Figures of ${told.of('date')}: ${service(told)}`,
  'figures-refused': () => 'Figures that could not be taken',
  'early-life-extended': (told) => `Early-life support extended: ${service(told)}, as not met: ${told.list('criteria').join(', ')}`,
  'early-life-judged': (told) => `Early-life support judged: ${service(told)}, ${told.of('outcome')}`,
  'unmet-accepted': (told) => `Accepted although not met: ${told.list('criteria').join(', ')} of ${service(told)}`,
  'duty-set': (told) => `Duties set: ${service(told)}`,
  'contacts-set': (told) => `Contacts set: ${service(told)}`,
  'document-sealed': (told) => `Handover document recorded: ${service(told)}`,
  'service-accepted': (told) => `Service accepted: ${service(told)}`,
  'owner-lost': (told) => `${told.of('person')} answers for ${service(told)} no more: the role is not theirs any more`,
  'service-handed-back': (told) => `Service handed back: ${service(told)}${missing(told)}${told.because}`,
  'service-transferred': (told) => `Service transferred: ${service(told)}`,
};
