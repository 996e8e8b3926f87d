/** `sluis people add` and `people token`: on the database itself, as nobody can sign in before there is a first person with a token. */
import type { Config } from '../../config';
import { withDatabase } from '../../embedded/with-database';
import { type Database, usingDatabase } from '../../store/client';
import { addPeople, type PersonLanguage, readNames, readPresent } from '../../store/people';
import { createToken, withdrawTokens } from '../../store/tokens';
import { count, type Output, print, printJson } from '../terminal/print';
import { style } from '../terminal/style';
import { UsageError } from '../terminal/usage-error';

export interface TokenOptions extends Output {
  readonly label: string;
  readonly days: number;
}

export interface AddOptions extends TokenOptions {
  readonly name: string;
  readonly email: string;
  readonly language: PersonLanguage;
  readonly role?: readonly string[];
  readonly token?: boolean;
}

const DAY_MS = 86_400_000;
const MOST_DAYS = 3_650;
const ID = /^[a-z0-9]+([._-][a-z0-9]+)*$/;
const EMAIL = /^[^\s@<>",;]+@[^\s@<>",;]+$/;
const MOST = 100;
/** What steers a terminal, or shows its letters in another order. */
const STEERS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

const inDatabase = <T>(config: Config, work: (database: Database) => Promise<T>): Promise<T> =>
  withDatabase(config, (line) => { process.stderr.write(`${line}\n`); }, (url) => usingDatabase(url, { max: 1 }, work));

/** When a token ends, milliseconds since 1970. @throws UsageError */
function expiryOf({ days, label }: TokenOptions): number {
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS) throw new UsageError(`--days takes a whole number from 1 to ${MOST_DAYS}.`);
  checkLine('--label', label);
  return Date.now() + days * DAY_MS;
}

/** @throws UsageError for what is no line of text. */
function checkLine(option: string, text: string): void {
  if (text.trim() === '' || text.length > MOST || STEERS.test(text)) throw new UsageError(`${option} takes 1 to ${MOST} characters, in one line.`);
}

function check(id: string, { name, email }: AddOptions): void {
  if (!ID.test(id) || id.length > MOST) throw new UsageError(`An id is of small letters and digits, with - . or _ between them, such as p-ines; not ${JSON.stringify(id)}.`);
  checkLine('--name', name);
  checkLine('--email', email);
  if (!EMAIL.test(email)) throw new UsageError(`--email takes an address such as ines@example.org; not ${JSON.stringify(email)}.`);
}

const sayToken = (token: string): void => { print(`${token}\nIt is shown this once. The page of sign-in takes it, and SLUIS_TOKEN for the command line.`); };

/** Adds a person, with a token if that is asked for. @throws UsageError; Error when the id or the address is somebody's already: nothing is added then. */
export async function runAdd(config: Config, id: string, options: AddOptions): Promise<void> {
  check(id, options);
  const expiresAt = expiryOf(options);
  const person = { id, name: options.name.trim(), email: options.email.toLowerCase(), language: options.language, globalRoles: [...new Set(options.role)] };
  const token = await inDatabase(config, (database) => database.prisma.$transaction(async (prisma) => {
    if ((await addPeople({ prisma }, [person])).length === 0) throw new Error(`Somebody has the id ${id} or the address ${person.email} already.`);
    return options.token ? createToken({ prisma }, id, { label: options.label, expiresAt }) : null;
  }));
  if (options.json) {
    printJson({ ...person, token });
    return;
  }
  print(`${style.green('added')}  ${id}, ${person.name}${person.globalRoles.length > 0 ? ` (${person.globalRoles.join(', ')})` : ''}`);
  if (token === null) print(`Nobody can sign in as them yet: sluis people token ${id}`);
  else sayToken(token);
}

/** Makes a token for a person, or withdraws all of theirs. @throws UsageError; Error for somebody who is not known or has left. */
export async function runToken(config: Config, id: string, options: TokenOptions & { readonly withdraw?: boolean }): Promise<void> {
  const expiresAt = expiryOf(options);
  if (options.withdraw) {
    const withdrawn = await inDatabase(config, async (database) => {
      if (!(await readNames(database, [id])).has(id)) throw new Error(`Nobody has the id ${id}.`);
      return withdrawTokens(database, id);
    });
    if (options.json) printJson({ id, withdrawn });
    else print(`${count(withdrawn, 'token')} of ${id} withdrawn.`);
    return;
  }
  const token = await inDatabase(config, async (database) => {
    if (!(await readPresent(database, [id])).has(id)) throw new Error(`Nobody has the id ${id}, or they have left.`);
    return createToken(database, id, { label: options.label, expiresAt });
  });
  if (options.json) printJson({ id, token });
  else sayToken(token);
}
