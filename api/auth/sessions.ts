/** Sessions of browsers: tokens that end. */
import type { PersonId } from '../../domain/process';
import type { Database } from '../../store/client';
import { DEMO_PEOPLE, type DemoPerson } from '../../store/demo-people';
import { createToken, revokeToken } from '../../store/tokens';

const LABEL = 'session';

export interface Sessions {
  /** Who anybody may sign in as; undefined where there is no demo. */
  readonly demoPeople: readonly DemoPerson[] | undefined;
  /** @returns the token of a new session. */
  begin(person: PersonId, seconds: number): Promise<string>;
  /** Ends a session; a token that is none stays as it is. */
  end(token: string): Promise<void>;
}

/** @param demo whether demo people may be signed in as. */
export function createSessions(database: Pick<Database, 'prisma'>, demo: boolean): Sessions {
  return {
    demoPeople: demo ? DEMO_PEOPLE : undefined,
    begin: (person, seconds) => createToken(database, person, { label: LABEL, expiresAt: Date.now() + seconds * 1000 }),
    end: (token) => revokeToken(database, token, LABEL).then(() => undefined),
  };
}
