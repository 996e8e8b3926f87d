/** What the API says about moving projects. */
import type { Named, VersionRef } from '../client/views';

export interface Migration {
  readonly project: string;
  /** Told where many are looked at. */
  readonly name?: string | null;
  readonly outcome: 'same' | 'moves' | 'needs-decision' | 'refused' | 'impossible';
  readonly from: VersionRef;
  readonly to: VersionRef;
  readonly phases: readonly { readonly phase: Named; readonly change: string }[];
  readonly tasks: readonly { readonly task: Named; readonly change: string }[];
  readonly approvals: readonly { readonly gate: Named; readonly change: string }[];
  readonly decisions: readonly { readonly id: string; readonly choices: readonly string[] }[];
  readonly undecided: readonly string[];
  readonly refusal: string | null;
  readonly problems: readonly { readonly pointer: string; readonly detail: string }[];
  readonly findings: readonly { readonly code: string; readonly subject: Readonly<Record<string, string>> }[];
}

/** What became of one project. */
export interface Moved {
  readonly project: string;
  readonly outcome: 'migrated' | 'moved-on' | 'same' | 'pending' | 'refused';
  readonly revision: number | null;
  readonly problem: { readonly code: string; readonly detail: string } | null;
}
