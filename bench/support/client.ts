/** A client of the API that counts what it had to repeat. */
import { randomUUID } from 'node:crypto';
import { sleep } from './measure';
import type { Product } from './product';
import { HOLDERS } from './shapes';

/** Answers that left it to the client to try again, and answers that came before what people read showed the command. */
export interface Tally {
  conflicts: number;
  /** HTTP status: how often. */
  readonly replies: Record<string, number>;
  pending: number;
}

export const newTally = (): Tally => ({ conflicts: 0, replies: {}, pending: 0 });

const MOST_ATTEMPTS = 500;

class HttpError extends Error {
  constructor(what: string, readonly status: number, text: string) {
    super(`${what}: ${status} ${text.slice(0, 400)}`);
  }
}

/** One call; the answer's body, always read to its end so that the connection is kept. @throws HttpError unless it is 2xx. */
export async function http<T>(method: string, url: string, token?: string, body?: unknown, key?: string): Promise<{ status: number; body: T }> {
  const reply = await fetch(url, {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(key !== undefined && { 'idempotency-key': key }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(60_000),
  });
  const text = await reply.text();
  if (!reply.ok) throw new HttpError(`${method} ${url}`, reply.status, text);
  return { status: reply.status, body: (text === '' ? undefined : JSON.parse(text)) as T };
}

export interface OpenTask {
  readonly project: string;
  readonly phase: string;
  readonly task: string;
}

export interface OpenGate {
  readonly approval: string;
  readonly digest: string;
}

interface ProjectBody {
  readonly status: string;
  readonly phases: readonly { readonly status: string; readonly gate: { readonly status: string; readonly approval: string | null; readonly digest: string | null } | null }[];
}

/** What the benchmarks ask of Sluis. */
export function createClient({ api, tokens }: Pick<Product, 'api' | 'tokens'>) {
  /** A command, again after each conflict or full queue, with the same key; only these are forgiven. */
  async function command(url: string, token: string, body: unknown, tally: Tally): Promise<{ status: number; body: unknown }> {
    const key = randomUUID();
    for (let attempt = 1; ; attempt += 1) {
      try {
        const answer = await http('POST', url, token, body, key);
        if (answer.status === 202) tally.pending += 1;
        return answer;
      } catch (error) {
        const status = error instanceof HttpError ? error.status : 0;
        if ((status !== 409 && status !== 503) || attempt === MOST_ATTEMPTS) throw error;
        tally.conflicts += 1;
        tally.replies[status] = (tally.replies[status] ?? 0) + 1;
        await sleep(Math.random() * 10 * Math.min(attempt, 5));
      }
    }
  }
  const taskUrl = ({ project, phase, task }: OpenTask): string => `${api}/projects/${project}/phases/${phase}/tasks/${task}`;

  return {
    start: async (template: string, name: string, tally: Tally): Promise<string> =>
      ((await command(`${api}/projects`, tokens.office, { name, template, roles: HOLDERS }, tally)).body as { id: string }).id,
    tasksOf: async (project: string): Promise<OpenTask[]> =>
      (await http<{ items: OpenTask[] }>('GET', `${api}/projects/${project}/tasks?status=ready`, tokens.team)).body.items,
    /** The newest tasks that the team may take. */
    inbox: async (most: number): Promise<number> =>
      (await http<{ items: unknown[] }>('GET', `${api}/tasks?mine=true&limit=${most}`, tokens.team)).body.items.length,
    claim: (task: OpenTask, tally: Tally) => command(`${taskUrl(task)}/claim`, tokens.team, {}, tally),
    release: (task: OpenTask, tally: Tally) => command(`${taskUrl(task)}/release`, tokens.team, {}, tally),
    complete: (task: OpenTask, tally: Tally) => command(`${taskUrl(task)}/complete`, tokens.team, {}, tally),
    /** The gates of a project that ask for a decision now. */
    gatesOf: async (project: string): Promise<OpenGate[]> => {
      const { body } = await http<ProjectBody>('GET', `${api}/projects/${project}`, tokens.approver);
      return body.phases.flatMap(({ gate }) => (gate?.status === 'open' && gate.approval !== null && gate.digest !== null
        ? [{ approval: gate.approval, digest: gate.digest }] : []));
    },
    approve: ({ approval, digest }: OpenGate, tally: Tally) =>
      command(`${api}/approvals/${encodeURIComponent(approval)}/decide`, tokens.approver, { outcome: 'approve', digest }, tally),
    /** Asks for these tasks to be done again. */
    rework: ({ approval, digest }: OpenGate, tasks: readonly string[], tally: Tally) =>
      command(`${api}/approvals/${encodeURIComponent(approval)}/decide`, tokens.approver,
        { outcome: 'rework', digest, reason: 'Once more', rework: tasks }, tally),
  };
}

export type SluisClient = ReturnType<typeof createClient>;
