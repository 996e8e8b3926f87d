/** `sluis people add` and `people token`: on the database itself, as nobody can sign in before there is a first person with a token. */
import type { Config } from '../../config';
import { withDatabase } from '../../embedded/with-database';
import { type Database, openDatabase } from '../../store/client';
import { addPeople, type PersonLanguage, readPresent } from '../../store/people';
import { createToken, withdrawTokens } from '../../store/tokens';
import { count, type Output, print, printJson } from '../terminal/print';
import { style } from '../terminal/style';
import { UsageError } from '../terminal/usage-error';

export interface TokenOptions extends Output {
  readonly label: string;
  readonly days?: number;
}

export interface AddOptions extends TokenOptions {
  readonly name: string;
  readonly email: string;
  readonly language: PersonLanguage;
  readonly role?: readonly string[];
  readonly token?: boolean;
}

const DAY_MS = 86_400_000;
const ID = /^[a-z0-9]+([._-][a-z0-9]+)*$/;
const EMAIL = /^[^\s@<>",;]+@[^\s@<>",;]+$/;
const MOST = 100;

const inDatabase = <T>(config: Config, work: (database: Database) => Promise<T>): Promise<T> =>
  withDatabase(config, (line) => { process.stderr.write(`${line}\n`); }, async (url) => {
    const database = openDatabase(url, { max: 1 });
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  });

/** Milliseconds since 1970 after so many days. @throws UsageError */
function expiryOf({ days }: TokenOptions): number | undefined {
  if (days === undefined) return undefined;
  if (!Number.isInteger(days) || days < 1 || days > 3_650) throw new UsageError('--days takes a whole number from 1 to 3650.');
  return Date.now() + days * DAY_MS;
}

function check(id: string, { name, email }: AddOptions): void {
  if (!ID.test(id) || id.length > MOST) throw new UsageError(`An id is of small letters and digits, with - . or _ between them, such as p-ines; not ${JSON.stringify(id)}.`);
  if (name.trim() === '' || name.length > MOST) throw new UsageError(`--name takes 1 to ${MOST} characters.`);
  if (!EMAIL.test(email)) throw new UsageError(`--email takes an address such as ines@example.org; not ${JSON.stringify(email)}.`);
}

const sayToken = (token: string): void => { print(`${token}\nIt is shown this once. The page of sign-in takes it, and SLUIS_TOKEN for the command line.`); };

/** Adds a person, with a token if that is asked for. @throws UsageError; Error when the id or the address is somebody's already: nothing is added then. */
export async function runAdd(config: Config, id: string, options: AddOptions): Promise<void> {
  check(id, options);
  const expiresAt = expiryOf(options);
  const { name, email, language, role = [] } = options;
  const token = await inDatabase(config, async (database) => {
    const added = await addPeople(database, [{ id, name: name.trim(), email, language, globalRoles: [...new Set(role)] }]);
    if (added.length === 0) throw new Error(`Somebody has the id ${id} or the address ${email} already.`);
    return options.token ? createToken(database, id, { label: options.label, ...(expiresAt !== undefined && { expiresAt }) }) : undefined;
  });
  if (options.json) {
    printJson({ id, name: name.trim(), email, language, globalRoles: [...new Set(role)], token: token ?? null });
    return;
  }
  print(`${style.green('added')}  ${id}, ${name.trim()}${role.length > 0 ? ` (${[...new Set(role)].join(', ')})` : ''}`);
  if (token === undefined) print(`Nobody can sign in as them yet: sluis people token ${id}`);
  else sayToken(token);
}

/** Makes a token for a person. @throws UsageError; Error for somebody who is not known or has left. */
export async function runToken(config: Config, id: string, options: TokenOptions & { readonly withdraw?: boolean }): Promise<void> {
  const expiresAt = expiryOf(options);
  if (options.withdraw) {
    const withdrawn = await inDatabase(config, (database) => withdrawTokens(database, id));
    if (options.json) printJson({ id, withdrawn });
    else print(`${count(withdrawn, 'token')} of ${id} withdrawn.`);
    return;
  }
  const token = await inDatabase(config, async (database) => {
    if (!(await readPresent(database, [id])).has(id)) throw new Error(`Nobody has the id ${id}, or they have left.`);
    return createToken(database, id, { label: options.label, ...(expiresAt !== undefined && { expiresAt }) });
  });
  if (options.json) printJson({ id, token });
  else sayToken(token);
}
