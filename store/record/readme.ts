/** What an archive says of itself, in the three languages. */

const PARTS: readonly (readonly [file: string, nl: string, fr: string, en: string])[] = [
  ['manifest.json', 'wat erin zit, elk deel met zijn SHA-256', 'ce que contient l’archive, chaque partie avec son SHA-256', 'what is in it, each part with its SHA-256'],
  ['streams.json', 'de stromen van het dossier: fasen, goedkeuringen …, elk met zijn laatste hash', 'les flux du dossier : phases, approbations …, chacun avec sa dernière empreinte', 'the streams of the record: phases, approvals …, each with its last hash'],
  ['events.ndjson', 'wat er gebeurde, een gebeurtenis per regel; elke hash dekt de vorige', 'ce qui s’est passé, un événement par ligne ; chaque empreinte couvre la précédente', 'what happened, an event on each line; each hash covers the one before'],
  ['commands.ndjson', 'opdrachten, elk met de gebeurtenissen die eruit volgden', 'les commandes, chacune avec les événements qui en résultèrent', 'commands, each with the events that followed from it'],
  ['discarded.ndjson', 'wat een herhaalde of verloren workflow-taak had achtergelaten, uit het dossier genomen voor iemand het te weten kwam', 'ce qu’une tâche de workflow répétée ou perdue avait laissé, retiré du dossier avant que quiconque l’apprenne', 'what a workflow task that was repeated or lost had left, taken out of the record before anybody was told of it'],
  ['seals.json', 'verzegelingen die deze stromen dekken', 'les scellés qui couvrent ces flux', 'seals that cover these streams'],
  ['texts.ndjson', 'vrije teksten, waarnaar gebeurtenissen met een gezouten digest verwijzen; een gewiste tekst is null', 'les textes libres, auxquels les événements renvoient par une empreinte salée ; un texte effacé est null', 'free texts, to which events refer by a salted digest; an erased text is null'],
  ['people.json', 'namen bij de identificaties van personen', 'les noms des personnes par identifiant', 'names for the ids of persons'],
  ['plans/', 'het plan waarop het project loopt', 'le plan que suit le projet', 'the plan that the project runs on'],
  ['templates/', 'de sjabloonversies waarop het liep', 'les versions du modèle qu’il a suivies', 'the versions of the template that it ran on'],
  ['inventory.json', 'waaraan het project werkt', 'ce sur quoi porte le projet', 'what the project works on'],
  ['files.json', 'opgeladen bestanden: naam, type, door wie', 'les fichiers téléversés : nom, type, par qui', 'uploaded files: name, type, by whom'],
  ['files/', 'hun inhoud, elk onder zijn SHA-256', 'leur contenu, chacun sous son SHA-256', 'their content, each under its SHA-256'],
];

const list = (language: 1 | 2 | 3): string => PARTS.map((part) => `  ${part[0].padEnd(18)}${part[language]}`).join('\n');

/** The text of `README.txt`. */
export const readmeOf = (project: string, exportedAt: string): string => `Sluis

Het volledige dossier van project ${project}, zoals het was op ${exportedAt}.

${list(1)}

Nakijken zonder server: sluis audit verify-record ARCHIEF. Noteer de SHA-256 van het archief bij het uitvoeren: wie alles herschrijft, kan het weer
kloppend maken, maar niet met wat u noteerde. Bevat persoonsgegevens.

----

Le dossier complet du projet ${project}, tel qu’il était le ${exportedAt}.

${list(2)}

Vérifier sans serveur : sluis audit verify-record ARCHIVE. Notez le SHA-256 de l’archive lors de l’exportation : qui réécrit tout peut la rendre
cohérente, mais pas avec ce que vous avez noté. Contient des données personnelles.

----

The full record of project ${project}, as it was at ${exportedAt}.

${list(3)}

To verify it without a server: sluis audit verify-record ARCHIVE. Note the SHA-256 of the archive when you export it: whoever writes everything anew
can make it whole again, but not with what you noted. It holds personal data.
`;
