/** Sentences about backlogs and sprints. */
import type { ProblemCode } from '../codes';
import type { ProblemText } from './types';

type Code = Extract<ProblemCode,
  | 'unknown-item' | 'unknown-team' | 'unknown-sprint' | 'unknown-impediment' | 'unknown-note' | 'unknown-backlog' | 'item-invalid' | 'item-moved' | 'item-in-sprint' | 'item-over' | 'item-not-ready'
  | 'item-not-delivered' | 'backlog-full' | 'backlog-closed' | 'sprint-planned' | 'sprint-waits' | 'sprint-running' | 'sprint-not-started' | 'sprint-over' | 'sprint-not-over'
  | 'sprint-closed' | 'sprint-full' | 'sprint-goal-missing' | 'wip-exceeded' | 'done-open'>;
type Sentences = Readonly<Record<Code, ProblemText>>;

const en: Sentences = {
  'unknown-item': { title: 'Item not found', detail: 'There is no such item here[: {item}].' },
  'unknown-team': { title: 'Team not found', detail: 'No team of this phase that works in sprints is called so[: {team}].' },
  'unknown-sprint': { title: 'Sprint not found', detail: 'There is no such sprint[: {team} {number}].' },
  'unknown-impediment': { title: 'Impediment not found', detail: 'There is no such impediment in this sprint[: {impediment}].' },
  'unknown-note': { title: 'Note not found', detail: 'There is no such note in this retrospective[: {note}].' },
  'unknown-backlog': { title: 'No backlog', detail: 'This phase has no backlog: it has not opened, or its template gives it none.' },
  'item-invalid': { title: 'Item not right', detail: 'Something that is said of the item[ {item}] does not fit; see the fields.' },
  'item-moved': { title: 'Somebody was faster', detail: 'The item {item} is not where you took it from any more: it stands at “{to}” now[, moved by {person}][ at {at}].' },
  'item-in-sprint': { title: 'The item is in a sprint', detail: 'The item {item} is in a sprint: it has to leave that first.' },
  'item-over': { title: 'The item is over', detail: 'The item {item} is {status}.' },
  'item-not-ready': { title: 'The item is not ready', detail: 'The item {item} does not meet the Definition of Ready yet: {missing}.' },
  'item-not-delivered': { title: 'The item is not delivered', detail: 'The item {item} is not in the last column: there is nothing to judge.' },
  'backlog-full': { title: 'The backlog is full', detail: 'A backlog takes {limit} items.' },
  'backlog-closed': { title: 'The backlog is closed', detail: 'The phase is not open: nothing can be done with its backlog now.' },
  'sprint-planned': { title: 'A sprint is being planned', detail: 'The team {team} is planning sprint {number} already.' },
  'sprint-waits': { title: 'Another sprint runs', detail: 'Sprint {number} of the team is not over yet.' },
  'sprint-running': { title: 'The sprint runs', detail: 'The sprint has been started already.' },
  'sprint-not-started': { title: 'The sprint has not started', detail: 'This can be done once the sprint runs.' },
  'sprint-over': { title: 'The sprint is over', detail: 'The time of this sprint is over: what it came to does not change any more.' },
  'sprint-not-over': { title: 'The sprint is not over', detail: 'A sprint is closed once its time is over.' },
  'sprint-closed': { title: 'The sprint is closed', detail: 'This sprint is closed: nothing of it changes any more.' },
  'sprint-full': { title: 'Too many', detail: 'A sprint takes {limit} of these.' },
  'sprint-goal-missing': { title: 'No Sprint Goal', detail: 'A sprint starts with a Sprint Goal: say what it is for.' },
  'wip-exceeded': { title: 'The column is full', detail: 'The column “{column}” takes {limit} items at once: finish one first.' },
  'done-open': { title: 'Not done yet', detail: 'The item {item} does not meet the Definition of Done yet: {missing}.' },
};

