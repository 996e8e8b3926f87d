/** Why a project is not on course. `{fact}` and brackets are those of `fillIn`; a reason without a text fails the type check. */
import type { Reason } from '../../domain/portfolio/course';
import type { Text } from '../../domain/template/schema';

export const REASONS: Readonly<Record<Reason['code'], Text>> = {
  'beyond-tolerance': { nl: 'Meer {kind} dan de toegelaten afwijking', fr: 'Écart de {kind} au-delà de la tolérance', en: 'Beyond the tolerance of {kind}' },
  'end-later': { nl: 'Einde later dan beloofd, in werkdagen: {days}', fr: 'Fin plus tard que promis, en jours ouvrables : {days}', en: 'End later than promised, in working days: {days}' },
  'gate-undecidable': { nl: 'Te weinig mensen kunnen beslissen over “{gate}”', fr: 'Trop peu de personnes peuvent décider de « {gate} »', en: 'Too few people can decide on “{gate}”' },
  'decision-late': { nl: 'Beslissing over “{gate}” is te laat', fr: 'La décision sur « {gate} » est en retard', en: 'The decision on “{gate}” is late' },
  'tasks-overdue': { nl: 'Taken te laat: {count}', fr: 'Tâches en retard : {count}', en: 'Tasks overdue: {count}' },
  'tasks-blocked': { nl: 'Geblokkeerde taken: {count}', fr: 'Tâches bloquées : {count}', en: 'Blocked tasks: {count}' },
  'conditions-overdue': { nl: 'Voorwaarden te laat: {count}', fr: 'Conditions en retard : {count}', en: 'Conditions overdue: {count}' },
  'nobody-holds-role': { nl: 'Taken waarvoor niemand de rol heeft: {count}', fr: 'Tâches dont personne n’a le rôle : {count}', en: 'Tasks whose role nobody holds: {count}' },
};

export const KINDS: Readonly<Record<'cost' | 'time', Text>> = {
  cost: { nl: 'kosten', fr: 'coût', en: 'cost' }, time: { nl: 'tijd', fr: 'temps', en: 'time' },
};
