/** Sentences about handing services over. */
import type { ProblemCode } from '../codes';
import type { ProblemText } from './types';

type Code = Extract<ProblemCode,
  | 'unknown-handover' | 'unknown-entry' | 'unknown-session' | 'unknown-article' | 'unknown-condition' | 'service-invalid' | 'session-invalid' | 'handover-full' | 'handover-closed'
  | 'service-over' | 'service-not-ready' | 'service-not-signed' | 'service-not-handed-over' | 'entry-settled' | 'entry-not-settled' | 'entry-not-own' | 'not-waivable'
  | 'waiver-not-proposed' | 'session-not-held' | 'session-settled' | 'condition-over'>;
type Sentences = Readonly<Record<Code, ProblemText>>;

const en: Sentences = {
  'unknown-handover': { title: 'No handover', detail: 'No services are handed over in this phase: it has not opened, or its template gives it no handover.' },
  'unknown-entry': { title: 'Criterion not found', detail: 'There is no such criterion or item of readiness[: {entry}].' },
  'unknown-session': { title: 'Session not found', detail: 'There is no such session[: {session}].' },
  'unknown-article': { title: 'Article not found', detail: 'There is no such article[: {article}].' },
  'unknown-condition': { title: 'Condition not found', detail: 'There is no such condition[: {condition}].' },
  'service-invalid': { title: 'Service not right', detail: 'Something that is said of the service does not fit; see the fields.' },
  'session-invalid': { title: 'Session not right', detail: 'Something that is said of the session does not fit; see the fields.' },
  'handover-full': { title: 'Too many', detail: 'There can be {limit} of these at most.' },
  'handover-closed': { title: 'The handover is over', detail: 'The project is over: nothing of its services changes any more.' },
  'service-over': { title: 'The service is no longer handed over', detail: 'This service has been transferred or withdrawn: that can not be done with it any more.' },
  'service-not-ready': { title: 'The service is not ready', detail: 'Not everything that the service needs is there yet[: {missing}].' },
  'service-not-signed': { title: 'The service is not signed off', detail: 'The service can be transferred once it is signed off as it stands now.' },
  'service-not-handed-over': { title: 'The service is not in early-life support', detail: 'This can be done while operations run the service with the project at their side.' },
  'entry-settled': { title: 'Already settled', detail: 'It is settled that this does not apply[: {entry}].' },
  'entry-not-settled': { title: 'Still open', detail: 'This is open already[: {entry}].' },
  'entry-not-own': { title: 'Asked for by the template', detail: 'What the template asks for, or who receives the service missed, can not be left out[: {entry}].' },
  'not-waivable': { title: 'This always applies', detail: 'Only items of operational readiness can be left out; an acceptance criterion has to be met[: {entry}].' },
  'waiver-not-proposed': { title: 'Nobody proposed that', detail: 'Nobody proposed to leave this out[: {entry}].' },
  'session-not-held': { title: 'The session was not held', detail: 'Who receives the knowledge answers once the session was held.' },
  'session-settled': { title: 'The session is over', detail: 'Nothing of this session changes any more[: {session}].' },
  'condition-over': { title: 'The condition is met', detail: 'This condition is met already.' },
};

const nl: Sentences = {
  'unknown-handover': { title: 'Geen overdracht', detail: 'In deze fase worden geen diensten overgedragen: ze is nog niet geopend, of haar sjabloon geeft haar geen overdracht.' },
  'unknown-entry': { title: 'Criterium niet gevonden', detail: 'Er is geen zo’n criterium of gereedheidspunt[: {entry}].' },
  'unknown-session': { title: 'Sessie niet gevonden', detail: 'Er is geen zo’n sessie[: {session}].' },
  'unknown-article': { title: 'Artikel niet gevonden', detail: 'Er is geen zo’n artikel[: {article}].' },
  'unknown-condition': { title: 'Voorwaarde niet gevonden', detail: 'Er is geen zo’n voorwaarde[: {condition}].' },
  'service-invalid': { title: 'Dienst niet juist', detail: 'Iets van wat over de dienst gezegd wordt, past niet; zie de velden.' },
  'session-invalid': { title: 'Sessie niet juist', detail: 'Iets van wat over de sessie gezegd wordt, past niet; zie de velden.' },
  'handover-full': { title: 'Te veel', detail: 'Er kunnen er hiervan hoogstens {limit} zijn.' },
  'handover-closed': { title: 'De overdracht is voorbij', detail: 'Het project is voorbij: aan zijn diensten verandert niets meer.' },
  'service-over': { title: 'De dienst wordt niet meer overgedragen', detail: 'Deze dienst is overgedragen of teruggetrokken: dat kan er niet meer mee gebeuren.' },
  'service-not-ready': { title: 'De dienst is niet klaar', detail: 'Nog niet alles wat de dienst nodig heeft, is er[: {missing}].' },
  'service-not-signed': { title: 'De dienst is niet afgetekend', detail: 'De dienst kan overgaan zodra hij afgetekend is zoals hij nu is.' },
  'service-not-handed-over': { title: 'De dienst is niet in nazorg', detail: 'Dit kan zolang operations de dienst beheert met het project ernaast.' },
  'entry-settled': { title: 'Al beslist', detail: 'Er is beslist dat dit niet van toepassing is[: {entry}].' },
  'entry-not-settled': { title: 'Nog open', detail: 'Dit staat al open[: {entry}].' },
  'entry-not-own': { title: 'Door het sjabloon gevraagd', detail: 'Wat het sjabloon vraagt, of wat de ontvanger miste, kan niet weggelaten worden[: {entry}].' },
  'not-waivable': { title: 'Dit is altijd van toepassing', detail: 'Alleen punten van operationele gereedheid kunnen wegvallen; een aanvaardingscriterium moet gehaald worden[: {entry}].' },
  'waiver-not-proposed': { title: 'Niemand stelde dat voor', detail: 'Niemand stelde voor om dit weg te laten[: {entry}].' },
  'session-not-held': { title: 'De sessie is niet gehouden', detail: 'De ontvanger antwoordt zodra de sessie gehouden is.' },
  'session-settled': { title: 'De sessie is voorbij', detail: 'Aan deze sessie verandert niets meer[: {session}].' },
  'condition-over': { title: 'De voorwaarde is vervuld', detail: 'Deze voorwaarde is al vervuld.' },
};