const nl: Sentences = {
  'unknown-item': { title: 'Item niet gevonden', detail: 'Er is hier geen zo’n item[: {item}].' },
  'unknown-team': { title: 'Team niet gevonden', detail: 'Geen team van deze fase dat in sprints werkt, heet zo[: {team}].' },
  'unknown-sprint': { title: 'Sprint niet gevonden', detail: 'Er is geen zo’n sprint[: {team} {number}].' },
  'unknown-impediment': { title: 'Belemmering niet gevonden', detail: 'Er is geen zo’n belemmering in deze sprint[: {impediment}].' },
  'unknown-note': { title: 'Notitie niet gevonden', detail: 'Er is geen zo’n notitie in deze retrospective[: {note}].' },
  'unknown-backlog': { title: 'Geen backlog', detail: 'Deze fase heeft geen backlog: ze is nog niet geopend, of haar sjabloon geeft er geen.' },
  'item-invalid': { title: 'Item klopt niet', detail: 'Iets van wat over het item[ {item}] gezegd is, past niet; zie de velden.' },
  'item-moved': { title: 'Iemand was u voor', detail: 'Het item {item} staat niet meer waar u het nam: het staat nu op “{to}”[, verplaatst door {person}][ op {at}].' },
  'item-in-sprint': { title: 'Het item zit in een sprint', detail: 'Het item {item} zit in een sprint: daar moet het eerst uit.' },
  'item-over': { title: 'Het item is voorbij', detail: 'Het item {item} is {status}.' },
  'item-not-ready': { title: 'Het item is niet klaar om te beginnen', detail: 'Het item {item} voldoet nog niet aan de Definition of Ready: {missing}.' },
  'item-not-delivered': { title: 'Het item is niet opgeleverd', detail: 'Het item {item} staat niet in de laatste kolom: er valt niets te beoordelen.' },
  'backlog-full': { title: 'De backlog is vol', detail: 'Een backlog bevat hoogstens {limit} items.' },
  'backlog-closed': { title: 'De backlog is gesloten', detail: 'De fase is niet open: met haar backlog kan nu niets gebeuren.' },
  'sprint-planned': { title: 'Er wordt al een sprint gepland', detail: 'Het team {team} plant al sprint {number}.' },
  'sprint-waits': { title: 'Er loopt een andere sprint', detail: 'Sprint {number} van het team is nog niet voorbij.' },
  'sprint-running': { title: 'De sprint loopt', detail: 'De sprint is al gestart.' },
  'sprint-not-started': { title: 'De sprint is niet gestart', detail: 'Dit kan zodra de sprint loopt.' },
  'sprint-over': { title: 'De sprint is voorbij', detail: 'De tijd van deze sprint is voorbij: wat hij opleverde, verandert niet meer.' },
  'sprint-not-over': { title: 'De sprint is niet voorbij', detail: 'Een sprint wordt gesloten zodra zijn tijd voorbij is.' },
  'sprint-closed': { title: 'De sprint is gesloten', detail: 'Deze sprint is gesloten: er verandert niets meer aan.' },
  'sprint-full': { title: 'Te veel', detail: 'Een sprint bevat er hiervan hoogstens {limit}.' },
  'sprint-goal-missing': { title: 'Geen sprintdoel', detail: 'Een sprint start met een sprintdoel: zeg waarvoor hij dient.' },
  'wip-exceeded': { title: 'De kolom is vol', detail: 'De kolom “{column}” bevat hoogstens {limit} items tegelijk: werk er eerst een af.' },
  'done-open': { title: 'Nog niet af', detail: 'Het item {item} voldoet nog niet aan de Definition of Done: {missing}.' },
};

const fr: Sentences = {
  'unknown-item': { title: 'Élément introuvable', detail: 'Il n’y a pas d’élément de ce genre ici[ : {item}].' },
  'unknown-team': { title: 'Équipe introuvable', detail: 'Aucune équipe de cette phase travaillant en sprints ne porte ce nom[ : {team}].' },
  'unknown-sprint': { title: 'Sprint introuvable', detail: 'Il n’y a pas de tel sprint[ : {team} {number}].' },
  'unknown-impediment': { title: 'Obstacle introuvable', detail: 'Il n’y a pas de tel obstacle dans ce sprint[ : {impediment}].' },
  'unknown-note': { title: 'Note introuvable', detail: 'Il n’y a pas de telle note dans cette rétrospective[ : {note}].' },
  'unknown-backlog': { title: 'Pas de backlog', detail: 'Cette phase n’a pas de backlog : elle n’est pas ouverte, ou son modèle ne lui en donne pas.' },
  'item-invalid': { title: 'Élément incorrect', detail: 'Quelque chose de ce qui est dit de l’élément[ {item}] ne convient pas ; voir les champs.' },
  'item-moved': { title: 'Quelqu’un a été plus rapide', detail: 'L’élément {item} n’est plus là où vous l’avez pris : il se trouve à présent à « {to} »[, déplacé par {person}][ le {at}].' },
  'item-in-sprint': { title: 'L’élément est dans un sprint', detail: 'L’élément {item} est dans un sprint : il doit d’abord en sortir.' },
  'item-over': { title: 'L’élément est terminé', detail: 'L’élément {item} est {status}.' },
  'item-not-ready': { title: 'L’élément n’est pas prêt', detail: 'L’élément {item} ne répond pas encore à la Definition of Ready : {missing}.' },
  'item-not-delivered': { title: 'L’élément n’est pas livré', detail: 'L’élément {item} n’est pas dans la dernière colonne : il n’y a rien à juger.' },
  'backlog-full': { title: 'Le backlog est plein', detail: 'Un backlog contient au plus {limit} éléments.' },
  'backlog-closed': { title: 'Le backlog est fermé', detail: 'La phase n’est pas ouverte : rien ne peut se faire avec son backlog pour l’instant.' },
  'sprint-planned': { title: 'Un sprint est en préparation', detail: 'L’équipe {team} prépare déjà le sprint {number}.' },
  'sprint-waits': { title: 'Un autre sprint est en cours', detail: 'Le sprint {number} de l’équipe n’est pas encore terminé.' },
  'sprint-running': { title: 'Le sprint est en cours', detail: 'Le sprint a déjà été démarré.' },
  'sprint-not-started': { title: 'Le sprint n’a pas démarré', detail: 'Ce sera possible dès que le sprint est en cours.' },
  'sprint-over': { title: 'Le sprint est terminé', detail: 'Le temps de ce sprint est écoulé : son résultat ne change plus.' },
  'sprint-not-over': { title: 'Le sprint n’est pas terminé', detail: 'Un sprint se clôture dès que son temps est écoulé.' },
  'sprint-closed': { title: 'Le sprint est clos', detail: 'Ce sprint est clos : plus rien n’y change.' },
  'sprint-full': { title: 'Trop', detail: 'Un sprint en contient au plus {limit}.' },
  'sprint-goal-missing': { title: 'Pas d’objectif de sprint', detail: 'Un sprint démarre avec un objectif : dites à quoi il sert.' },
  'wip-exceeded': { title: 'La colonne est pleine', detail: 'La colonne « {column} » contient au plus {limit} éléments à la fois : terminez-en d’abord un.' },
  'done-open': { title: 'Pas encore terminé', detail: 'L’élément {item} ne répond pas encore à la Definition of Done : {missing}.' },
};

export const AGILE = { en, nl, fr } as const;
