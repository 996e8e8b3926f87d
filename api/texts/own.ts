/** Names of what no template authors: the roles that hold beyond projects, what a pulse asks, and what shows that a condition, or a criterion of a service's own, is met. */
import type { Text } from '../../domain/template/schema';

export const OWN_TEXTS: Readonly<Record<string, Text>> = {
  'role:project-office': { nl: 'Projectbureau', fr: 'Bureau de projets', en: 'Project office' },
  'role:program-manager': { nl: 'Programmamanager', fr: 'Responsable de programme', en: 'Program manager' },
  'role:auditor': { nl: 'Auditor', fr: 'Auditeur', en: 'Auditor' },
  'field:document': { nl: 'Document', fr: 'Document', en: 'Document' },
  'field:note': { nl: 'Toelichting', fr: 'Explication', en: 'Note' },
  'pulse/goal': { nl: 'Ik wist waarvoor deze sprint diende, en het was de moeite waard.', fr: 'Je savais à quoi servait ce sprint, et il en valait la peine.', en: 'I knew what this sprint was for, and it was worth it.' },
  'pulse/means': { nl: 'Ik had wat ik nodig had om goed werk te leveren.', fr: 'J’avais ce qu’il me fallait pour faire du bon travail.', en: 'I had what I needed to do good work.' },
  'pulse/team': { nl: 'In dit team kan ik zeggen wat ik denk, en op de anderen rekenen.', fr: 'Dans cette équipe, je peux dire ce que je pense et compter sur les autres.', en: 'In this team I can say what I think, and count on the others.' },
  'pulse/pace': { nl: 'Dit tempo kunnen we volhouden.', fr: 'Nous pouvons tenir ce rythme.', en: 'We can keep up this pace.' },
  'field:proof': { nl: 'Bewijs dat aan de voorwaarde is voldaan', fr: 'Preuve que la condition est remplie', en: 'Proof that the condition is met' },
};