const fr: Sentences = {
  'unknown-handover': { title: 'Pas de transfert', detail: 'Aucun service n’est transféré dans cette phase : elle n’est pas ouverte, ou son modèle ne lui donne pas de transfert.' },
  'unknown-entry': { title: 'Critère introuvable', detail: 'Il n’y a pas de tel critère ni de tel point de préparation[ : {entry}].' },
  'unknown-session': { title: 'Session introuvable', detail: 'Il n’y a pas de telle session[ : {session}].' },
  'unknown-article': { title: 'Article introuvable', detail: 'Il n’y a pas de tel article[ : {article}].' },
  'unknown-condition': { title: 'Condition introuvable', detail: 'Il n’y a pas de telle condition[ : {condition}].' },
  'service-invalid': { title: 'Service incorrect', detail: 'Quelque chose dans ce qui est dit du service ne convient pas ; voyez les champs.' },
  'session-invalid': { title: 'Session incorrecte', detail: 'Quelque chose dans ce qui est dit de la session ne convient pas ; voyez les champs.' },
  'handover-full': { title: 'Trop', detail: 'Il peut y en avoir {limit} au plus.' },
  'handover-closed': { title: 'Le transfert est terminé', detail: 'Le projet est terminé : rien ne change plus à ses services.' },
  'service-over': { title: 'Le service n’est plus en transfert', detail: 'Ce service a été transféré ou retiré : cela ne peut plus se faire.' },
  'service-not-ready': { title: 'Le service n’est pas prêt', detail: 'Tout ce qu’il faut au service n’est pas encore là[ : {missing}].' },
  'service-not-signed': { title: 'Le service n’est pas signé', detail: 'Le service peut être transféré dès qu’il est signé tel qu’il est maintenant.' },
  'service-not-handed-over': { title: 'Le service n’est pas en soutien de démarrage', detail: 'C’est possible tant que l’exploitation gère le service épaulée par le projet.' },
  'entry-settled': { title: 'Déjà réglé', detail: 'Il est établi que cela ne s’applique pas[ : {entry}].' },
  'entry-not-settled': { title: 'Encore ouvert', detail: 'Ceci est déjà ouvert[ : {entry}].' },
  'entry-not-own': { title: 'Demandé par le modèle', detail: 'Ce que le modèle demande, ou qui a manqué au receveur, ne peut être laissé de côté[ : {entry}].' },
  'not-waivable': { title: 'Cela s’applique toujours', detail: 'Seuls des points de préparation opérationnelle peuvent tomber ; un critère d’acceptation doit être rempli[ : {entry}].' },
  'waiver-not-proposed': { title: 'Personne ne l’a proposé', detail: 'Personne n’a proposé de laisser ceci de côté[ : {entry}].' },
  'session-not-held': { title: 'La session n’a pas eu lieu', detail: 'Le receveur répond dès que la session a eu lieu.' },
  'session-settled': { title: 'La session est terminée', detail: 'Plus rien ne change à cette session[ : {session}].' },
  'condition-over': { title: 'La condition est remplie', detail: 'Cette condition est déjà remplie.' },
};

export const HANDOVER: Readonly<Record<'nl' | 'fr' | 'en', Sentences>> = { nl, fr, en };
