/** Bearer tokens: shown once when they are made, kept as their SHA-256. */
import { createHash, randomBytes } from 'node:crypto';
import type { PersonId } from '../domain/process';
import type { PrismaAccess } from './client';

const PREFIX = 'sluis_';
const FORM = /^sluis_[A-Za-z0-9_-]{43}$/;

/** Whether a text has the form of a token; anything else needs no look into the database. */
export function isToken(text: string): boolean {
  return FORM.test(text);
}

/** What is kept of a token: its SHA-256 in lower-case hex. 256 random bits need no slow hash. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/**
 * Makes a token for a person.
 * @param options.label what it is for; @param options.expiresAt milliseconds since 1970, never by default.
 * @returns the token: nobody can read it again.
 */
export async function createToken(db: PrismaAccess, person: PersonId, options: { label: string; expiresAt?: number }): Promise<string> {
  const token = PREFIX + randomBytes(32).toString('base64url');
  const expiresAt = options.expiresAt === undefined ? null : new Date(options.expiresAt);
  await db.prisma.token.create({ data: { hash: hashToken(token), personId: person, label: options.label, expiresAt } });
  return token;
}

/** Withdraws all tokens of a person. @returns how many. */
export async function withdrawTokens(db: PrismaAccess, person: PersonId): Promise<number> {
  return (await db.prisma.token.deleteMany({ where: { personId: person } })).count;
}

/** Withdraws a token, if it is of a label where one is given. @returns whether there was one. */
export async function revokeToken(db: PrismaAccess, token: string, label?: string): Promise<boolean> {
  return (await db.prisma.token.deleteMany({ where: { hash: hashToken(token), ...(label !== undefined && { label }) } })).count === 1;
}
