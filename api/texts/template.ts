/** What is wrong with a template, in Dutch and French: by the form of the sentence as the domain says it in English. */
import type { Problem } from '../../domain/template/problem';
import { fill, inEnglish, type Sentence } from '../../domain/template/say';
import type { Language } from '../http/language';
import { keepTogether } from './spaces';

type Other = Exclude<Language, 'en'>;

/** Numbers stand for what differs; every form that is said has its entry. */
export const TEMPLATE_TEXTS: Readonly<Record<string, Readonly<Record<Other, string>>>> = {
  // Names
  'there is no {0} "{1}"{2}': { nl: '{0} “{1}” bestaat niet{2}', fr: '{0} inconnu(e) : « {1} »{2}' },
  'another {0} has the key "{1}" already': { nl: 'de sleutel “{1}” is al gebruikt: {0}', fr: 'la clé « {1} » est déjà prise : {0}' },
  'another gate has the key "{0}" already': { nl: 'een andere poort heeft de sleutel “{0}” al', fr: 'une autre porte a déjà la clé « {0} »' },
  '; did you mean "{0}"?': { nl: '; bedoelde u “{0}”?', fr: ' ; vouliez-vous dire « {0} » ?' },
  '; known are {0}': { nl: '; gekend zijn {0}', fr: ' ; sont connus : {0}' }, '; there are {0}': { nl: '; er zijn {0}', fr: ' ; il y a {0}' }, '; it has {0}': { nl: '; het heeft {0}', fr: ' ; il a {0}' },
  'none': { nl: 'geen', fr: 'aucun' }, 'nothing': { nl: 'niets', fr: 'rien' },
  'role': { nl: 'rol', fr: 'rôle' }, 'step': { nl: 'stap', fr: 'étape' }, 'phase': { nl: 'fase', fr: 'phase' }, 'task': { nl: 'taak', fr: 'tâche' }, 'deliverable': { nl: 'oplevering', fr: 'livrable' },
  'field': { nl: 'veld', fr: 'champ' }, 'choice': { nl: 'keuze', fr: 'choix' }, 'gate': { nl: 'poort', fr: 'porte' }, 'kind': { nl: 'soort', fr: 'genre' }, 'column': { nl: 'kolom', fr: 'colonne' },
  'parameter': { nl: 'parameter', fr: 'paramètre' }, 'kind of item': { nl: 'soort items', fr: 'genre d’éléments' },
  'deliverable of the phase': { nl: 'oplevering van de fase', fr: 'livrable de la phase' }, 'task of the phase': { nl: 'taak van de fase', fr: 'tâche de la phase' }, 'team of the phase': { nl: 'team van de fase', fr: 'équipe de la phase' },
  'field of the task': { nl: 'veld van de taak', fr: 'champ de la tâche' }, 'item of the checklist': { nl: 'punt van de checklist', fr: 'point de la liste de contrôle' }, 'choice of the field': { nl: 'keuze van het veld', fr: 'choix du champ' },
  'column of the table': { nl: 'kolom van de tabel', fr: 'colonne du tableau' }, 'criterion of the gate': { nl: 'criterium van de poort', fr: 'critère de la porte' }, 'step of the approval': { nl: 'stap van de goedkeuring', fr: 'étape de l’approbation' },
  'level of change control': { nl: 'niveau van het wijzigingsbeheer', fr: 'niveau de la gestion des modifications' },
  'question of the pulse': { nl: 'vraag van de barometer', fr: 'question du baromètre' }, 'entry of the Definition of Ready': { nl: 'punt van de Definition of Ready', fr: 'point de la Definition of Ready' }, 'entry of the Definition of Done': { nl: 'punt van de Definition of Done', fr: 'point de la Definition of Done' },
  '"{0}" is a role beyond projects; choose another key': { nl: '“{0}” is een rol die boven projecten staat; kies een andere sleutel', fr: '« {0} » est un rôle au-dessus des projets ; choisissez une autre clé' },
  '"{0}" is a body itself; name its members': { nl: '“{0}” is zelf een orgaan; noem de leden ervan', fr: '« {0} » est lui-même un organe ; nommez ses membres' },
  '"{0}" chairs but is no member': { nl: '“{0}” zit voor maar is geen lid', fr: '« {0} » préside mais n’est pas membre' },
  'a project is run by a role, not by a body': { nl: 'een project wordt geleid door een rol, niet door een orgaan', fr: 'un projet est dirigé par un rôle, non par un organe' },
  // Phases and tasks
  'no task of the phase produces "{0}"': { nl: 'geen taak van de fase levert “{0}”', fr: 'aucune tâche de la phase ne produit « {0} »' },
  'a task can\'t wait for its own phase': { nl: 'een taak kan niet wachten op haar eigen fase', fr: 'une tâche ne peut attendre sa propre phase' },
  'give either dueDays or due': { nl: 'geef ofwel dueDays ofwel due', fr: 'donnez soit dueDays, soit due' },
  'an estimate goes from the best case by the likely to the worst': { nl: 'een schatting gaat van het beste geval over het waarschijnlijke naar het slechtste', fr: 'une estimation va du meilleur cas au pire, en passant par le probable' },
  '"{0}" may begin before "{1}" is done; let it wait for that (after: [{2}])': { nl: '“{0}” kan beginnen voor “{1}” klaar is; laat het daarop wachten (after: [{2}])', fr: '« {0} » peut commencer avant que « {1} » ne soit fait ; faites-le attendre (after: [{2}])' },
  '"{0}" is done once per item; there is no one moment of it': { nl: '“{0}” gebeurt één keer per item; daarvan is er niet één moment', fr: '« {0} » se fait une fois par élément ; il n’en est pas de moment unique' },
  '"{0}" is no phase before "{1}"': { nl: '“{0}” is geen fase vóór “{1}”', fr: '« {0} » n’est pas une phase avant « {1} »' },
  '"{0}" builds on "{1}" too and may be under way beside "{2}"; let it come after "{3}"': { nl: '“{0}” bouwt ook voort op “{1}” en kan naast “{2}” bezig zijn; laat het na “{3}” komen', fr: '« {0} » s’appuie aussi sur « {1} » et peut être en cours à côté de « {2} » ; placez-la après « {3} »' },
  'each waits for the next, in a circle: {0}': { nl: 'elk wacht op het volgende, in een kring: {0}', fr: 'chacun attend le suivant, en cercle : {0}' },
  '"{0}" has passed when "{1}" is stopped': { nl: '“{0}” is al gepasseerd als “{1}” gestopt wordt', fr: '« {0} » est déjà passée quand « {1} » est arrêtée' },
  'a stop can\'t lead to the phase that is stopped': { nl: 'een stop kan niet leiden naar de fase die gestopt wordt', fr: 'un arrêt ne peut mener à la phase arrêtée' },
  'the plan takes {0} bytes; at most {1} can be run': { nl: 'het plan telt {0} bytes; hoogstens {1} kunnen uitgevoerd worden', fr: 'le plan prend {0} octets ; {1} au plus peuvent être exécutés' },
  // Backlogs
  'a phase of the kind "{0}" has no backlog: make it one of the kind "iterations"': { nl: 'een fase van de soort “{0}” heeft geen backlog: maak er een van de soort “iterations” van', fr: 'une phase du genre « {0} » n’a pas de backlog : faites-en une du genre « iterations »' },
  'the phase has no backlog: give it iterations': { nl: 'de fase heeft geen backlog: geef haar iterations', fr: 'la phase n’a pas de backlog : donnez-lui iterations' },
  'a sprint has at most {0} working days: give the parameter a max': { nl: 'een sprint telt hoogstens {0} werkdagen: geef de parameter een max', fr: 'un sprint compte au plus {0} jours ouvrables : donnez un max au paramètre' },
  'a team without sprintDays has no sprints that could follow each other': { nl: 'een team zonder sprintDays heeft geen sprints die elkaar kunnen opvolgen', fr: 'une équipe sans sprintDays n’a pas de sprints qui puissent se suivre' },
  '"{0}" comes after "{1}", so that its items could never begin': { nl: '“{0}” komt na “{1}”, zodat de items nooit kunnen beginnen', fr: '« {0} » vient après « {1} » : ses éléments ne pourraient jamais commencer' },
  '"{0}" is no phase with a backlog': { nl: '“{0}” is geen fase met een backlog', fr: '« {0} » n’est pas une phase avec un backlog' },
  'a task can\'t wait for the backlog of its own phase: the gate can look at it': { nl: 'een taak kan niet wachten op de backlog van haar eigen fase: de poort kan ernaar kijken', fr: 'une tâche ne peut attendre le backlog de sa propre phase : la porte peut le regarder' },
  'items can wait for what other phases deliver': { nl: 'items kunnen wachten op wat andere fasen opleveren', fr: 'des éléments peuvent attendre ce que d’autres phases livrent' },
  'no task of "{0}" produces "{1}"': { nl: 'geen taak van “{0}” levert “{1}”', fr: 'aucune tâche de « {0} » ne produit « {1} »' },
  'nobody could decide on more: give the template change control': { nl: 'niemand zou over meer kunnen beslissen: geef het sjabloon changeControl', fr: 'personne ne pourrait décider de plus : donnez changeControl au modèle' },
  'there is no phase "{0}"': { nl: 'er is geen fase “{0}”', fr: 'il n’y a pas de phase « {0} »' },
  'what is promised is what stands in the backlog when the first sprint starts, and no team has sprints': { nl: 'beloofd is wat in de backlog staat als de eerste sprint start, en geen team heeft sprints', fr: 'est promis ce qui est dans le backlog au début du premier sprint, et aucune équipe n’a de sprints' },
  'what produces "{0}" waits for the items that wait for it': { nl: 'wat “{0}” levert, wacht op de items die erop wachten', fr: 'ce qui produit « {0} » attend les éléments qui l’attendent' },
  // Services
  'no service is handed over in a phase of the kind "{0}": make it one of the kind "handover"': { nl: 'in een fase van de soort “{0}” wordt geen dienst overgedragen: maak er een van de soort “handover” van', fr: 'aucun service n’est remis dans une phase du genre « {0} » : faites-en une du genre « handover »' },
  'no services are handed over in "{0}": give it a handover': { nl: 'in “{0}” worden geen diensten overgedragen: geef haar een handover', fr: 'aucun service n’est remis dans « {0} » : donnez-lui un handover' },
  'another task, criterion or item of the phase has the key "{0}" already': { nl: 'een andere taak, criterium of punt van de fase heeft de sleutel “{0}” al', fr: 'une autre tâche, un critère ou un point de la phase a déjà la clé « {0} »' },
  'all who sign a service off sign each service': { nl: 'wie een dienst aftekent, tekent elke dienst af', fr: 'qui signe pour un service signe pour chaque service' },
  'exit criterion of the phase': { nl: 'uitstapcriterium van de fase', fr: 'critère de sortie de la phase' }, 'topic of the phase': { nl: 'onderwerp van de fase', fr: 'sujet de la phase' }, 'field of the entry': { nl: 'veld van het punt', fr: 'champ du point' },
  'only incidents have priorities': { nl: 'alleen incidenten hebben prioriteiten', fr: 'seuls les incidents ont des priorités' },
  'a service level has no total: say "each-day" or "last-day"': { nl: 'een serviceniveau heeft geen totaal: zeg “each-day” of “last-day”', fr: 'un niveau de service n’a pas de total : dites « each-day » ou « last-day »' },
  'what stays open would count anew each day: say "each-day" or "last-day"': { nl: 'wat openblijft, zou elke dag opnieuw tellen: zeg “each-day” of “last-day”', fr: 'ce qui reste ouvert compterait à nouveau chaque jour : dites « each-day » ou « last-day »' },
  'a service level is at most 100 %': { nl: 'een serviceniveau is hoogstens 100 %', fr: 'un niveau de service est d’au plus 100 %' },
  'the period has only {0} days': { nl: 'de periode telt maar {0} dagen', fr: 'la période ne compte que {0} jours' },
  'in a sprint of this length it takes at most {0} hours (Scrum Guide 2020)': { nl: 'in een sprint van deze lengte duurt het hoogstens {0} uren (Scrum Guide 2020)', fr: 'dans un sprint de cette durée, cela prend au plus {0} heures (Scrum Guide 2020)' },
  // Gates and approvals
  'a step needs roles, groups or persons that decide': { nl: 'een stap heeft rollen, groepen of personen nodig die beslissen', fr: 'une étape a besoin de rôles, de groupes ou de personnes qui décident' },
  'no gate comes before this one, so no conditions can be open': { nl: 'voor deze poort komt er geen, dus kunnen er geen voorwaarden openstaan', fr: 'aucune porte ne précède celle-ci : aucune condition ne peut donc être ouverte' },
  'the approval does not have the outcome {0}': { nl: 'de goedkeuring heeft de uitkomst {0} niet', fr: 'l’approbation n’a pas l’issue {0}' },
  'escalateTo and escalateAfterDays need each other': { nl: 'escalateTo en escalateAfterDays horen samen', fr: 'escalateTo et escalateAfterDays vont ensemble' },
  '{0} needs a role (to)': { nl: '{0} heeft een rol nodig (to)', fr: '{0} a besoin d’un rôle (to)' }, '{0} takes no role': { nl: '{0} neemt geen rol', fr: '{0} ne prend pas de rôle' },
  'decide needs an outcome': { nl: 'decide heeft een uitkomst nodig', fr: 'decide a besoin d’une issue' }, '{0} takes no outcome': { nl: '{0} neemt geen uitkomst', fr: '{0} ne prend pas d’issue' },
  'raise needs a role (to)': { nl: 'raise heeft een rol nodig (to)', fr: 'raise a besoin d’un rôle (to)' }, 'remind takes no role': { nl: 'remind neemt geen rol', fr: 'remind ne prend pas de rôle' },
  'with separationOfDuties somebody who did not do the work has to look at it: it can not be approved by itself': { nl: 'met separationOfDuties moet iemand ernaar kijken die het werk niet deed: het kan niet vanzelf goedgekeurd worden', fr: 'avec separationOfDuties, quelqu’un qui n’a pas fait le travail doit le regarder : cela ne peut être approuvé d’office' },
  'give either days or hours': { nl: 'geef ofwel days ofwel hours', fr: 'donnez soit days, soit hours' },
  'the task has no due date (dueDays)': { nl: 'de taak heeft geen vervaldag (dueDays)', fr: 'la tâche n’a pas d’échéance (dueDays)' }, 'the approval has no due date (dueDays)': { nl: 'de goedkeuring heeft geen vervaldag (dueDays)', fr: 'l’approbation n’a pas d’échéance (dueDays)' },
  'nothing happens before the opening; count from the due date (after: due)': { nl: 'vóór de opening gebeurt er niets; tel vanaf de vervaldag (after: due)', fr: 'rien ne se passe avant l’ouverture ; comptez à partir de l’échéance (after: due)' },
  'a change has no evidence that a step could look at': { nl: 'een wijziging heeft geen bewijs waarnaar een stap kan kijken', fr: 'une modification n’a pas de preuve qu’une étape puisse regarder' },
  'decides on less than the level before it': { nl: 'beslist over minder dan het niveau ervoor', fr: 'décide de moins que le niveau précédent' },
  'decides on everything, so that the levels after it never do': { nl: 'beslist over alles, zodat de niveaus erna het nooit doen', fr: 'décide de tout, si bien que les niveaux suivants ne décident jamais' },
  // Fields and tests
  'no number is at least {0} and at most {1}': { nl: 'geen getal is minstens {0} en hoogstens {1}', fr: 'aucun nombre n’est d’au moins {0} et d’au plus {1}' },
  'no table has at least {0} and at most {1} rows': { nl: 'geen tabel heeft minstens {0} en hoogstens {1} rijen', fr: 'aucun tableau n’a au moins {0} et au plus {1} lignes' },
  'a {0} can\'t be tested; a choice, checkbox, number or date can': { nl: 'een veld van het type {0} kan niet getoetst worden; choice, checkbox, number en date wel', fr: 'un champ du type {0} ne peut être testé ; choice, checkbox, number et date le peuvent' },
  '"{0}" never has the value {1}': { nl: '“{0}” heeft nooit de waarde {1}', fr: '« {0} » n’a jamais la valeur {1}' },
  'an attribute that is a choice names its choices': { nl: 'een attribuut dat een keuze is, noemt de keuzes', fr: 'un attribut à choix nomme ses choix' },
  // Calendars
  'the period ends ({0}) before it begins ({1})': { nl: 'de periode eindigt ({0}) voor ze begint ({1})', fr: 'la période se termine ({0}) avant de commencer ({1})' },
  'the template names the calendar "{0}", not "{1}"': { nl: 'het sjabloon noemt de kalender “{0}”, niet “{1}”', fr: 'le modèle nomme le calendrier « {0} », non « {1} »' },
  'the plan takes up to {0} working days; the calendar "{1}" knows {2}': { nl: 'het plan duurt tot {0} werkdagen; de kalender “{1}” kent er {2}', fr: 'le plan prend jusqu’à {0} jours ouvrables ; le calendrier « {1} » en connaît {2}' },
  'there is no such calendar: {0}': { nl: 'zo’n kalender is er niet: {0}', fr: 'il n’y a pas de tel calendrier : {0}' },
  // Conditions
  'a condition must be true or false; this is a {0}': { nl: 'een voorwaarde is waar of onwaar; dit is van het type {0}', fr: 'une condition est vraie ou fausse ; ceci est du type {0}' },
  'the condition is empty': { nl: 'de voorwaarde is leeg', fr: 'la condition est vide' }, 'the condition ends too early': { nl: 'de voorwaarde stopt te vroeg', fr: 'la condition s’arrête trop tôt' },
  'not understood after "{0}" (character {1})': { nl: 'niet begrepen na “{0}” (teken {1})', fr: 'incompris après « {0} » (caractère {1})' }, 'the condition is nested too deeply': { nl: 'de voorwaarde is te diep genest', fr: 'la condition est trop imbriquée' },
  '"{0}" can\'t be used in a condition; docs/templates.md lists what can': { nl: '“{0}” kan niet in een voorwaarde; docs/templates.md zegt wat wel kan', fr: '« {0} » ne peut servir dans une condition ; docs/templates.md dit ce qui peut' },
  '"{0}" can\'t be used in a condition': { nl: '“{0}” kan niet in een voorwaarde', fr: '« {0} » ne peut servir dans une condition' },
  '{0} is no text': { nl: '{0} is geen tekst', fr: '{0} n’est pas un texte' }, '{0}: write a date as date("2027-01-31")': { nl: '{0}: schrijf een datum als date("2027-01-31")', fr: '{0} : écrivez une date comme date("2027-01-31")' },
  '; write a date as date("2027-01-31")': { nl: '; schrijf een datum als date("2027-01-31")', fr: ' ; écrivez une date comme date("2027-01-31")' },
  '"{0}" has no part "{1}"': { nl: '“{0}” heeft geen deel “{1}”', fr: '« {0} » n’a pas de partie « {1} »' }, ' in "{0}"': { nl: ' in “{0}”', fr: ' dans « {0} »' },
  'there is no "{0}"{1}{2}': { nl: '“{0}” bestaat niet{1}{2}', fr: '« {0} » n’existe pas{1}{2}' },
  '"{0}" is no value; name one of its parts: {1}': { nl: '“{0}” is geen waarde; noem een van de delen: {1}', fr: '« {0} » n’est pas une valeur ; nommez l’une de ses parties : {1}' },
  'in: nothing to compare with': { nl: 'in: niets om mee te vergelijken', fr: 'in : rien à comparer' },
  '{0}() can\'t be used: a condition must mean the same whenever it is looked at': { nl: '{0}() kan niet: een voorwaarde betekent hetzelfde, wanneer er ook naar gekeken wordt', fr: '{0}() ne peut servir : une condition a le même sens à tout moment' },
  '{0}() takes other arguments': { nl: '{0}() neemt andere argumenten', fr: '{0}() prend d’autres arguments' }, 'there is no function "{0}"; known are {1}': { nl: 'er is geen functie “{0}”; gekend zijn {1}', fr: 'il n’y a pas de fonction « {0} » ; sont connues : {1}' },
  '{0} takes a {1}, not a {2}': { nl: '{0} neemt het type {1}, niet {2}', fr: '{0} prend le type {1}, non {2}' }, 'if gives a {0} or a {1}; both must be of one type': { nl: 'if geeft het type {0} of {1}; beide moeten van één type zijn', fr: 'if donne le type {0} ou {1} ; les deux doivent être du même type' },
  'a {0} can\'t be compared with a {1}{2}': { nl: 'het type {0} kan niet vergeleken worden met {1}{2}', fr: 'le type {0} ne se compare pas à {1}{2}' }, 'true and false have no order': { nl: 'waar en onwaar hebben geen volgorde', fr: 'vrai et faux n’ont pas d’ordre' },
  'there is no choice "{0}"{1}': { nl: 'er is geen keuze “{0}”{1}', fr: 'il n’y a pas de choix « {0} »{1}' },
  // Fragments
  'fragments include each other in a circle: {0}': { nl: 'fragmenten nemen elkaar op in een kring: {0}', fr: 'des fragments s’incluent en cercle : {0}' }, 'fragments include each other more than {0} deep': { nl: 'fragmenten nemen elkaar meer dan {0} niveaus diep op', fr: 'des fragments s’incluent sur plus de {0} niveaux' },
  'more than {0} fragments are included': { nl: 'meer dan {0} fragmenten worden opgenomen', fr: 'plus de {0} fragments sont inclus' }, 'there is no fragment "{0}"{1}': { nl: 'er is geen fragment “{0}”{1}', fr: 'il n’y a pas de fragment « {0} »{1}' },
  'a fragment says "fragment: 1"': { nl: 'een fragment zegt “fragment: 1”', fr: 'un fragment dit « fragment: 1 »' },
  'the fragment has no parameter "{0}"{1}': { nl: 'het fragment heeft geen parameter “{0}”{1}', fr: 'le fragment n’a pas de paramètre « {0} »{1}' }, 'the fragment has no parameter "{0}"': { nl: 'het fragment heeft geen parameter “{0}”', fr: 'le fragment n’a pas de paramètre « {0} »' },
  // Parameters and inventory
  'there is no parameter "{0}"{1}': { nl: 'er is geen parameter “{0}”{1}', fr: 'il n’y a pas de paramètre « {0} »{1}' }, 'the template has no parameter "{0}"{1}': { nl: 'het sjabloon heeft geen parameter “{0}”{1}', fr: 'le modèle n’a pas de paramètre « {0} »{1}' },
  '"{0}" is a {1}; a person is wanted here': { nl: '“{0}” is van het type {1}; hier hoort een persoon', fr: '« {0} » est du type {1} ; il faut ici une personne' }, '"{0}" is a {1}; a {2} is wanted here': { nl: '“{0}” is van het type {1}; hier hoort {2}', fr: '« {0} » est du type {1} ; il faut ici {2}' },
  'the parameter "{0}" ({1}) has no value': { nl: 'de parameter “{0}” ({1}) heeft geen waarde', fr: 'le paramètre « {0} » ({1}) n’a pas de valeur' }, 'the parameter "{0}" must be {1}': { nl: 'de parameter “{0}” moet {1} zijn', fr: 'le paramètre « {0} » doit être {1}' },
  ', at least {0}': { nl: ', minstens {0}', fr: ', au moins {0}' }, ', at most {0}': { nl: ', hoogstens {0}', fr: ', au plus {0}' }, 'a number{0}{1}': { nl: 'een getal{0}{1}', fr: 'un nombre{0}{1}' }, 'one of {0}': { nl: 'een van {0}', fr: 'l’un de {0}' },
  'true or false': { nl: 'waar of onwaar', fr: 'vrai ou faux' }, 'a date such as 2027-01-31': { nl: 'een datum zoals 2027-01-31', fr: 'une date comme 2027-01-31' }, 'the id of a person': { nl: 'de id van een persoon', fr: 'l’identifiant d’une personne' },
  'a text': { nl: 'een tekst', fr: 'un texte' }, 'a number': { nl: 'een getal', fr: 'un nombre' },
  '{0} items; at most {1} are taken': { nl: '{0} items; hoogstens {1} worden aanvaard', fr: '{0} éléments ; {1} au plus sont acceptés' }, 'an id is made of lower-case letters, digits and hyphens': { nl: 'een id bestaat uit kleine letters, cijfers en koppeltekens', fr: 'un identifiant se compose de minuscules, de chiffres et de traits d’union' },
  'another item has the id "{0}" already': { nl: 'een ander item heeft de id “{0}” al', fr: 'un autre élément a déjà l’identifiant « {0} »' }, 'the template has no items of the kind "{0}"{1}': { nl: 'het sjabloon heeft geen items van de soort “{0}”{1}', fr: 'le modèle n’a pas d’éléments du genre « {0} »{1}' },
  'a {0} has no attribute "{1}"{2}': { nl: 'de soort {0} heeft geen attribuut “{1}”{2}', fr: 'le genre {0} n’a pas d’attribut « {1} »{2}' }, 'the attribute "{0}" of {1} has no value': { nl: 'het attribuut “{0}” van {1} heeft geen waarde', fr: 'l’attribut « {0} » de {1} n’a pas de valeur' },
  'the attribute "{0}" of {1} must be {2}': { nl: 'het attribuut “{0}” van {1} moet {2} zijn', fr: 'l’attribut « {0} » de {1} doit être {2}' },
  'no role that people hold; there are {0}': { nl: 'geen rol die mensen hebben; er zijn {0}', fr: 'aucun rôle que des personnes ont ; il y a {0}' }, 'no task of the template': { nl: 'geen taak van het sjabloon', fr: 'aucune tâche du modèle' },
  'the change {0} of its plan does not fit this version; it is left out with the decision "change:{1}": "drop"': { nl: 'de wijziging {0} van het plan past niet in deze versie; met de beslissing "change:{1}": "drop" valt ze weg', fr: 'la modification {0} de son plan ne convient pas à cette version ; la décision "change:{1}": "drop" l’écarte' },
  // The text and its shape
  'the text is nested too deeply': { nl: 'de tekst is te diep genest', fr: 'le texte est trop imbriqué' }, 'aliases stand for too much; at most {0} are followed': { nl: 'aliassen staan voor te veel; hoogstens {0} worden gevolgd', fr: 'les alias représentent trop ; {0} au plus sont suivis' },
  'the text has {0} characters; at most {1} are read': { nl: 'de tekst telt {0} tekens; hoogstens {1} worden gelezen', fr: 'le texte a {0} caractères ; {1} au plus sont lus' }, 'the text is empty': { nl: 'de tekst is leeg', fr: 'le texte est vide' },
  'the text holds {0} documents; one is expected': { nl: 'de tekst bevat {0} documenten; één wordt verwacht', fr: 'le texte contient {0} documents ; un seul est attendu' },
  // What follows the colon is the reader of YAML's own, in English.
  'not well written: {0}': { nl: 'niet goed geschreven: {0}', fr: 'mal écrit : {0}' },
  'the key "{0}" occurs twice in the same object': { nl: 'de sleutel “{0}” staat twee keer in hetzelfde object', fr: 'la clé « {0} » figure deux fois dans le même objet' }, 'this alias has no anchor before it': { nl: 'deze alias heeft geen anker ervoor', fr: 'cet alias n’a pas d’ancre avant lui' },
  'unknown key{0}': { nl: 'onbekende eigenschap{0}', fr: 'propriété inconnue{0}' }, 'must be one of {0}': { nl: 'moet een zijn van {0}', fr: 'doit être l’un de {0}' },
  'this is missing; it must be of the type {0}': { nl: 'dit ontbreekt; het moet van het type {0} zijn', fr: 'ceci manque ; ce doit être du type {0}' }, 'this must be of the type {0}': { nl: 'dit moet van het type {0} zijn', fr: 'ceci doit être du type {0}' },
  'this is missing; it must be one of {0}': { nl: 'dit ontbreekt; het moet een zijn van {0}', fr: 'ceci manque ; ce doit être l’un de {0}' }, 'this is missing': { nl: 'dit ontbreekt', fr: 'ceci manque' },
  'this does not have the form that is wanted here': { nl: 'dit heeft niet de vorm die hier hoort', fr: 'ceci n’a pas la forme voulue ici' },
  'at most {0} characters': { nl: 'hoogstens {0} tekens', fr: 'au plus {0} caractères' }, 'at most {0} entries': { nl: 'hoogstens {0} stuks', fr: 'au plus {0} entrées' }, 'at most {0}': { nl: 'hoogstens {0}', fr: 'au plus {0}' },
  'at least {0} characters': { nl: 'minstens {0} tekens', fr: 'au moins {0} caractères' }, 'at least {0} entries': { nl: 'minstens {0} stuks', fr: 'au moins {0} entrées' }, 'at least {0}': { nl: 'minstens {0}', fr: 'au moins {0}' },
  'must not be empty': { nl: 'mag niet leeg zijn', fr: 'ne peut être vide' }, 'must not contain control characters': { nl: 'mag geen stuurtekens bevatten', fr: 'ne peut contenir de caractères de contrôle' },
  'must be lower-case words joined by hyphens': { nl: 'moet bestaan uit kleine letters, met koppeltekens tussen de woorden', fr: 'doit être en minuscules, les mots joints par des traits d’union' }, 'is a reserved word': { nl: 'is een gereserveerd woord', fr: 'est un mot réservé' },
  'is reserved': { nl: 'is voorbehouden', fr: 'est réservé' }, 'is reserved for conditions': { nl: 'is voorbehouden voor voorwaarden', fr: 'est réservé aux conditions' }, 'must be a date such as 2027-01-31': { nl: 'moet een datum zijn zoals 2027-01-31', fr: 'doit être une date comme 2027-01-31' },
  'must be a time such as 08:30': { nl: 'moet een uur zijn zoals 08:30', fr: 'doit être une heure comme 08:30' }, 'must be a semantic version such as 1.0.0': { nl: 'moet een semantische versie zijn zoals 1.0.0', fr: 'doit être une version sémantique comme 1.0.0' },
  'must be a currency such as EUR': { nl: 'moet een munt zijn zoals EUR', fr: 'doit être une devise comme EUR' },
};

/** A sentence in a language. A test goes over all that can be said. */
export function sentenceIn(sentence: Sentence, language: Language): string {
  if (language === 'en') return inEnglish(sentence);
  const text = TEMPLATE_TEXTS[sentence.form]?.[language] ?? sentence.form;
  return fill(language === 'fr' ? keepTogether(text) : text, sentence.parts, (part) => sentenceIn(part, language));
}

/** A problem of a template with its sentence in a language. */
export function problemIn({ said, ...problem }: Problem, language: Language): Omit<Problem, 'said'> {
  return { ...problem, detail: sentenceIn(said, language) };
}

/** What is wrong, and where, for who needs no more. */
export const wrongIn = ({ pointer, said }: Pick<Problem, 'pointer' | 'said'>, language: Language): { readonly pointer: string; readonly detail: string } => ({ pointer, detail: sentenceIn(said, language) });
