/** Words of the handover document. */
const en = {
  'title': 'Handover of “{service}”', 'draft': 'Provisional: the service has not been transferred.', 'transferred': 'Transferred on {day}.', 'withdrawn': 'The service is not handed over.', 'project': 'Project', 'phase': 'Phase', 'service': 'Service', 'owner': 'Service owner', 'teams': 'Received by',
  'delivering': 'Handed over by', 'levels': 'Service levels', 'state': 'State', 'none': 'None', 'criteria': 'Acceptance criteria', 'readiness': 'Operational readiness', 'what': 'What', 'status': 'State', 'by': 'By', 'on': 'On', 'evidence': 'Evidence', 'knowledge': 'Knowledge transfer',
  'attended': 'Attended by', 'confirmed-by': 'Answered by', 'sign-offs': 'Sign-offs', 'who': 'Who', 'for': 'For', 'answer': 'Answer', 'in-the-name-of': '{delegate}, in the name of {person}', 'conditions': 'Conditions of acceptance', 'defect': 'What is not as it should be', 'plan': 'How it will be mended',
  'until': 'Until', 'support': 'Early-life support', 'period': 'Period', 'from-until': '{from} to {until}', 'extended': 'Lengthened by {days} days on {day}: {criteria}', 'days-told': 'Days with figures', 'criterion': 'Exit criterion', 'value': 'Value', 'limit': 'Limit', 'accepted': 'accepted for a time',
  'articles': 'Articles for the service desk', 'digest': 'Evidence that was signed (SHA-256)', 'page': 'Page {page} of {pages}', 'erased': '(erased)', 'yes': 'yes', 'no': 'no', 'not-applicable': 'Not applicable: {reason} (accepted by {person})', 'handed-back': 'Handed back on {day} by {person}: {reason}',
  'status-preparing': 'being prepared', 'status-early-life': 'in early-life support', 'status-handed-back': 'handed back', 'status-transferred': 'transferred', 'status-withdrawn': 'withdrawn',
  'entry-open': 'open', 'entry-met': 'met', 'entry-proposed': 'proposed as not applicable', 'entry-waived': 'not applicable', 'session-wanted': 'to be planned', 'session-planned': 'planned', 'session-held': 'held', 'session-confirmed': 'confirmed', 'session-incomplete': 'incomplete', 'session-dropped': 'dropped',
  'condition-open': 'open', 'condition-expired': 'expired', 'condition-met': 'met', 'vote-approve': 'signed', 'vote-approve-with-conditions': 'signed under conditions', 'vote-rework': 'refused', 'vote-stop': 'refused', 'vote-abstain': 'abstained',
  'verdict-met': 'met', 'verdict-unmet': 'not met', 'verdict-missing': 'figures are missing', 'verdict-pending': 'no day is over yet', 'unit-percent': '%', 'unit-minutes': 'minutes', 'unit-hours': 'hours', 'unit-days': 'days', 'unit-count': '',
} as const;
export type DocumentWord = keyof typeof en;
type Words = Readonly<Record<DocumentWord, string>>;

const nl: Words = {
  'title': 'Overdracht van “{service}”', 'draft': 'Voorlopig: de dienst is nog niet overgedragen.', 'transferred': 'Overgedragen op {day}.', 'withdrawn': 'De dienst wordt niet overgedragen.', 'project': 'Project', 'phase': 'Fase', 'service': 'Dienst', 'owner': 'Diensteigenaar', 'teams': 'Ontvangen door',
  'delivering': 'Overgedragen door', 'levels': 'Dienstenniveaus', 'state': 'Stand', 'none': 'Geen', 'criteria': 'Aanvaardingscriteria', 'readiness': 'Operationele gereedheid', 'what': 'Wat', 'status': 'Stand', 'by': 'Door', 'on': 'Op', 'evidence': 'Bewijs', 'knowledge': 'Kennisoverdracht',
  'attended': 'Bijgewoond door', 'confirmed-by': 'Beantwoord door', 'sign-offs': 'Aftekeningen', 'who': 'Wie', 'for': 'Voor', 'answer': 'Antwoord', 'in-the-name-of': '{delegate}, in naam van {person}', 'conditions': 'Voorwaarden van aanvaarding', 'defect': 'Wat niet is zoals het hoort', 'plan': 'Hoe het hersteld wordt',
  'until': 'Tot', 'support': 'Nazorg', 'period': 'Periode', 'from-until': '{from} tot {until}', 'extended': 'Verlengd met {days} dagen op {day}: {criteria}', 'days-told': 'Dagen met cijfers', 'criterion': 'Exitcriterium', 'value': 'Waarde', 'limit': 'Grens', 'accepted': 'tijdelijk aanvaard',
  'articles': 'Artikels voor de servicedesk', 'digest': 'Afgetekend bewijs (SHA-256)', 'page': 'Blad {page} van {pages}', 'erased': '(gewist)', 'yes': 'ja', 'no': 'nee', 'not-applicable': 'Niet van toepassing: {reason} (aanvaard door {person})', 'handed-back': 'Teruggegeven op {day} door {person}: {reason}',
  'status-preparing': 'in voorbereiding', 'status-early-life': 'in nazorg', 'status-handed-back': 'teruggegeven', 'status-transferred': 'overgedragen', 'status-withdrawn': 'ingetrokken',
  'entry-open': 'open', 'entry-met': 'gehaald', 'entry-proposed': 'voorgesteld als niet van toepassing', 'entry-waived': 'niet van toepassing', 'session-wanted': 'te plannen', 'session-planned': 'gepland', 'session-held': 'gehouden', 'session-confirmed': 'bevestigd', 'session-incomplete': 'onvolledig', 'session-dropped': 'geschrapt',
  'condition-open': 'open', 'condition-expired': 'vervallen', 'condition-met': 'vervuld', 'vote-approve': 'afgetekend', 'vote-approve-with-conditions': 'afgetekend onder voorwaarden', 'vote-rework': 'geweigerd', 'vote-stop': 'geweigerd', 'vote-abstain': 'onthouden',
  'verdict-met': 'gehaald', 'verdict-unmet': 'niet gehaald', 'verdict-missing': 'er ontbreken cijfers', 'verdict-pending': 'er is nog geen dag voorbij', 'unit-percent': '%', 'unit-minutes': 'minuten', 'unit-hours': 'uren', 'unit-days': 'dagen', 'unit-count': '',
};

