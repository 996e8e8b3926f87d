/** The sentences of the timeline. */
import type { Language } from '../client/language';

export type { Language };

export interface Words {
  readonly started: string;
  readonly claimed: (task: string) => string;
  readonly approved: (gate: string) => string;
  readonly approvedWithCondition: (gate: string) => string;
  readonly sentBack: (gate: string, task: string) => string;
  readonly reason: string;
  readonly condition: (role: string, due: string) => string;
  readonly conditionMet: string;
  readonly gate: (name: string, round: number) => string;
  readonly gatePassed: (name: string) => string;
  readonly again: string;
  readonly completed: (events: number, streams: number, seconds: string) => string;
  readonly strangerSeesNothing: (person: string) => string;
  readonly mayNotStart: (person: string) => string;
  readonly wrongRole: (person: string, roles: string) => string;
  readonly evidenceMissing: (pointer: string) => string;
  readonly sameAnswer: string;
  readonly otherBody: string;
  readonly claimedByOther: (person: string) => string;
  readonly blocked: (tasks: number, criteria: number) => string;
  readonly waitsFor: (persons: string) => string;
  readonly notInElectorate: (person: string) => string;
  readonly oldDigest: string;
  readonly liveAgrees: string;
  readonly mine: (person: string, tasks: number) => string;
  readonly inbox: (person: string, notices: number) => string;
  readonly logGapless: string;
}

