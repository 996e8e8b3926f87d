import type { Config } from '../config';
import type { Manifest } from '../embedded/archive';
import { backup } from '../embedded/backup';
import { restore } from '../embedded/restore';
import { type Output, printJson } from './terminal/print';

/** With `--json` standard output is for the document alone. */
const sayerFor = ({ json }: Output) => (line: string): void => { (json ? process.stderr : process.stdout).write(`${line}\n`); };

/** `sluis backup FILE`. */
export async function runBackup(config: Config, file: string, output: Output): Promise<void> {
  const say = sayerFor(output);
  const manifest = await backup(config, file, say);
  if (output.json) {
    printJson({ file, ...manifest });
    return;
  }
  say(`Backup written to ${file}: ${describe(manifest)}.`);
  for (const gap of manifest.notCovered) say(`Not covered: ${gap}.`);
}

export interface RestoreOptions extends Output {
  /** A data folder that is not empty is put aside. */
  readonly force?: boolean;
}

/** `sluis restore FILE`. */
export async function runRestore(config: Config, file: string, { force = false, ...output }: RestoreOptions): Promise<void> {
  const say = sayerFor(output);
  const { manifest, keptAs } = await restore(config, file, { force, say });
  if (output.json) {
    printJson({ dataFolder: config.dataFolder, keptAs: keptAs ?? null, ...manifest });
    return;
  }
  say(`Restored the backup of ${manifest.createdAt} (version ${manifest.product}) to ${config.dataFolder}: ${describe(manifest)}.`);
  for (const gap of manifest.notCovered) say(`Not covered by it: ${gap}.`);
  if (keptAs) say(`What was there before is in ${keptAs}.`);
}

function describe(manifest: Manifest): string {
  return manifest.parts.map((part) => `${part.name} (${(part.bytes / 1_000_000).toFixed(1)} MB)`).join(', ');
}
