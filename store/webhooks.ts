/** Other systems that tell figures of services. Their secret has to be kept as it is: a signature can be checked with nothing less. */
import { randomBytes } from 'node:crypto';
import type { Instant, Key, PersonId, StreamId } from '../domain/process';
import type { PrismaAccess } from './client';

export interface Webhook {
  readonly id: string;
  readonly project: string;
  readonly phase: Key;
  readonly handover: StreamId;
  readonly name: string;
  readonly createdBy: PersonId;
  readonly createdAt: Instant;
  /** When it last told something that was signed right. */
  readonly usedAt: Instant | null;
  readonly revokedAt: Instant | null;
}

const SECRET_BYTES = 32;

interface Kept extends Omit<Webhook, 'createdAt' | 'usedAt' | 'revokedAt'> {
  readonly createdAt: Date;
  readonly usedAt: Date | null;
  readonly revokedAt: Date | null;
  readonly secret: string;
  readonly rotation: string | null;
}

const toWebhook = ({ secret: _, rotation: _rotation, createdAt, usedAt, revokedAt, ...rest }: Kept): Webhook =>
  ({ ...rest, createdAt: createdAt.getTime(), usedAt: usedAt?.getTime() ?? null, revokedAt: revokedAt?.getTime() ?? null });

const newSecret = (): string => `whsec_${randomBytes(SECRET_BYTES).toString('base64url')}`;

/** Makes one unless it is there already. @returns with its secret, which is told nobody again; null when it was there. */
export async function createWebhook(db: PrismaAccess, of: Pick<Webhook, 'id' | 'project' | 'phase' | 'handover' | 'name' | 'createdBy'>): Promise<{ readonly webhook: Webhook; readonly secret: string } | null> {
  const secret = newSecret();
  const { count } = await db.prisma.webhook.createMany({ data: [{ ...of, secret, createdAt: new Date() }], skipDuplicates: true });
  const kept = await db.prisma.webhook.findUnique({ where: { id: of.id } });
  return count === 1 && kept ? { webhook: toWebhook(kept), secret } : null;
}

/** Those of a phase, the latest first. */
export async function listWebhooks(db: PrismaAccess, project: string, phase: Key): Promise<Webhook[]> {
  return (await db.prisma.webhook.findMany({ where: { project, phase }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: 200 })).map(toWebhook);
}

/** One that may tell something, with its secret; null when there is none of this id, or it was revoked. */
export async function findWebhook(db: PrismaAccess, id: string): Promise<{ readonly webhook: Webhook; readonly secret: string } | null> {
  const kept = await db.prisma.webhook.findUnique({ where: { id } });
  return kept && kept.revokedAt === null ? { webhook: toWebhook(kept), secret: kept.secret } : null;
}

/** @returns whether there was one that was not revoked before. Its secret is forgotten. */
export async function revokeWebhook(db: PrismaAccess, project: string, phase: Key, id: string): Promise<boolean> {
  const { count } = await db.prisma.webhook.updateMany({ where: { id, project, phase, revokedAt: null }, data: { revokedAt: new Date(), secret: '' } });
  return count === 1;
}

/** Gives one another secret; the one before is worth nothing from then on. @param by the command. @returns the secret, which is told nobody again; null when this command gave it before, or there is no such webhook. */
export async function rotateWebhook(db: PrismaAccess, project: string, phase: Key, id: string, by: string): Promise<string | null> {
  const secret = newSecret();
  const { count } = await db.prisma.webhook.updateMany({ where: { id, project, phase, revokedAt: null, OR: [{ rotation: null }, { rotation: { not: by } }] }, data: { secret, rotation: by } });
  return count === 1 ? secret : null;
}

/** Notes that it told something. */
export async function noteWebhookUse(db: PrismaAccess, id: string): Promise<void> {
  await db.prisma.webhook.updateMany({ where: { id }, data: { usedAt: new Date() } });
}
