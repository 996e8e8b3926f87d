/** Digests of data: canonical JSON (RFC 8785) under SHA-256, pure and synchronous, so that workflows can compute them. */
import { sha256 } from '@noble/hashes/sha256';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';
import canonicalize from 'canonicalize';

/**
 * The canonical JSON of a value: sorted keys, no white space, `undefined` fields left out.
 * @throws TypeError for what JSON has no form for (a function, NaN).
 */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('not JSON');
  return text;
}

/** SHA-256 of a text's UTF-8 bytes, in lower-case hex. */
export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** SHA-256 of the canonical JSON of a value, in lower-case hex. */
export function digestOf(value: unknown): string {
  return sha256Hex(canonicalJson(value));
}
