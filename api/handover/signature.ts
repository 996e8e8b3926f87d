/** The signature of a message that another system sends: HMAC-SHA-256 over its time, its number and its body, all as they were sent. */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** So far a message may be from our clock: longer, and whoever listened in could send it again. */
export const TOLERANCE_SECONDS = 300;

export interface Signed {
  /** Seconds since 1970, as text. */
  readonly timestamp: string;
  /** Number of the message: the same for each attempt to deliver it. */
  readonly delivery: string;
  /** `v1=` and hex; several, with commas between, while a secret changes. */
  readonly signature: string;
  readonly body: Buffer;
}

const digest = (secret: string, { timestamp, delivery, body }: Omit<Signed, 'signature'>): Buffer =>
  createHmac('sha256', secret).update(`${timestamp}.${delivery}.`).update(body).digest();

/** The signature that a sender puts into the header. */
export const sign = (secret: string, message: Omit<Signed, 'signature'>): string => `v1=${digest(secret, message).toString('hex')}`;

/** Whether a message was signed with a secret, and is of now. It takes as long whether or not it is so. @param now milliseconds since 1970. */
export function isSigned(secret: string, message: Signed, now: number): boolean {
  const expected = digest(secret, message);
  const given = message.signature.split(',').slice(0, 4).map((each) => /^v1=([0-9a-f]{64})$/.exec(each.trim())?.[1] ?? '');
  const isRight = given.map((hex) => timingSafeEqual(expected, hex === '' ? Buffer.alloc(expected.length) : Buffer.from(hex, 'hex'))).includes(true);
  const seconds = /^\d{1,12}$/.test(message.timestamp) ? Number(message.timestamp) : Number.NaN;
  const isNow = Math.abs(now / 1000 - seconds) <= TOLERANCE_SECONDS;
  return isRight && isNow;
}