const fr: Words = {
  'title': 'Transfert de « {service} »', 'draft': 'Provisoire : le service n’est pas encore transféré.', 'transferred': 'Transféré le {day}.', 'withdrawn': 'Le service n’est pas transféré.', 'project': 'Projet', 'phase': 'Phase', 'service': 'Service', 'owner': 'Propriétaire du service', 'teams': 'Repris par',
  'delivering': 'Cédé par', 'levels': 'Niveaux de service', 'state': 'État', 'none': 'Aucun', 'criteria': 'Critères d’acceptation', 'readiness': 'Préparation opérationnelle', 'what': 'Quoi', 'status': 'État', 'by': 'Par', 'on': 'Le', 'evidence': 'Preuve', 'knowledge': 'Transfert de connaissances',
  'attended': 'En présence de', 'confirmed-by': 'Réponse de', 'sign-offs': 'Signatures', 'who': 'Qui', 'for': 'Pour', 'answer': 'Réponse', 'in-the-name-of': '{delegate}, au nom de {person}', 'conditions': 'Conditions d’acceptation', 'defect': 'Ce qui n’est pas comme il faut', 'plan': 'Comment y remédier',
  'until': 'Jusqu’au', 'support': 'Soutien de démarrage', 'period': 'Période', 'from-until': 'du {from} au {until}', 'extended': 'Prolongé de {days} jours le {day} : {criteria}', 'days-told': 'Jours avec chiffres', 'criterion': 'Critère de fin', 'value': 'Valeur', 'limit': 'Limite', 'accepted': 'accepté pour un temps',
  'articles': 'Articles pour le centre de services', 'digest': 'Preuve signée (SHA-256)', 'page': 'Page {page} sur {pages}', 'erased': '(effacé)', 'yes': 'oui', 'no': 'non', 'not-applicable': 'Sans objet : {reason} (accepté par {person})', 'handed-back': 'Rendu le {day} par {person} : {reason}',
  'status-preparing': 'en préparation', 'status-early-life': 'en soutien de démarrage', 'status-handed-back': 'rendu', 'status-transferred': 'transféré', 'status-withdrawn': 'retiré',
  'entry-open': 'ouvert', 'entry-met': 'rempli', 'entry-proposed': 'proposé comme sans objet', 'entry-waived': 'sans objet', 'session-wanted': 'à planifier', 'session-planned': 'planifiée', 'session-held': 'tenue', 'session-confirmed': 'confirmée', 'session-incomplete': 'incomplète', 'session-dropped': 'supprimée',
  'condition-open': 'ouverte', 'condition-expired': 'expirée', 'condition-met': 'remplie', 'vote-approve': 'signé', 'vote-approve-with-conditions': 'signé sous conditions', 'vote-rework': 'refusé', 'vote-stop': 'refusé', 'vote-abstain': 'abstention',
  'verdict-met': 'rempli', 'verdict-unmet': 'non rempli', 'verdict-missing': 'des chiffres manquent', 'verdict-pending': 'aucun jour n’est terminé', 'unit-percent': '%', 'unit-minutes': 'minutes', 'unit-hours': 'heures', 'unit-days': 'jours', 'unit-count': '',
};

export const DOCUMENT: Readonly<Record<'en' | 'nl' | 'fr', Words>> = { en, nl, fr };
