/** The demo: one ICT project through the shipped PM² template, over HTTP alone, as any client would. */
import { approve, enterPhase, gateIs, openGate, perform, performAll, type Scene } from './cast';
import { checkBlocked, checkClaimed, checkGateRoom, checkInbox, checkLog, checkMine, checkRefusals, checkStart, checkVoteAgain } from './checks';
import { Client, expectThat, until } from './client';
import { acceptWithCondition, meetCondition, sendBack } from './gates';
import { BUILD, CLOSING, CONTROL, CONTROLLING, EXECUTING, EXECUTING_FIRST, INITIATING, PLANNING, PROJECT_NAME, REWORK, ROLES } from './story';
import { Timeline } from './timeline';
import { type Language, WORDS } from './words';

export { DeviationError } from './client';

/** Beside those with a role in the project: the project office, an auditor, and someone who has no business there. */
const CAST: readonly string[] = [...Object.values(ROLES).flat(), 'p-olga', 'p-aude', 'p-leo'];

export interface DemoOptions {
  /** Where the API is, such as `http://localhost:3000`. */
  readonly url: string;
  /** Person id → bearer token, for all demo people. */
  readonly tokens: Readonly<Record<string, string>>;
  /** Takes each line of the timeline. */
  readonly say: (line: string) => void;
  /** Language of the timeline; English when not given. */
  readonly language?: Language;
}

/**
 * Takes "move the finance applications to the new datacenter" through PM² from initiating to closing: a new project each time.
 * @throws DeviationError as soon as a step goes another way than it should.
 */
export async function runDemo(options: DemoOptions): Promise<void> {
  const began = Date.now();
  const language = options.language ?? 'en';
  const words = WORDS[language];
  const client = new Client(options.url, options.tokens, language);
  const timeline = new Timeline(options.say, language);
  timeline.learn(await Promise.all(CAST.map((person) => client.get(person, '/me'))));

  timeline.title(PROJECT_NAME);
  const project = await checkStart(client, timeline, words);
  const scene: Scene = { client, timeline, words, project };

  await enterPhase(scene, 'initiating');
  await checkMine(scene, 'p-bea');
  await checkRefusals(scene);
  await performAll(scene, 'initiating', INITIATING.slice(0, -1));
  await performAll(scene, CONTROL, CONTROLLING.initiating);
  await checkBlocked(scene, 'initiating', ['project-charter']);
  await performAll(scene, 'initiating', INITIATING.slice(-1));
  const planning = await openGate(scene, 'ready-for-planning', 1, 'p-bea');
  await checkGateRoom(scene, planning);
  await checkVoteAgain(scene, planning.id, 'p-bea');
  await approve(scene, planning.id, ['p-sam', 'p-paul']);
  await gateIs(scene, 'ready-for-planning', 'approved');

  await enterPhase(scene, 'planning');
  await performAll(scene, 'planning', PLANNING);
  await performAll(scene, CONTROL, CONTROLLING.planning);
  const first = await openGate(scene, 'ready-for-executing', 1, 'p-sam');
  await approve(scene, first.id, ['p-bea']);
  await sendBack(scene, first.id, 'p-sam');
  await perform(scene, 'planning', REWORK.deed);
  const second = await openGate(scene, 'ready-for-executing', 2, 'p-sam');
  expectThat(second.digest !== first.digest, 'after the rework the gate shows the same evidence as before');
  await approve(scene, second.id, ['p-bea', 'p-sam', 'p-greta', 'p-paul']);
  await gateIs(scene, 'ready-for-executing', 'approved');

  await enterPhase(scene, 'executing');
  await performAll(scene, 'executing', EXECUTING_FIRST);
  await checkClaimed(scene, BUILD, 'p-tess');
  await perform(scene, 'executing', BUILD);
  await performAll(scene, 'executing', EXECUTING.slice(0, -1));
  await performAll(scene, CONTROL, CONTROLLING.executing);
  await performAll(scene, 'executing', EXECUTING.slice(-1));
  const third = await openGate(scene, 'ready-for-closing', 1, 'p-bea');
  await approve(scene, third.id, ['p-bea', 'p-sam']);
  const condition = await acceptWithCondition(scene, third.id, 'p-paul');
  await gateIs(scene, 'ready-for-closing', 'approved-with-conditions');

  await enterPhase(scene, 'closing');
  await meetCondition(scene, condition, 'p-sam');
  await performAll(scene, CONTROL, CONTROLLING.closing);
  await performAll(scene, 'closing', CLOSING);

  const ended = await until('the project to be completed', async () => {
    const found = await client.get('p-olga', `/projects/${project}`);
    return found.status === 'running' ? undefined : found;
  });
  expectThat(ended.status === 'completed', `the project ended as ${ended.status}`);
  expectThat(ended.phases.every(({ status }) => status === 'ended' || status === 'skipped'), 'the project is completed with a phase that has not ended');
  expectThat(ended.blocking.length === 0, 'the project is completed and something still blocks it');
  const { events, streams } = await checkLog(scene);
  timeline.heading(words.completed(events, streams, ((Date.now() - began) / 1000).toFixed(1)));
  timeline.checked(words.logGapless);
  await checkInbox(scene, 'p-marc');
}
