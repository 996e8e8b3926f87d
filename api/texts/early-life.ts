/** Sentences about early-life support. */
import type { ProblemCode } from '../codes';
import type { ProblemText } from './types';

type Code = Extract<ProblemCode,
  | 'unknown-service' | 'figures-invalid' | 'figures-known' | 'figures-missing' | 'nothing-recorded' | 'early-life-closed' | 'early-life-not-over' | 'exit-criteria-open' | 'acceptance-invalid'
  | 'duty-invalid' | 'signature-invalid' | 'too-many-requests' | 'unknown-webhook'>;
type Sentences = Readonly<Record<Code, ProblemText>>;

const en: Sentences = {
  'unknown-service': { title: 'Service not found', detail: 'There is no such service here[: {service}].' },
  'figures-invalid': { title: 'Figures not right', detail: 'The figures[ of {date}] do not fit; see the fields.' },
  'figures-known': { title: 'Figures of that day are there', detail: 'Other figures of {date} were told[ by {person}][ at {at}]. To change them, say that yours correct them: both stay on record.' },
  'figures-missing': { title: 'Figures are missing', detail: 'The period is over, but it takes figures of more days to say how it went[: {days}].' },
  'nothing-recorded': { title: 'No figures were taken', detail: 'None of the figures could be taken: {refused}.' },
  'early-life-closed': { title: 'No early-life support', detail: 'The service is not in early-life support: it has not begun, or it is over.' },
  'early-life-not-over': { title: 'Early-life support goes on', detail: 'This can be done once the period of early-life support is over; its last day is {until}.' },
  'exit-criteria-open': { title: 'Exit criteria are not met', detail: 'The service is not transferred as long as these are neither met nor accepted: {criteria}.' },
  'acceptance-invalid': { title: 'Acceptance not right', detail: 'This can not be accepted as it is said; see the fields.' },
  'duty-invalid': { title: 'Who is there: not right', detail: 'The days, people or contacts do not fit; see the fields.' },
  'signature-invalid': { title: 'Not signed right', detail: 'The message is not signed as it has to be: check its address, the time of the sender’s clock, and what is signed.' },
  'too-many-requests': { title: 'Too many messages', detail: 'So many messages come from this system that they have to wait; send it again later.' },
  'unknown-webhook': { title: 'Webhook not found', detail: 'No such webhook tells figures here.' },
};

const nl: Sentences = {
  'unknown-service': { title: 'Dienst niet gevonden', detail: 'Er is hier geen zo’n dienst[: {service}].' },
  'figures-invalid': { title: 'Cijfers kloppen niet', detail: 'De cijfers[ van {date}] passen niet; zie de velden.' },
  'figures-known': { title: 'De cijfers van die dag zijn er al', detail: 'Van {date} zijn andere cijfers doorgegeven[ door {person}][ op {at}]. Wilt u ze wijzigen, zeg dan dat de uwe een verbetering zijn: beide blijven bewaard.' },
  'figures-missing': { title: 'Er ontbreken cijfers', detail: 'De periode is voorbij, maar er zijn cijfers van meer dagen nodig om te zeggen hoe het ging[: {days}].' },
  'nothing-recorded': { title: 'Er zijn geen cijfers opgenomen', detail: 'Geen van de cijfers kon opgenomen worden: {refused}.' },
  'early-life-closed': { title: 'Geen nazorg', detail: 'De dienst is niet in nazorg: die is nog niet begonnen, of ze is voorbij.' },
  'early-life-not-over': { title: 'De nazorg loopt nog', detail: 'Dit kan zodra de periode van nazorg voorbij is; de laatste dag is {until}.' },
  'exit-criteria-open': { title: 'Exitcriteria zijn niet gehaald', detail: 'De dienst wordt niet overgedragen zolang deze gehaald noch aanvaard zijn: {criteria}.' },
  'acceptance-invalid': { title: 'Aanvaarding klopt niet', detail: 'Zo kan dit niet aanvaard worden; zie de velden.' },
  'duty-invalid': { title: 'Wie er is: klopt niet', detail: 'De dagen, mensen of contacten passen niet; zie de velden.' },
  'signature-invalid': { title: 'Niet juist ondertekend', detail: 'Het bericht is niet ondertekend zoals het hoort: controleer het adres, de klok van de afzender en wat ondertekend wordt.' },
  'too-many-requests': { title: 'Te veel berichten', detail: 'Er komen zo veel berichten van dit systeem dat ze moeten wachten; stuur het later opnieuw.' },
  'unknown-webhook': { title: 'Webhook niet gevonden', detail: 'Geen zo’n webhook geeft hier cijfers door.' },
};

const fr: Sentences = {
  'unknown-service': { title: 'Service introuvable', detail: 'Il n’y a pas de tel service ici[ : {service}].' },
  'figures-invalid': { title: 'Chiffres incorrects', detail: 'Les chiffres[ du {date}] ne conviennent pas ; voyez les champs.' },
  'figures-known': { title: 'Les chiffres de ce jour existent déjà', detail: 'D’autres chiffres du {date} ont été transmis[ par {person}][ le {at}]. Pour les modifier, dites que les vôtres les corrigent : les deux restent conservés.' },
  'figures-missing': { title: 'Des chiffres manquent', detail: 'La période est terminée, mais il faut les chiffres de plus de jours pour dire ce qu’il en est[ : {days}].' },
  'nothing-recorded': { title: 'Aucun chiffre n’a été repris', detail: 'Aucun des chiffres n’a pu être repris : {refused}.' },
  'early-life-closed': { title: 'Pas de soutien de démarrage', detail: 'Le service n’est pas en soutien de démarrage : celui-ci n’a pas commencé, ou il est terminé.' },
  'early-life-not-over': { title: 'Le soutien de démarrage continue', detail: 'Ce sera possible dès que la période de soutien est terminée ; son dernier jour est le {until}.' },
  'exit-criteria-open': { title: 'Des critères de fin ne sont pas remplis', detail: 'Le service n’est pas transféré tant que ceux-ci ne sont ni remplis ni acceptés : {criteria}.' },
  'acceptance-invalid': { title: 'Acceptation incorrecte', detail: 'Cela ne peut pas être accepté ainsi ; voyez les champs.' },
  'duty-invalid': { title: 'Présences incorrectes', detail: 'Les jours, les personnes ou les contacts ne conviennent pas ; voyez les champs.' },
  'signature-invalid': { title: 'Signature incorrecte', detail: 'Le message n’est pas signé comme il faut : vérifiez l’adresse, l’horloge de l’expéditeur et ce qui est signé.' },
  'too-many-requests': { title: 'Trop de messages', detail: 'Ce système envoie tant de messages qu’ils doivent attendre ; renvoyez-le plus tard.' },
  'unknown-webhook': { title: 'Webhook introuvable', detail: 'Aucun webhook de ce nom ne transmet de chiffres ici.' },
};

export const EARLY_LIFE = { en, nl, fr } as const;
