/** Free text beside the log: events know only a salted digest of it, so that it can be erased and the chain still verifies. */
import { createHash, randomBytes } from 'node:crypto';
import type { KeptText, TextRef } from '../domain/evidence-types';
import type { Database } from './client';
import { queryHot } from './hot';

/** Characters (UTF-16 code units) of one text at most. */
export const MAX_TEXT_LENGTH = 20_000;

const REF = /^[0-9a-f]{64}$/;

/** A text that can't be kept: too long, or with NUL or half a character in it, which the database has no form for. */
export class TextRefused extends Error {
  constructor(readonly index: number, readonly code: 'too-long' | 'control-character') {
    super(code === 'too-long' ? `a text has more than ${MAX_TEXT_LENGTH} characters` : 'a text holds a character that can not be kept');
    this.name = 'TextRefused';
  }
}

/** The reference of a text: SHA-256 of its salt and itself, in lower-case hex. */
export function textRef(salt: string, text: string): string {
  return createHash('sha256').update(salt).update(text).digest('hex');
}

/**
 * Gives each text a salt of its own, so that equal texts can't be told from their references.
 * @throws TextRefused for the first that can't be kept.
 */
export function saltTexts(texts: readonly string[]): KeptText[] {
  return texts.map((text, index) => {
    if (text.length > MAX_TEXT_LENGTH) throw new TextRefused(index, 'too-long');
    if (text.includes('\0') || /\p{Surrogate}/u.test(text)) throw new TextRefused(index, 'control-character');
    const salt = randomBytes(16).toString('hex');
    return { ref: textRef(salt, text), salt, text };
  });
}

/** Keeps texts of a project. Repeating it is harmless: one that was erased since stays so. */
export async function keepTexts(db: Database, project: string, texts: readonly KeptText[]): Promise<void> {
  if (texts.length === 0) return;
  await db.pool.query(
    `INSERT INTO texts (ref, project, salt, text) SELECT u.ref, $4, u.salt, u.text FROM unnest($1::text[], $2::text[], $3::text[]) u(ref, salt, text)
     ON CONFLICT (ref) DO NOTHING`,
    [texts.map(({ ref }) => ref), texts.map(({ salt }) => salt), texts.map(({ text }) => text), project]);
}

/** The texts by reference; null for one that was erased. Unknown references are left out. */
export async function readTexts(db: Database, refs: Iterable<string>): Promise<Map<string, string | null>> {
  const wanted = [...new Set(refs)];
  if (wanted.length === 0) return new Map();
  const rows = await queryHot<{ ref: string; text: string | null }>(db.pool, 'SELECT ref, text FROM texts WHERE ref = ANY ($1::text[])', [wanted]);
  return new Map(rows.map(({ ref, text }) => [ref, text]));
}

/**
 * Erases a text of a project and its salt: what stays is a digest of which nothing can be guessed. One that is still on its way is not kept any more.
 * @returns whether there was something to erase.
 */
export async function eraseText(db: Database, project: string, ref: string): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    `INSERT INTO texts (ref, project, salt, text, erased_at) VALUES ($1, $2, '', NULL, now())
     ON CONFLICT (ref) DO UPDATE SET text = NULL, salt = '', erased_at = now() WHERE texts.text IS NOT NULL`, [ref, project]);
  return rowCount === 1;
}

/** Whether a value has the form of a reference to a kept text. */
export function isTextRef(value: unknown): value is TextRef {
  if (typeof value !== 'object' || value === null) return false;
  const { text } = value as { text?: unknown };
  return typeof text === 'string' && REF.test(text) && Object.keys(value).length === 1;
}

/** All references to kept texts within plain JSON. */
export function collectTextRefs(value: unknown, into = new Set<string>()): Set<string> {
  if (isTextRef(value)) into.add(value.text);
  else if (Array.isArray(value)) for (const part of value) collectTextRefs(part, into);
  else if (typeof value === 'object' && value !== null) for (const key in value) collectTextRefs((value as Record<string, unknown>)[key], into);
  return into;
}

/** A copy of plain JSON in which each reference is replaced by its text; by null where it was erased or is not known. */
export function resolveTextRefs(value: unknown, texts: ReadonlyMap<string, string | null>): unknown {
  if (isTextRef(value)) return texts.get(value.text) ?? null;
  if (Array.isArray(value)) return value.map((part) => resolveTextRefs(part, texts));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, resolveTextRefs(part, texts)]));
}
