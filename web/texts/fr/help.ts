import type { Texts } from '..';
import type en from '../en/help';

const texts: Texts<typeof en> = {
  'about': 'Aide : {{topic}}',
  'my-work': 'Mon travail',
  'my-work-text': 'Ce que d’autres attendent de vous : d’abord vos décisions, puis vos tâches, celles en retard avant celles de la semaine.\nUne tâche s’ouvre sur place. Ce qui ne demande pas de preuve peut être coché et terminé ensemble.\nCe que vous ne pouvez pas (encore) faire n’est pas proposé ; ce qui est bloqué dit par qui.',
  'course': 'Cap',
  'course-text': 'Hors cap : le délai ou le coût dépasse ce que le modèle permet, la fin est attendue avec plus de 10 jours ouvrables de retard, ou une porte ne peut pas être décidée.\nÀ risque : retard attendu, décision ou tâche en retard, tâche bloquée, ou rôle que personne ne tient.\nEn bonne voie : rien de cela. Les raisons figurent à côté.',
  'dates': 'Promis, prévu, attendu',
  'dates-text': 'Promis est la référence : le plan tel qu’il était au début, ou lors du dernier changement approuvé.\nPrévu est le plan tel qu’il est maintenant.\nAttendu est une simulation du reste : P80 veut dire que la fin est atteinte à cette date dans 80 cas sur 100.',
  'waterway': 'La voie d’eau',
  'waterway-text': 'Les phases sont des biefs, les portes sont des écluses. Un bief se remplit à mesure que ses tâches sont faites. Une écluse ouverte est franchie ; avec un triangle : sous conditions. Doubles portes : on en décide maintenant.',
  'changes': 'Changements du plan',
  'changes-text': 'Un changement dit pourquoi, montre d’avance ce qui serait différent, et se décide selon sa taille. Jusque-là le plan reste tel quel. Les petits, dans la tolérance du modèle, ne demandent pas de décision. Ce qui était promis est redéfini à l’approbation.',
  'record': 'Le dossier',
  'record-text': 'Tout ce qui a été décidé et fait, par qui et quand. Rien n’est modifié ni retiré après coup. Le curseur montre le projet tel qu’il était connu à un moment. Le dossier complet se vérifie sans Sluis.',
  'criteria': 'Critères',
  'criteria-text': 'Rempli et non rempli se calculent à partir de ce qui est livré. « À vous d’en juger » est pour les personnes : aucune règle ne peut le dire. Une porte ne s’ouvre pas tant qu’un critère obligatoire n’est pas rempli.',
  'votes': 'Qui décide',
  'votes-text': 'Les règles de la porte disent qui décide et combien il en faut. Un absent est représenté ; les deux noms figurent au dossier. Si personne ne décide à temps, l’étape suivante ci-dessous se fait d’elle-même.',
  'fingerprint': 'Empreinte',
  'fingerprint-text': 'Une décision est liée à ce que vous voyez ici, exactement. Si quelque chose change, les décisions données tombent et la porte redemande. Un auditeur peut le vérifier des années plus tard.',
  'decide': 'Votre décision',
  'decide-text': 'Vous décidez de ce qui est montré ici. Si cela change avant que vous n’ayez fini, votre décision est refusée et vous voyez la différence.\nSous conditions : chacune devient une tâche avec un responsable et une date. Renvoyer ne rouvre que ce que vous choisissez.',
  'evidence': 'Preuves',
  'evidence-text': 'Ce qui est livré par phase, avec les fichiers. Un fichier est gardé par son contenu : le même fichier est le même partout, et personne ne peut l’échanger sans que cela se voie.',
  'team': 'Rôles',
  'team-text': 'Tâches et décisions appartiennent à des rôles, pour rester quand les personnes partent. Qui pilote le projet dit qui tient quel rôle ; tâches et décisions ouvertes suivent aussitôt.',
  'workload': 'Charge',
  'workload-text': 'Un jour ouvrable compte 7,6 heures. Les tâches ouvertes et les éléments des sprints en cours sont répartis également sur les jours jusqu’à leur échéance ; ce qui est en retard pèse sur aujourd’hui. Jours fériés et absences enlèvent des heures. Ce que personne n’a estimé est compté, mais sans heures.',
};
export default texts;
