/** One trial: people work while parts are killed at random moments; then everything must be as if nothing had happened. */
import { until } from './child';
import { checkAgreement, checkAudit, checkCommands, checkMoves, checkReplays, findUnsettled, inspect } from './checks';
import { Clients, type Sent } from './client';
import { type Chance, makeChance } from './random';
import { isReady, type Rig } from './rig';
import { type Move, Unrest } from './unrest';
import { hasEnded, Workload } from './workload';

export interface TrialOptions {
  readonly kills: number;
  /** So many crashes of processes by themselves are waited for beside. */
  readonly crashes?: number;
  readonly seed: number;
  readonly say?: (line: string) => void;
}

export interface TrialReport {
  readonly seed: number;
  readonly kills: Readonly<Record<string, number>>;
  /** At each point. */
  readonly crashes: Readonly<Record<string, number>>;
  readonly commands: number;
  readonly acknowledged: number;
  /** Decisions among them. */
  readonly decided: number;
  readonly refused: Readonly<Record<string, number>>;
  readonly givenUp: number;
  /** Commands that needed more than one attempt, attempts in all, and answers 202. */
  readonly retried: number;
  readonly attempts: number;
  readonly pending: number;
  readonly projects: number;
  /** Runs that were asked to continue as new, and acknowledged commands that were sent again. */
  readonly rollovers: number;
  readonly repeats: number;
  /** Moves to another version whose end was told. */
  readonly moves: Readonly<Record<Move['outcome'], number>>;
  readonly seconds: number;
  readonly settledMs: number;
  readonly problems: readonly string[];
}

const SETTLE_LIMIT_MS = 180_000;
/** What comes to rest by itself does so sooner. */
const UPKEEP_AFTER_MS = 12_000;
const FINISH_LIMIT_MS = 240_000;
/** Of the commands that were acknowledged, so many at most are sent again at the end. */
const REPEATS = 400;
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Kills one part, sometimes two at once, and brings them back after a pause. */
async function killSome(rig: Rig, chance: Chance, most: number, say: (line: string) => void): Promise<string[]> {
  const first = chance.one(rig.targets) ?? '';
  const second = most > 1 && chance.chance(20) ? chance.one(rig.targets.filter((target) => target !== first)) : undefined;
  const victims = second === undefined ? [first] : [first, second];
  await Promise.all(victims.map((victim) => rig.kill(victim, chance)));
  const downMs = chance.chance(30) ? chance.between(0, 100) : chance.between(100, 2_500);
  const began = Date.now();
  await wait(downMs);
  await Promise.all(victims.map((victim) => rig.revive(victim)));
  say(`killed ${victims.join(' and ')}, back after ${Date.now() - began} ms`);
  return victims;
}

/** Lets worker and API crash at their crash points, one after the other, until each has so often, and once at each of its points at least. */
async function crashOften(rig: Rig, times: number, say: (line: string) => void): Promise<void> {
  for (const part of ['worker', 'api'] as const) {
    await rig.crash?.(part);
    const counts = (): number[] => Object.entries(rig.crashes?.() ?? {}).filter(([point]) => point.startsWith(part)).map(([, count]) => count);
    await until(`${times} crashes of the ${part}`, 120_000 + times * 20_000, () => counts().every((count) => count > 0) && counts().reduce((sum, count) => sum + count, 0) >= times, 100);
  }
  await rig.crash?.(undefined);
  say(`crashes: ${JSON.stringify(rig.crashes?.())}`);
}

