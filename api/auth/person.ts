import type { Language } from '../http/language';

/** Who a request comes from. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly language: Language;
  /** Roles that hold beyond projects. */
  readonly globalRoles: readonly string[];
  /** Their line manager. */
  readonly manager?: string;
}
