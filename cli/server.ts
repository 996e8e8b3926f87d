import { relative } from 'node:path';
import type { Config } from '../config';
import { InterruptedError, startProduct, type Product } from '../embedded/supervisor';
import { style } from './terminal/style';

/** A second signal this long after the first means: at once. Sooner, it is the same Ctrl-C, passed on by npm. */
const IMPATIENT_MS = 1500;

/** Starts the product, prints where it is, and runs until a signal ends it. */
export async function runServer(config: Config): Promise<void> {
  const began = Date.now();
  const say = (line: string): void => { process.stdout.write(`${line}\n`); };
  const interrupt = new AbortController();
  let product: Product | undefined;
  let askedAt: number | undefined;

  const onSignal = (): void => {
    if (askedAt === undefined) {
      askedAt = Date.now();
      say('\nEnding …');
      interrupt.abort();
      if (product) end(product);
    } else if (Date.now() - askedAt > IMPATIENT_MS) {
      product?.kill();
    }
  };
  const end = (running: Product): void => {
    running.stop().then(
      () => { say('Ended.'); process.exit(0); },
      (error: unknown) => { process.stderr.write(`${String(error)}\n`); process.exit(1); },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);

  say(`Starting Sluis (data in ${shortPath(config.dataFolder)})`);
  try {
    product = await startProduct(config, { say, signal: interrupt.signal });
  } catch (error) {
    if (error instanceof InterruptedError) {
      say('Ended.');
      process.exit(130);
    }
    throw error;
  }
  if (askedAt !== undefined) end(product);
  else say(welcome(product, config, Date.now() - began));
}

function welcome(product: Product, config: Config, tookMs: number): string {
  const { state, demoTokens } = product;
  const lines = ['', `${style.green('Sluis is ready')} (${(tookMs / 1000).toFixed(1)} s)`, ''];
  lines.push(`  Pages         ${style.cyan(state.url)}`);
  lines.push(`  API           ${style.cyan(`${state.url}/docs`)}`);
  if (state.temporalUiUrl) lines.push(`  Temporal UI   ${style.cyan(state.temporalUiUrl)}`);
  else lines.push(`  Temporal      ${config.temporal.address ?? ''}, namespace ${config.temporal.namespace}`);
  lines.push(`  Data          ${shortPath(config.dataFolder)}`);
  if (demoTokens.length > 0) {
    const width = Math.max(...demoTokens.map((token) => token.role?.length ?? 0));
    const names = Math.max(...demoTokens.map((token) => token.name.length));
    lines.push('', '  Sign-in tokens of the demo people (Authorization: Bearer TOKEN)');
    for (const { role, name, token } of demoTokens) lines.push(`    ${(role ?? '').padEnd(width)}  ${name.padEnd(names)}  ${token}`);
  } else if (config.demo) {
    lines.push('', '  The demo people exist already and their tokens are not in this data folder.');
  }
  if (demoTokens.length > 0) lines.push('', `  Try next, in another terminal:  ${style.bold('npm run demo')}`);
  lines.push('', '  Ctrl-C ends it; the next start goes on where this one ended.');
  return lines.join('\n');
}

function shortPath(path: string): string {
  const near = relative(process.cwd(), path);
  return near === '' ? '.' : near.startsWith('..') ? path : near;
}
