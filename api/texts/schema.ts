/** What the JSON Schema of the lifecycle language says of its properties, in Dutch and French; its own sentences are English. */
import type { Language } from '../http/language';

type Other = Exclude<Language, 'en'>;

/** By the English sentence, as `domain/template/schema` has it. */
export const SCHEMA_TEXTS: Readonly<Record<string, Readonly<Record<Other, string>>>> = {
  'Whether one person alone can hold it.': { nl: 'Of maar één persoon ze kan hebben.', fr: 'Si une seule personne peut l’avoir.' },
  'Whoever holds it decides in person: no delegate does.': { nl: 'Wie ze heeft, beslist zelf: geen plaatsvervanger doet het.', fr: 'Qui l’a décide en personne : aucun remplaçant ne le fait.' },
  'Roles of which nobody may hold two.': { nl: 'Rollen waarvan niemand er twee mag hebben.', fr: 'Rôles dont personne ne peut en avoir deux.' },
  'A condition in FEEL, such as: evidence.assess.risk = "high" and parameters.budget > 50000': { nl: 'Een voorwaarde in FEEL, zoals: evidence.assess.risk = "high" and parameters.budget > 50000', fr: 'Une condition en FEEL, par exemple : evidence.assess.risk = "high" and parameters.budget > 50000' },
  'Working days at best, most likely and at worst.': { nl: 'Werkdagen in het beste geval, het waarschijnlijkst en in het slechtste geval.', fr: 'Jours ouvrables au mieux, le plus probable et au pire.' },
  'Working days after the task became ready.': { nl: 'Werkdagen nadat de taak kon beginnen.', fr: 'Jours ouvrables après que la tâche a pu commencer.' },
  'What happens by itself around the due date, as long as the task is not done.': { nl: 'Wat vanzelf gebeurt rond de vervaldag, zolang de taak niet klaar is.', fr: 'Ce qui se passe de soi-même autour de l’échéance, tant que la tâche n’est pas faite.' },
  'Working days; reached at the end of that day. Negative before the due date.': { nl: 'Werkdagen; bereikt op het einde van die dag. Negatief vóór de vervaldag.', fr: 'Jours ouvrables ; atteint à la fin de ce jour. Négatif avant l’échéance.' },
  'Working hours. Negative before the due date.': { nl: 'Werkuren. Negatief vóór de vervaldag.', fr: 'Heures ouvrables. Négatif avant l’échéance.' },
  'The role that is told; it may be program-manager or project-office.': { nl: 'De rol die verwittigd wordt; dat mag ook program-manager of project-office zijn.', fr: 'Le rôle qui est averti ; ce peut être program-manager ou project-office.' },
  'Whether the task can be completed only once it is ticked.': { nl: 'Of de taak pas voltooid kan worden als het aangevinkt is.', fr: 'Si la tâche ne peut être achevée qu’une fois cela coché.' },
  'Gates of phases before; all of them when not given. The conditions under which they were approved must be met.': { nl: 'Poorten van fasen ervoor; alle als er niets staat. Aan de voorwaarden waaronder ze goedgekeurd werden, moet voldaan zijn.', fr: 'Portes des phases précédentes ; toutes si rien n’est indiqué. Les conditions de leur approbation doivent être remplies.' },
  'Nothing of it is left to do in the backlog of the phase.': { nl: 'In de backlog van de fase blijft er niets van te doen.', fr: 'Il n’en reste rien à faire dans le backlog de la phase.' },
  'Items of this kind; all when not given.': { nl: 'Items van deze soort; alle als er niets staat.', fr: 'Éléments de ce genre ; tous si rien n’est indiqué.' },
  'Items with this label, such as a release, or blocker.': { nl: 'Items met dit label, zoals een release of blocker.', fr: 'Éléments avec cette étiquette, comme une version ou blocker.' },
  'So many must be done at least, besides that none is left.': { nl: 'Zoveel moeten er minstens klaar zijn, naast dat er geen overblijft.', fr: 'Autant doivent être faits au moins, outre qu’il n’en reste aucun.' },
  'Groups of the directory: whoever belongs to one decides.': { nl: 'Groepen van de adreslijst: wie tot een ervan behoort, beslist.', fr: 'Groupes de l’annuaire : qui appartient à l’un d’eux décide.' },
  'Persons, each by a parameter of the type person.': { nl: 'Personen, elk door een parameter van het type person.', fr: 'Personnes, chacune par un paramètre de type person.' },
  'Roles whose vote against decides by itself, where votes against are counted.': { nl: 'Rollen van wie een tegenstem op zich beslist, waar tegenstemmen geteld worden.', fr: 'Rôles dont le vote contre décide à lui seul, là où les votes contre sont comptés.' },
  'Its people decide in person: no delegate does.': { nl: 'Haar mensen beslissen zelf: geen plaatsvervanger doet het.', fr: 'Ses personnes décident elles-mêmes : aucun remplaçant ne le fait.' },
  'Working days in which a step is to be decided.': { nl: 'Werkdagen waarin over een stap beslist moet worden.', fr: 'Jours ouvrables dans lesquels une étape doit être décidée.' },
  'What happens by itself while a step is not decided.': { nl: 'Wat vanzelf gebeurt zolang over een stap niet beslist is.', fr: 'Ce qui se passe de soi-même tant qu’une étape n’est pas décidée.' },
  'From what they are counted: the opening of the step (when not given) or its due date.': { nl: 'Vanaf wanneer geteld wordt: de opening van de stap (als er niets staat) of zijn vervaldag.', fr: 'À partir de quoi l’on compte : l’ouverture de l’étape (si rien n’est indiqué) ou son échéance.' },
  'The role that is added, takes the place, or may decide alone; raise may also name program-manager or project-office.': { nl: 'De rol die erbij komt, de plaats inneemt of alleen mag beslissen; raise mag ook program-manager of project-office noemen.', fr: 'Le rôle qui s’ajoute, prend la place ou peut décider seul ; raise peut aussi nommer program-manager ou project-office.' },
  'What the policy answers by itself.': { nl: 'Wat de regels vanzelf antwoorden.', fr: 'Ce que les règles répondent d’elles-mêmes.' },
  'The one step that it concerns; all when not given.': { nl: 'De ene stap waarover het gaat; alle als er niets staat.', fr: 'La seule étape concernée ; toutes si rien n’est indiqué.' },
  'Whether the steps are open one after another (when not given) or all at once.': { nl: 'Of de stappen na elkaar openstaan (als er niets staat) of alle tegelijk.', fr: 'Si les étapes s’ouvrent l’une après l’autre (si rien n’est indiqué) ou toutes à la fois.' },
  'Whether a vote against decides by itself (when not given), or is counted.': { nl: 'Of een tegenstem op zich beslist (als er niets staat) of geteld wordt.', fr: 'Si un vote contre décide à lui seul (si rien n’est indiqué) ou est compté.' },
  'Voters may abstain.': { nl: 'Wie stemt, mag zich onthouden.', fr: 'Les votants peuvent s’abstenir.' },
  'Everybody decides in person: no delegate does.': { nl: 'Iedereen beslist zelf: geen plaatsvervanger doet het.', fr: 'Chacun décide en personne : aucun remplaçant ne le fait.' },
  'Who else does not decide: who asked for it (started the project; asked for the change), or the line managers of those who delivered evidence.': { nl: 'Wie nog niet beslist: wie erom vroeg (het project startte, de wijziging vroeg), of de leidinggevenden van wie bewijs leverde.', fr: 'Qui d’autre ne décide pas : qui l’a demandé (a démarré le projet, a demandé la modification), ou les supérieurs de ceux qui ont fourni les preuves.' },
  'Who delivered evidence of the phase does not decide on it.': { nl: 'Wie bewijs van de fase leverde, beslist er niet over.', fr: 'Qui a fourni des preuves de la phase n’en décide pas.' },
  'Phase that opens when the gate answers stop; none: the project ends.': { nl: 'Fase die opengaat als de poort stop antwoordt; geen: het project eindigt.', fr: 'Phase qui s’ouvre quand la porte répond stop ; aucune : le projet se termine.' },
  'Earlier phases that the approvers may send the project back to.': { nl: 'Eerdere fasen waarnaar wie beslist het project mag terugsturen.', fr: 'Phases antérieures vers lesquelles ceux qui décident peuvent renvoyer le projet.' },
  'Teams work on a backlog in this phase, beside its tasks.': { nl: 'Teams werken in deze fase aan een backlog, naast haar taken.', fr: 'Des équipes travaillent sur un backlog dans cette phase, à côté de ses tâches.' },
  'The role that sees to it that teams can work, such as a Scrum Master.': { nl: 'De rol die ervoor zorgt dat teams kunnen werken, zoals een Scrum Master.', fr: 'Le rôle qui veille à ce que les équipes puissent travailler, comme un Scrum Master.' },
  'In what items are estimated; points when not given.': { nl: 'Waarin items geschat worden; punten als er niets staat.', fr: 'L’unité dans laquelle les éléments sont estimés ; des points si rien n’est indiqué.' },
  'Columns of the boards; what comes into the last one is delivered.': { nl: 'Kolommen van de borden; wat in de laatste komt, is opgeleverd.', fr: 'Colonnes des tableaux ; ce qui arrive dans la dernière est livré.' },
  'Items at most at once, per team.': { nl: 'Hoeveel items hoogstens tegelijk, per team.', fr: 'Nombre maximal d’éléments à la fois, par équipe.' },
  'Definition of Ready: what an item needs before a team takes it on.': { nl: 'Definition of Ready: wat een item nodig heeft voor een team eraan begint.', fr: 'Definition of Ready : ce qu’il faut à un élément avant qu’une équipe ne le prenne.' },
  'Definition of Done: what an item needs before it is delivered.': { nl: 'Definition of Done: wat een item nodig heeft voor het opgeleverd is.', fr: 'Definition of Done : ce qu’il faut à un élément avant d’être livré.' },
  'Who holds one of these roles belongs to the team.': { nl: 'Wie een van deze rollen heeft, behoort tot het team.', fr: 'Qui a l’un de ces rôles appartient à l’équipe.' },
  'Working days of a sprint; left out: the team works in flow, without sprints.': { nl: 'Werkdagen van een sprint; weggelaten: het team werkt doorlopend, zonder sprints.', fr: 'Jours ouvrables d’un sprint ; omis : l’équipe travaille en flux, sans sprints.' },
  'Whether the next sprint starts when one is over, or when somebody starts it (when not given).': { nl: 'Of de volgende sprint start als er een voorbij is, of als iemand hem start (als er niets staat).', fr: 'Si le sprint suivant démarre quand un autre est fini, ou quand quelqu’un le démarre (si rien n’est indiqué).' },
  'Where items go that a sprint did not finish: the next sprint, or the backlog (when not given).': { nl: 'Waar items heen gaan die een sprint niet afwerkte: de volgende sprint, of de backlog (als er niets staat).', fr: 'Où vont les éléments qu’un sprint n’a pas terminés : le sprint suivant, ou le backlog (si rien n’est indiqué).' },
  'Phase that runs when the project is cancelled before it has begun; none: the project ends at once.': { nl: 'Fase die loopt als het project geannuleerd wordt voor ze begonnen is; geen: het project eindigt meteen.', fr: 'Phase qui se déroule quand le projet est annulé avant qu’elle n’ait commencé ; aucune : le projet se termine aussitôt.' },
  'How the plan of a running project may be changed.': { nl: 'Hoe het plan van een lopend project gewijzigd mag worden.', fr: 'Comment le plan d’un projet en cours peut être modifié.' },
  'How far from the baseline the project manager may plan anew without asking: working days, money, tasks that come or go.': { nl: 'Hoe ver van de baseline de projectleider mag herplannen zonder te vragen: werkdagen, geld, taken die erbij komen of wegvallen.', fr: 'Jusqu’où le chef de projet peut replanifier sans demander, par rapport à la référence : jours ouvrables, argent, tâches ajoutées ou retirées.' },
  'The role that is told when the project leaves its tolerance.': { nl: 'De rol die verwittigd wordt als het project zijn tolerantie verlaat.', fr: 'Le rôle qui est averti quand le projet sort de sa tolérance.' },
  'Who decides on changes by their size, the smallest first.': { nl: 'Wie beslist over wijzigingen naar hun omvang, de kleinste eerst.', fr: 'Qui décide des modifications selon leur taille, la plus petite d’abord.' },
  'Working days and money up to which it decides; left out: on all that is larger.': { nl: 'Werkdagen en geld tot waar het beslist; weggelaten: over al wat groter is.', fr: 'Jours ouvrables et argent jusqu’où il décide ; omis : sur tout ce qui est plus grand.' },
  'The phase whose services are meant; this one when not given.': { nl: 'De fase waarvan de diensten bedoeld zijn; deze als er niets staat.', fr: 'La phase dont les services sont visés ; celle-ci si rien n’est indiqué.' },
  'How far all services must have come: signed off, or transferred (when not given).': { nl: 'Hoever alle diensten moeten staan: afgetekend, of overgedragen (als er niets staat).', fr: 'Jusqu’où tous les services doivent être : signés, ou transférés (si rien n’est indiqué).' },
  'There are services, and all of them have come so far.': { nl: 'Er zijn diensten, en alle staan zover.', fr: 'Il y a des services, et tous en sont là.' },
  'Services are handed over to operations in this phase, beside its tasks.': { nl: 'In deze fase worden diensten aan de operationele teams overgedragen, naast haar taken.', fr: 'Des services sont remis à l’exploitation dans cette phase, à côté de ses tâches.' },
  'Roles of those who hand over: who holds one neither accepts nor signs.': { nl: 'Rollen van wie overdraagt: wie er een heeft, aanvaardt noch tekent.', fr: 'Rôles de ceux qui remettent : qui en a un n’accepte ni ne signe.' },
  'The role of those who answer for services.': { nl: 'De rol van wie voor diensten instaat.', fr: 'Le rôle de ceux qui répondent des services.' },
  'Teams that receive services: who holds one of the roles belongs to it.': { nl: 'Teams die diensten ontvangen: wie een van de rollen heeft, behoort ertoe.', fr: 'Équipes qui reçoivent des services : qui a l’un des rôles en fait partie.' },
  'Acceptance criteria of each service.': { nl: 'Aanvaardingscriteria van elke dienst.', fr: 'Critères d’acceptation de chaque service.' },
  'The role that sees to it.': { nl: 'De rol die ervoor zorgt.', fr: 'Le rôle qui s’en charge.' },
  'Working days after the service was added.': { nl: 'Werkdagen nadat de dienst toegevoegd werd.', fr: 'Jours ouvrables après l’ajout du service.' },
  'Operational readiness of each service; what does not apply is left out with a reason that who receives it accepts.': { nl: 'Operationele gereedheid van elke dienst; wat niet van toepassing is, valt weg met een reden die wie ontvangt, aanvaardt.', fr: 'Préparation opérationnelle de chaque service ; ce qui ne s’applique pas est écarté avec une raison que le destinataire accepte.' },
  'What knowledge is passed on about each service.': { nl: 'Welke kennis over elke dienst doorgegeven wordt.', fr: 'Quelles connaissances sont transmises sur chaque service.' },
  'Who signs a service off.': { nl: 'Wie een dienst aftekent.', fr: 'Qui signe pour un service.' },
  'Hours of the events of a sprint; what is not given may take as long as the Scrum Guide has it for a sprint of that length.': { nl: 'Uren van de gebeurtenissen van een sprint; wat er niet staat, mag zo lang duren als de Scrum Guide zegt voor een sprint van die lengte.', fr: 'Heures des évènements d’un sprint ; ce qui n’est pas indiqué peut durer ce que le Scrum Guide prévoit pour un sprint de cette durée.' },
  'Those who hand over stay for a while once a service is signed off.': { nl: 'Wie overdraagt, blijft nog een tijd als een dienst afgetekend is.', fr: 'Ceux qui remettent restent un temps une fois le service signé.' },
  'Which days count: those on which people work, or all.': { nl: 'Welke dagen tellen: die waarop gewerkt wordt, of alle.', fr: 'Quels jours comptent : ceux où l’on travaille, ou tous.' },
  'What is not met when the period is over lengthens it by so many days, and so often at most.': { nl: 'Waaraan op het einde van de periode niet voldaan is, verlengt ze met zoveel dagen, en hoogstens zo vaak.', fr: 'Ce qui n’est pas rempli à la fin de la période la prolonge d’autant de jours, et au plus autant de fois.' },
  'For so many working days at most what is not met may be accepted.': { nl: 'Hoogstens zoveel werkdagen mag aanvaard worden waaraan niet voldaan is.', fr: 'Ce qui n’est pas rempli peut être accepté pendant au plus autant de jours ouvrables.' },
  'Of incidents: the priorities that count; all when not given.': { nl: 'Van incidenten: de prioriteiten die tellen; alle als er niets staat.', fr: 'Des incidents : les priorités qui comptent ; toutes si rien n’est indiqué.' },
  'On each day, all days together, or on the last day.': { nl: 'Op elke dag, alle dagen samen, of op de laatste dag.', fr: 'Chaque jour, tous les jours ensemble, ou le dernier jour.' },
  'Only so many last days of the period count.': { nl: 'Alleen zoveel laatste dagen van de periode tellen.', fr: 'Seuls autant de derniers jours de la période comptent.' },
  'A service level has to reach it; of everything else there may be no more than it.': { nl: 'Een serviceniveau moet het bereiken; van al het andere mag er niet meer zijn.', fr: 'Un niveau de service doit l’atteindre ; de tout le reste, il ne peut y en avoir plus.' },
  'All knowledge has been passed on, as those who receive it say.': { nl: 'Alle kennis is doorgegeven, zoals wie ze ontvangt, zegt.', fr: 'Toutes les connaissances ont été transmises, selon ceux qui les reçoivent.' },
  'What has to be so for early-life support to end.': { nl: 'Wat zo moet zijn opdat de nazorg eindigt.', fr: 'Ce qui doit être pour que l’accompagnement initial prenne fin.' },
  'What teams are asked, anonymously, about a sprint that is over: statements, answered from 1 (not at all) to 5 (entirely). Four of our own when not given; none when empty.': { nl: 'Wat teams anoniem gevraagd wordt over een sprint die voorbij is: uitspraken, beantwoord van 1 (helemaal niet) tot 5 (helemaal). Vier van ons als er niets staat; geen als de lijst leeg is.', fr: 'Ce que l’on demande aux équipes, anonymement, sur un sprint terminé : des affirmations, notées de 1 (pas du tout) à 5 (tout à fait). Quatre des nôtres si rien n’est indiqué ; aucune si la liste est vide.' },
};

/** A JSON Schema with its descriptions in a language. */
export function schemaIn(schema: Readonly<Record<string, unknown>>, language: Language): Record<string, unknown> {
  if (language === 'en') return { ...schema };
  const told = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(told);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, name === 'description' && typeof each === 'string' ? SCHEMA_TEXTS[each]?.[language] ?? each : told(each)]));
  };
  return told(schema) as Record<string, unknown>;
}
