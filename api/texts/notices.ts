/** What the entries of an inbox say. `{fact}` and brackets are those of `fillIn`. A kind of notice without a text fails the type check. */
import type { NoticeKind } from '../../domain/process';
import type { Text } from '../../domain/template/schema';

export const NOTICES: Readonly<Record<NoticeKind, Text>> = {
  'task-ready': { nl: 'De taak “{task}” kan beginnen.', fr: 'La tâche « {task} » peut commencer.', en: 'The task “{task}” can begin.' },
  'task-to-check': {
    nl: 'De taak “{task}” is opgeleverd en wacht op een tweede paar ogen.', fr: 'La tâche « {task} » a été livrée et attend un second regard.',
    en: 'The task “{task}” was delivered and waits for a second pair of eyes.',
  },
  'task-due-soon': { nl: 'De taak “{task}” moet binnenkort klaar zijn.', fr: 'La tâche « {task} » arrive bientôt à échéance.', en: 'The task “{task}” is due soon.' },
  'task-overdue': { nl: 'De taak “{task}” is over tijd.', fr: 'La tâche « {task} » est en retard.', en: 'The task “{task}” is overdue.' },
  'task-reminder': { nl: 'De taak “{task}” wordt nog verwacht.', fr: 'La tâche « {task} » est toujours attendue.', en: 'The task “{task}” is still awaited.' },
  'task-raised': {
    nl: 'De taak “{task}” is niet op tijd klaar; u wordt ervan verwittigd.', fr: 'La tâche « {task} » n’est pas prête à temps ; vous en êtes averti.',
    en: 'The task “{task}” is not done in time; this is to let you know.',
  },
  'task-reopened': { nl: 'De taak “{task}” is heropend.', fr: 'La tâche « {task} » a été rouverte.', en: 'The task “{task}” was reopened.' },
  'task-assigned': { nl: 'De taak “{task}” is aan u toegewezen.', fr: 'La tâche « {task} » vous a été attribuée.', en: 'The task “{task}” was assigned to you.' },
  'task-unassigned': {
    nl: 'De taak “{task}” is aan iemand anders toegewezen.', fr: 'La tâche « {task} » a été attribuée à quelqu’un d’autre.', en: 'The task “{task}” was assigned to someone else.',
  },
  'task-blocked': { nl: 'De taak “{task}” is geblokkeerd.', fr: 'La tâche « {task} » est bloquée.', en: 'The task “{task}” is blocked.' },
  'task-unblocked': { nl: 'De taak “{task}” kan weer verder.', fr: 'La tâche « {task} » peut se poursuivre.', en: 'The task “{task}” can go on again.' },
  'task-commented': { nl: 'Iemand schreef iets bij uw taak “{task}”.', fr: 'Quelqu’un a commenté votre tâche « {task} ».', en: 'Someone commented on your task “{task}”.' },
  'task-mentioned': { nl: 'Iemand noemt u bij de taak “{task}”.', fr: 'Quelqu’un vous mentionne à propos de la tâche « {task} ».', en: 'Someone mentions you at the task “{task}”.' },
  'condition-set': { nl: 'Er is een voorwaarde gesteld die u vervult: {task}.', fr: 'Une condition a été posée, à remplir par vous : {task}.', en: 'A condition was set for you to meet: {task}.' },
  'sprint-started': { nl: 'Sprint {sprint} is gestart.', fr: 'Le sprint {sprint} a démarré.', en: 'Sprint {sprint} has started.' },
  'sprint-over': { nl: 'De tijd van sprint {sprint} is voorbij.', fr: 'Le temps du sprint {sprint} est écoulé.', en: 'The time of sprint {sprint} is over.' },
  'handover-overdue': {
    nl: 'Bij de dienst “{service}” is iets over tijd.', fr: 'Quelque chose est en retard pour le service « {service} ».', en: 'Something is overdue for the service “{service}”.',
  },
  'handover-missing': {
    nl: 'Bij de dienst “{service}” ontbreekt nog iets; u zorgt daarvoor.', fr: 'Il manque encore quelque chose au service « {service} » ; c’est à vous d’y veiller.',
    en: 'Something is still missing for the service “{service}”; it is yours to see to.',
  },
  'waiver-proposed': {
    nl: 'Bij de dienst “{service}” wordt voorgesteld een gereedheidspunt weg te laten; u beslist.', fr: 'Pour le service « {service} », on propose de laisser un point de préparation de côté ; à vous de décider.',
    en: 'For the service “{service}” it is proposed to leave an item of readiness out; you decide.',
  },
  'waiver-answered': {
    nl: 'Over het gereedheidspunt van de dienst “{service}” is beslist: {outcome}.', fr: 'Une décision est prise sur le point de préparation du service « {service} » : {outcome}.',
    en: 'The item of readiness of the service “{service}” is decided: {outcome}.',
  },
  'session-held': {
    nl: 'Een sessie over de dienst “{service}” is gehouden; bevestig of zeg wat nog ontbreekt.', fr: 'Une session sur le service « {service} » a eu lieu ; confirmez, ou dites ce qui manque encore.',
    en: 'A session about the service “{service}” was held; confirm it, or say what is still missing.',
  },
  'session-wanted': {
    nl: 'Over de dienst “{service}” is nog een sessie nodig.', fr: 'Il faut encore une session sur le service « {service} ».', en: 'Another session about the service “{service}” is needed.',
  },
  'service-signed': { nl: 'De dienst “{service}” is afgetekend: {outcome}.', fr: 'Le service « {service} » est signé : {outcome}.', en: 'The service “{service}” is signed off: {outcome}.' },
  'service-refused': {
    nl: 'De dienst “{service}” is niet afgetekend: {outcome}.', fr: 'Le service « {service} » n’est pas signé : {outcome}.', en: 'The service “{service}” is not signed off: {outcome}.',
  },
  'sign-off-fell': {
    nl: 'De dienst “{service}” is veranderd na zijn aftekening; ze wordt opnieuw gevraagd.', fr: 'Le service « {service} » a changé après sa signature ; elle est redemandée.',
    en: 'The service “{service}” has changed since it was signed off; that is asked anew.',
  },
  'acceptance-condition': {
    nl: 'De dienst “{service}” is aanvaard onder een voorwaarde die u vervult.', fr: 'Le service « {service} » est accepté sous une condition, à remplir par vous.',
    en: 'The service “{service}” is accepted under a condition that is yours to meet.',
  },
  'acceptance-expired': {
    nl: 'Een voorwaarde waaronder de dienst “{service}” is aanvaard, is vervallen en niet vervuld.', fr: 'Une condition sous laquelle le service « {service} » a été accepté a expiré sans être remplie.',
    en: 'A condition under which the service “{service}” was accepted has expired and is not met.',
  },
  'early-life-started': {
    nl: 'De nazorg van de dienst “{service}” is begonnen.', fr: 'Le soutien de démarrage du service « {service} » a commencé.', en: 'Early-life support of the service “{service}” has begun.',
  },
  'early-life-extended': {
    nl: 'De nazorg van de dienst “{service}” is verlengd: niet alle exitcriteria zijn gehaald.', fr: 'Le soutien de démarrage du service « {service} » est prolongé : tous les critères de fin ne sont pas remplis.',
    en: 'Early-life support of the service “{service}” was extended: not all exit criteria are met.',
  },
  'early-life-met': {
    nl: 'De dienst “{service}” haalt alle exitcriteria van de nazorg: hij kan overgedragen worden.', fr: 'Le service « {service} » remplit tous les critères de fin du soutien : il peut être transféré.',
    en: 'The service “{service}” meets all exit criteria of early-life support: it can be transferred.',
  },
  'early-life-unmet': {
    nl: 'De nazorg van de dienst “{service}” is voorbij en niet alle exitcriteria zijn gehaald; u beslist.', fr: 'Le soutien du service « {service} » est terminé sans que tous les critères de fin soient remplis ; à vous de décider.',
    en: 'Early-life support of the service “{service}” is over and not all exit criteria are met; you decide.',
  },
  'figures-missing': {
    nl: 'De nazorg van de dienst “{service}” is voorbij, maar er ontbreken cijfers van dagen.', fr: 'Le soutien du service « {service} » est terminé, mais les chiffres de certains jours manquent.',
    en: 'Early-life support of the service “{service}” is over, but figures of some days are missing.',
  },
  'owner-lost': {
    nl: 'De dienst “{service}” heeft geen eigenaar meer: wie het was, heeft die rol niet meer. Wijs een andere aan.', fr: 'Le service « {service} » n’a plus de responsable : la personne n’a plus ce rôle. Désignez-en une autre.',
    en: 'The service “{service}” has no owner any more: who was it does not hold that role. Name another one.',
  },
  'service-handed-back': {
    nl: 'De dienst “{service}” is teruggegeven aan het project.', fr: 'Le service « {service} » a été rendu au projet.', en: 'The service “{service}” was handed back to the project.',
  },
  'service-transferred': {
    nl: 'De dienst “{service}” is overgedragen.', fr: 'Le service « {service} » est transféré.', en: 'The service “{service}” has been transferred.',
  },
  'impediment-raised': { nl: 'Er is een belemmering in sprint {sprint}.', fr: 'Il y a un obstacle dans le sprint {sprint}.', en: 'There is an impediment in sprint {sprint}.' },
  'item-owned': {
    nl: 'Iets in de backlog van fase “{phase}” is nu aan u.', fr: 'Quelque chose dans le backlog de la phase « {phase} » vous est confié.', en: 'Something in the backlog of phase “{phase}” is now yours.',
  },
  'recognition-given': { nl: 'Een collega waardeert uw werk in sprint {sprint}.', fr: 'Un collègue vous remercie pour le sprint {sprint}.', en: 'A colleague thanks you in sprint {sprint}.' },
  'approval-open': { nl: 'Uw beslissing wordt gevraagd over “{gate}”.', fr: 'Votre décision est demandée sur « {gate} ».', en: 'Your decision is asked on “{gate}”.' },
  'approval-reminder': { nl: 'Uw beslissing over “{gate}” wordt nog verwacht.', fr: 'Votre décision sur « {gate} » est toujours attendue.', en: 'Your decision on “{gate}” is still awaited.' },
  'approval-escalated': {
    nl: 'Over “{gate}” is niet op tijd beslist.', fr: '« {gate} » n’a pas été décidé à temps.', en: '“{gate}” was not decided in time.',
  },
  'approval-stand-in': { nl: 'U beslist mee over “{gate}”, omdat nog niet is beslist.', fr: 'Vous décidez aussi de « {gate} », faute de décision jusqu’ici.', en: 'You decide on “{gate}” too, as it was not decided yet.' },
  'approval-raised': { nl: 'Over “{gate}” is nog niet beslist; u kunt nu zelf beslissen.', fr: '« {gate} » n’est pas encore décidé ; vous pouvez à présent décider vous-même.', en: '“{gate}” is not decided yet; you may decide now.' },
  'approval-by-policy': {
    nl: 'Over “{gate}” is beslist zoals zijn regels zeggen, omdat niemand het deed[: {outcome}].', fr: '« {gate} » a été décidé selon ses règles, faute de décision[ : {outcome}].',
    en: '“{gate}” was decided as its rules say, because nobody did[: {outcome}].',
  },
  'approval-held-back': {
    nl: 'Over “{gate}” kon niet volgens zijn regels worden beslist: iemand moet het doen.', fr: '« {gate} » n’a pas pu être décidé selon ses règles : quelqu’un doit le faire.',
    en: '“{gate}” could not be decided as its rules say: somebody has to.',
  },
  'approval-asked-anew': {
    nl: 'De bewijzen bij “{gate}” zijn gewijzigd: uw stem vervalt, en de vraag komt opnieuw.',
    fr: 'Les preuves pour « {gate} » ont changé : votre vote tombe, et la question sera posée à nouveau.', en: 'The evidence for “{gate}” changed: your vote falls, and the question will be asked anew.',
  },
  'approval-decided': { nl: 'Over “{gate}” is beslist[: {outcome}].', fr: '« {gate} » a été décidé[ : {outcome}].', en: '“{gate}” was decided[: {outcome}].' },
  'project-held': { nl: 'Het project is stilgelegd.', fr: 'Le projet est suspendu.', en: 'The project was put on hold.' },
  'project-migrated': { nl: 'Het project volgt nu een andere versie van zijn sjabloon.', fr: 'Le projet suit à présent une autre version de son modèle.', en: 'The project now follows another version of its template.' },
  'project-resumed': { nl: 'Het project is hervat.', fr: 'Le projet a repris.', en: 'The project was resumed.' },
  'project-cancelled': { nl: 'Het project is stopgezet.', fr: 'Le projet est annulé.', en: 'The project was cancelled.' },
  'project-completed': { nl: 'Het project is ten einde[: {outcome}].', fr: 'Le projet est terminé[ : {outcome}].', en: 'The project has ended[: {outcome}].' },
  'calendar-changed': {
    nl: 'De werkkalender is bijgewerkt: data van het project kunnen zijn verschoven.', fr: 'Le calendrier de travail a été mis à jour : des dates du projet ont pu se déplacer.',
    en: 'The working calendar was brought up to date: dates of the project may have moved.',
  },
  'child-lost': {
    nl: 'Een deel van het project is onverwacht verdwenen: verwittig wie Sluis beheert.', fr: 'Une partie du projet a disparu de façon inattendue : prévenez qui gère Sluis.',
    en: 'A part of the project disappeared unexpectedly: tell who runs Sluis.',
  },
  'plan-changed': { nl: 'Het plan van het project is gewijzigd.', fr: 'Le plan du projet a été modifié.', en: 'The plan of the project was changed.' },
  'change-decided': {
    nl: 'Over de wijziging die u vroeg is beslist[: {outcome}].', fr: 'La modification que vous avez demandée a été décidée[ : {outcome}].', en: 'The change that you asked for was decided[: {outcome}].',
  },
  'change-failed': {
    nl: 'De wijziging die u vroeg kon niet worden doorgevoerd.', fr: 'La modification que vous avez demandée n’a pas pu être appliquée.', en: 'The change that you asked for could not be carried out.',
  },
  'exception-raised': {
    nl: 'Het project valt buiten zijn tolerantie[: {outcome}].', fr: 'Le projet sort de sa tolérance[ : {outcome}].', en: 'The project has left its tolerance[: {outcome}].',
  },
  'approval-unreachable': {
    nl: 'Te weinig mensen kunnen over “{gate}” beslissen: geef de rollen meer mensen.', fr: 'Trop peu de personnes peuvent décider de « {gate} » : donnez plus de personnes aux rôles.',
    en: 'Too few people may decide on “{gate}”: give its roles more people.',
  },
  'delegation-planned': {
    nl: '{delegate} beslist in naam van {absent}, van {from} tot {until}.', fr: '{delegate} décidera au nom de {absent}, du {from} au {until}.',
    en: '{delegate} will decide in the name of {absent}, from {from} until {until}.',
  },
  'delegation-started': {
    nl: '{delegate} beslist nu in naam van {absent}, tot {until}.', fr: '{delegate} décide à présent au nom de {absent}, jusqu’au {until}.',
    en: '{delegate} now decides in the name of {absent}, until {until}.',
  },
  'delegation-ended': {
    nl: '{delegate} beslist niet meer in naam van {absent}.', fr: '{delegate} ne décide plus au nom de {absent}.', en: '{delegate} no longer decides in the name of {absent}.',
  },
  'phase-reopened': { nl: 'De fase “{phase}” is heropend en wordt opnieuw gedaan.', fr: 'La phase « {phase} » a été rouverte et sera refaite.', en: 'The phase “{phase}” was reopened and is to be done again.' },
  'role-assigned': { nl: 'U hebt een rol in het project gekregen.', fr: 'Un rôle vous a été attribué dans le projet.', en: 'You were given a role in the project.' },
};

