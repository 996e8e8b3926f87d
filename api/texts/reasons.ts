/** Why a project is not on course. `{fact}` and brackets are those of `fillIn`; a reason without a text fails the type check. */
import type { Reason } from '../../domain/portfolio/course';
import type { Text } from '../../domain/template/schema';

export const REASONS: Readonly<Record<Reason['code'], Text>> = {
  'beyond-tolerance': { nl: 'Meer {kind} dan de toegelaten afwijking', fr: 'Écart de {kind} au-delà de la tolérance', en: 'Beyond the tolerance of {kind}' },
  'end-later': { nl: 'Einde verwacht {days} werkdag(en) later dan beloofd', fr: 'Fin attendue {days} jour(s) ouvrable(s) plus tard que promis', en: 'End expected {days} working day(s) later than promised' },
  'gate-undecidable': { nl: 'Te weinig mensen kunnen beslissen over “{gate}”', fr: 'Trop peu de personnes peuvent décider de « {gate} »', en: 'Too few people can decide on “{gate}”' },
  'decision-late': { nl: 'Beslissing over “{gate}” is te laat', fr: 'La décision sur « {gate} » est en retard', en: 'The decision on “{gate}” is late' },
  'tasks-overdue': { nl: '{count} taak/taken te laat', fr: '{count} tâche(s) en retard', en: '{count} task(s) overdue' },
  'tasks-blocked': { nl: '{count} taak/taken geblokkeerd', fr: '{count} tâche(s) bloquée(s)', en: '{count} task(s) blocked' },
  'conditions-overdue': { nl: '{count} voorwaarde(n) te laat', fr: '{count} condition(s) en retard', en: '{count} condition(s) overdue' },
  'nobody-holds-role': { nl: '{count} taak/taken waarvoor niemand de rol heeft', fr: '{count} tâche(s) dont personne n’a le rôle', en: '{count} task(s) whose role nobody holds' },
};

export const KINDS: Readonly<Record<'cost' | 'time', Text>> = {
  cost: { nl: 'kosten', fr: 'coût', en: 'cost' }, time: { nl: 'tijd', fr: 'temps', en: 'time' },
};
