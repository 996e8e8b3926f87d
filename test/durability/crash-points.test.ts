/** Worker and API crash between two of their own steps, by chance: right before and after an append, which both do, and before an answer. */
import { startParts } from '../support/durability/parts';
import { settings } from '../support/durability/settings';
import { runTrial } from '../support/durability/trial';

const { seed, crashes, say } = settings;
jest.setTimeout(5 * 60_000 + crashes * 30_000);

test('a crash between appending to the log and telling the engine loses nothing and repeats nothing', async () => {
  const rig = await startParts({ crash: {
    worker: { 'before-projection': 4, 'after-projection': 4 },
    api: { 'before-projection': 15, 'after-projection': 15, 'before-answer': 4 },
  } });
  try {
    const report = await runTrial(rig, { kills: 0, crashes, seed, say });
    say(JSON.stringify(report, null, 2));
    expect({ seed, problems: report.problems }).toEqual({ seed, problems: [] });
    expect(report.acknowledged).toBeGreaterThan(10);
  } catch (error) {
    throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : String(error)}\n${rig.logs()}`, { cause: error });
  } finally {
    await rig.close();
  }
});