/** Runs a trial; what is wrong stands in `problems`. @throws Error when a part does not come back. */
export async function runTrial(rig: Rig, options: TrialOptions): Promise<TrialReport> {
  const { seed, say = () => undefined } = options;
  const began = Date.now();
  const clients = new Clients(rig, makeChance(seed, 'clients'));
  const workload = new Workload(clients, makeChance(seed, 'work'), { projects: 3, pauseMs: 120, patience: { limitMs: 90_000, hasty: 6, careless: 2 } });
  const chance = makeChance(seed, 'kills');
  const kills: Record<string, number> = {};

  const unrest = new Unrest(rig, clients, makeChance(seed, 'unrest'));
  const working = Promise.all([workload.run(), unrest.run()]);
  try {
    for (let done = 0; done < options.kills;) {
      await wait(chance.chance(20) ? chance.between(0, 200) : chance.between(300, 3_000));
      const victims = await killSome(rig, chance, options.kills - done, (line) => say(`${done + 1}/${options.kills} ${line}`));
      for (const victim of victims) kills[victim] = (kills[victim] ?? 0) + 1;
      done += victims.length;
    }
    if (options.crashes !== undefined) await crashOften(rig, Math.ceil(options.crashes / 2), say);
    await wait(1_000);
  } finally {
    workload.stop();
    unrest.stop();
    await working;
  }

  await until('all parts to be ready', SETTLE_LIMIT_MS, () => isReady(rig.url));
  const { problems, rollovers } = unrest;
  const settled = await settle(rig, problems);
  say(`settled after ${settled} ms`);
  const projects = await workload.projects() ?? [];
  for (const project of projects.filter((each) => !hasEnded(each))) {
    if (!await workload.isWorkable(project)) problems.push(`project ${project.id} is stuck: nobody can do anything in it`);
  }
  problems.push(...await check(rig, clients.sent, unrest.moves));
  const again = spread(clients.sent.filter(({ outcome }) => outcome === 'acknowledged'), REPEATS);
  for (const each of again) {
    const difference = await clients.repeat(each) ?? (chance.chance(20) ? await clients.abuse(each) : undefined);
    if (difference !== undefined) problems.push(difference);
  }
  const open = await workload.finish(FINISH_LIMIT_MS);
  for (const { id, status } of open) problems.push(`project ${id} can't be brought to its end: ${status}; ${JSON.stringify(await workload.standing(id))}`);
  await settle(rig, problems);
  problems.push(...await check(rig, clients.sent, unrest.moves), ...rig.failedTasks());
  return { ...count(clients.sent), seed, kills, crashes: rig.crashes?.() ?? {}, projects: projects.length, rollovers, moves: { migrated: unrest.moves.filter(({ outcome }) => outcome === 'migrated').length, 'moved-on': unrest.moves.filter(({ outcome }) => outcome === 'moved-on').length },
    repeats: unrest.repeats + again.length, settledMs: settled, seconds: Math.round((Date.now() - began) / 1000), problems: [...new Set(problems)] };
}

/** Waits until nothing is under way any more. @returns how long that took, in milliseconds. */
async function settle(rig: Rig, problems: string[]): Promise<number> {
  const began = Date.now();
  const inspection = await inspect(rig);
  try {
    let unsettled: string[] = [];
    let asked = false;
    do {
      unsettled = await findUnsettled(inspection);
      if (unsettled.length > 0) await wait(300);
      if (unsettled.length > 0 && !asked && Date.now() - began > UPKEEP_AFTER_MS) {
        // What a lost workflow task left in the log is for the hourly upkeep to take out.
        await inspection.client.schedule.getHandle('upkeep').trigger();
        asked = true;
      }
    } while (unsettled.length > 0 && Date.now() - began < SETTLE_LIMIT_MS);
    problems.push(...unsettled);
  } finally {
    await inspection.close();
  }
  return Date.now() - began;
}

async function check(rig: Rig, sent: readonly Sent[], moves: readonly Move[]): Promise<string[]> {
  const inspection = await inspect(rig);
  try {
    return [...await checkCommands(inspection, sent), ...await checkMoves(inspection, moves), ...await checkReplays(inspection), ...await checkAgreement(inspection), ...await checkAudit(rig)];
  } finally {
    await inspection.close();
  }
}

/** So many of the items at most, evenly spread. */
const spread = <T>(items: readonly T[], most: number): T[] => items.filter((_, place) => place % Math.ceil(items.length / most) === 0);

function count(sent: readonly Sent[]) {
  const of = (outcome: Sent['outcome']): Sent[] => sent.filter((each) => each.outcome === outcome);
  const refused: Record<string, number> = {};
  for (const { refusal = '' } of of('refused')) refused[refusal] = (refused[refusal] ?? 0) + 1;
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
  return {
    commands: sent.length, acknowledged: of('acknowledged').length, decided: of('acknowledged').filter(({ path }) => path.endsWith('/decide')).length, refused, givenUp: of('given-up').length,
    retried: sent.filter(({ attempts }) => attempts > 1).length, attempts: sum(sent.map(({ attempts }) => attempts)), pending: sum(sent.map(({ pending }) => pending)),
  };
}
