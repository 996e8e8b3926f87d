// npm run durability -- [--kills N] [--seed N] [--parts | --product] [--away-minutes N]
//
// The long runs of the durability tests: people work over HTTP while parts are killed by process id at random moments. Without
// --parts or --product the kills are shared between both. Beside the kills of parts, worker and API crash a fifth as often at their
// crash points. With --away-minutes alone only the database is away for so long.
import path from 'node:path';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findParts } from './check/parts.mjs';
import { build } from './build.mjs';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const USAGE = 'npm run durability -- [--kills N] [--seed N] [--parts | --product] [--away-minutes N]';

function readArguments() {
  const whole = (name, text) => {
    if (text === undefined) return undefined;
    if (!/^\d+(\.\d+)?$/.test(text)) throw new Error(`--${name} takes a number, not ${JSON.stringify(text)}`);
    return Number(text);
  };
  const { values } = parseArgs({
    options: {
      kills: { type: 'string' }, seed: { type: 'string' }, parts: { type: 'boolean' }, product: { type: 'boolean' }, 'away-minutes': { type: 'string' },
    },
  });
  return {
    kills: whole('kills', values.kills), seed: whole('seed', values.seed), awayMinutes: whole('away-minutes', values['away-minutes']),
    parts: values.parts === true, product: values.product === true,
  };
}

/** How many kills the separate parts get and how many the product; a third goes to the product unless one of them is chosen. */
function share({ kills = 100, parts, product }) {
  if (parts === product) return { parts: kills - Math.floor(kills / 3), product: Math.floor(kills / 3) };
  return parts ? { parts: kills, product: 0 } : { parts: 0, product: kills };
}

async function main() {
  const asked = readArguments();
  const seed = asked.seed ?? Math.floor(Math.random() * 1e6);
  const onlyAway = asked.awayMinutes !== undefined && asked.kills === undefined;
  const shares = share(asked);
  await build();
  const env = {};
  const found = await findParts(ROOT, env);
  if (found.failed > 0) throw new Error(found.notes.join('\n'));
  const crashes = Math.ceil(shares.parts / 5);
  const files = [...(onlyAway ? [] : ['test/durability/kills', ...(crashes > 0 ? ['test/durability/crash-points'] : [])]), ...(asked.awayMinutes === undefined ? [] : ['test/durability/database-away'])];
  console.log(onlyAway ? `The database is away for ${asked.awayMinutes} minutes.` : `${shares.parts} kills of parts, ${crashes} crashes, ${shares.product} kills of the product, seed ${seed}`);
  const jest = path.join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
  const child = spawn(process.execPath, [jest, '--selectProjects', 'durability', '--runInBand', '--testPathPatterns', files.join('|')], {
    cwd: ROOT,
    stdio: 'inherit',
    env: {
      ...process.env, ...env,
      SLUIS_DURABILITY_VERBOSE: '1',
      SLUIS_DURABILITY_SEED: String(seed),
      SLUIS_DURABILITY_PARTS: String(shares.parts),
      SLUIS_DURABILITY_PRODUCT: String(shares.product),
      SLUIS_DURABILITY_CRASHES: String(crashes),
      ...(asked.awayMinutes !== undefined && { SLUIS_DURABILITY_AWAY_SECONDS: String(asked.awayMinutes * 60) }),
    },
  });
  // Ctrl-C reaches the tests as well, which end what they started.
  process.on('SIGINT', () => undefined);
  process.exitCode = await new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
}

main().catch((error) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
  process.exitCode = 2;
});
