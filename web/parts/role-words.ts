/** What the roles of the demo people are called before anybody is signed in; a project's own texts name its roles everywhere else. */
import type { TFunction } from 'i18next';

const WORDS = [
  'project-office', 'program-manager', 'auditor', 'project-owner', 'business-manager', 'solution-provider', 'project-manager', 'project-core-team',
  'business-implementation-group', 'appropriate-governance-body',
] as const;

type Word = (typeof WORDS)[number];
const isWord = (role: string): role is Word => WORDS.some((each) => each === role);

/** @param role the key of a role; null: none. */
export function roleWords(t: TFunction, role: string | null): string {
  if (role === null) return t('no-role');
  return isWord(role) ? t(`role-${role}`) : role;
}