/** How approvals and projects end, and in what a project left its tolerance. */
export const OUTCOME_WORDS: Readonly<Record<string, Text>> = {
  'approve': { nl: 'goedgekeurd', fr: 'approuvé', en: 'approved' },
  'approve-with-conditions': { nl: 'goedgekeurd onder voorwaarden', fr: 'approuvé sous conditions', en: 'approved under conditions' },
  'rework': { nl: 'te herwerken', fr: 'à reprendre', en: 'to be reworked' },
  'stop': { nl: 'gestopt', fr: 'arrêté', en: 'stopped' },
  'completed': { nl: 'voltooid', fr: 'achevé', en: 'completed' },
  'stopped': { nl: 'gestopt', fr: 'arrêté', en: 'stopped' },
  'cancelled': { nl: 'stopgezet', fr: 'annulé', en: 'cancelled' },
  'time': { nl: 'tijd', fr: 'délais', en: 'time' },
  'cost': { nl: 'kosten', fr: 'coûts', en: 'cost' },
};

/** A task that a gate set as a condition, where its text is not at hand. */
export const CONDITION_WORD: Text = { nl: 'een voorwaarde', fr: 'une condition', en: 'a condition' };
/** What an approval is about that has no gate. */
export const CHANGE_WORD: Text = { nl: 'een wijziging van het plan', fr: 'une modification du plan', en: 'a change of the plan' };
export const SIGN_OFF_WORD: Text = { nl: 'de aftekening van de dienst', fr: 'la signature du service', en: 'the sign-off of the service' };
