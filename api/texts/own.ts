/** Names of what no template authors: the roles that hold beyond projects, and what shows that a condition, or a criterion of a service's own, is met. */
import type { Text } from '../../domain/template/schema';

export const OWN_TEXTS: Readonly<Record<string, Text>> = {
  'role:project-office': { nl: 'Projectbureau', fr: 'Bureau de projets', en: 'Project office' },
  'role:program-manager': { nl: 'Programmamanager', fr: 'Responsable de programme', en: 'Program manager' },
  'role:auditor': { nl: 'Auditor', fr: 'Auditeur', en: 'Auditor' },
  'field:document': { nl: 'Document', fr: 'Document', en: 'Document' },
  'field:note': { nl: 'Toelichting', fr: 'Explication', en: 'Note' },
  'field:proof': { nl: 'Bewijs dat aan de voorwaarde is voldaan', fr: 'Preuve que la condition est remplie', en: 'Proof that the condition is met' },
};