/** A number with its noun. */
const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`;

export const WORDS: Readonly<Record<Language, Words>> = {
  nl: {
    started: 'start het project',
    claimed: (task) => `neemt op zich: ${task}`,
    approved: (gate) => `keurt goed: ${gate}`,
    approvedWithCondition: (gate) => `keurt goed onder voorwaarde: ${gate}`,
    sentBack: (gate, task) => `stuurt terug: ${gate} (te herwerken: ${task})`,
    reason: 'Reden',
    condition: (role, due) => `Voorwaarde voor ${role}, tegen ${due}`,
    conditionMet: 'voldoet aan de voorwaarde',
    gate: (name, round) => `Poort "${name}" wordt voorgelegd${round > 1 ? ` (ronde ${round})` : ''}`,
    gatePassed: (name) => `Poort "${name}" gaat open`,
    again: 'opnieuw',
    completed: (events, streams, seconds) => `Project afgerond: ${events} gebeurtenissen in ${streams} stromen, in ${seconds} s`,
    strangerSeesNothing: (person) => `${person} heeft geen rol en vindt het project niet (404)`,
    mayNotStart: (person) => `${person} mag geen project starten (403)`,
    wrongRole: (person, roles) => `${person} heeft niet de juiste rol (403, wel: ${roles})`,
    evidenceMissing: (pointer) => `onvolledig bewijs wordt geweigerd (422, ${pointer})`,
    sameAnswer: 'dezelfde sleutel geeft hetzelfde antwoord',
    otherBody: 'dezelfde sleutel met een andere inhoud wordt geweigerd (409)',
    claimedByOther: (person) => `${person} kan een taak van een collega niet afwerken (409)`,
    blocked: (tasks, criteria) => `de poort wacht op ${count(tasks, 'taak', 'taken')} en ${count(criteria, 'criterium', 'criteria')}`,
    waitsFor: (persons) => `wacht op ${persons}`,
    notInElectorate: (person) => `${person} heeft hier geen stem (403)`,
    oldDigest: 'een stem op ander bewijs telt niet (409)',
    liveAgrees: 'wat de workflows zeggen, is wat mensen lezen',
    mine: (person, tasks) => `${person} vindt ${count(tasks, 'taak', 'taken')} onder "mijn taken"`,
    inbox: (person, notices) => `${person} kreeg ${count(notices, 'melding', 'meldingen')}`,
    logGapless: 'het logboek telt in elke stroom door zonder gaten',
  },
  fr: {
    started: 'démarre le projet',
    claimed: (task) => `prend en charge : ${task}`,
    approved: (gate) => `approuve : ${gate}`,
    approvedWithCondition: (gate) => `approuve sous condition : ${gate}`,
    sentBack: (gate, task) => `renvoie : ${gate} (à revoir : ${task})`,
    reason: 'Raison',
    condition: (role, due) => `Condition pour ${role}, d'ici au ${due}`,
    conditionMet: 'remplit la condition',
    gate: (name, round) => `Le jalon « ${name} » est soumis${round > 1 ? ` (tour ${round})` : ''}`,
    gatePassed: (name) => `Le jalon « ${name} » est franchi`,
    again: 'à nouveau',
    completed: (events, streams, seconds) => `Projet terminé : ${events} événements dans ${streams} flux, en ${seconds} s`,
    strangerSeesNothing: (person) => `${person} n'a pas de rôle et ne trouve pas le projet (404)`,
    mayNotStart: (person) => `${person} ne peut pas démarrer de projet (403)`,
    wrongRole: (person, roles) => `${person} n'a pas le bon rôle (403, il faut : ${roles})`,
    evidenceMissing: (pointer) => `une preuve incomplète est refusée (422, ${pointer})`,
    sameAnswer: 'la même clé donne la même réponse',
    otherBody: 'la même clé avec un autre contenu est refusée (409)',
    claimedByOther: (person) => `${person} ne peut pas achever la tâche d'un collègue (409)`,
    blocked: (tasks, criteria) => `le jalon attend ${count(tasks, 'tâche', 'tâches')} et ${count(criteria, 'critère', 'critères')}`,
    waitsFor: (persons) => `en attente de ${persons}`,
    notInElectorate: (person) => `${person} n'a pas de voix ici (403)`,
    oldDigest: 'une voix sur d\'autres preuves ne compte pas (409)',
    liveAgrees: 'ce que disent les workflows est ce que lisent les gens',
    mine: (person, tasks) => `${person} trouve ${count(tasks, 'tâche', 'tâches')} sous « mes tâches »`,
    inbox: (person, notices) => `${person} a reçu ${count(notices, 'notification', 'notifications')}`,
    logGapless: 'le journal compte sans trous dans chaque flux',
  },
  en: {
    started: 'starts the project',
    claimed: (task) => `takes on: ${task}`,
    approved: (gate) => `approves: ${gate}`,
    approvedWithCondition: (gate) => `approves under a condition: ${gate}`,
    sentBack: (gate, task) => `sends back: ${gate} (to do again: ${task})`,
    reason: 'Reason',
    condition: (role, due) => `Condition for ${role}, by ${due}`,
    conditionMet: 'meets the condition',
    gate: (name, round) => `Gate "${name}" is put to the vote${round > 1 ? ` (round ${round})` : ''}`,
    gatePassed: (name) => `Gate "${name}" opens`,
    again: 'again',
    completed: (events, streams, seconds) => `Project completed: ${events} events in ${streams} streams, in ${seconds} s`,
    strangerSeesNothing: (person) => `${person} has no role and finds no project (404)`,
    mayNotStart: (person) => `${person} may not start a project (403)`,
    wrongRole: (person, roles) => `${person} does not hold the right role (403, these would do: ${roles})`,
    evidenceMissing: (pointer) => `incomplete evidence is refused (422, ${pointer})`,
    sameAnswer: 'the same key gives the same answer',
    otherBody: 'the same key with another content is refused (409)',
    claimedByOther: (person) => `${person} can't complete a colleague's task (409)`,
    blocked: (tasks, criteria) => `the gate waits for ${count(tasks, 'task', 'tasks')} and ${count(criteria, 'criterion', 'criteria')}`,
    waitsFor: (persons) => `waits for ${persons}`,
    notInElectorate: (person) => `${person} has no vote here (403)`,
    oldDigest: 'a vote on other evidence does not count (409)',
    liveAgrees: 'what the workflows say is what people read',
    mine: (person, tasks) => `${person} finds ${count(tasks, 'task', 'tasks')} under "my tasks"`,
    inbox: (person, notices) => `${person} got ${count(notices, 'notice', 'notices')}`,
    logGapless: 'the log counts on without gaps in every stream',
  },
};
