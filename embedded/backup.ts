import { constants, existsSync } from 'node:fs';
import { access, chmod, cp, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { create } from 'tar';
import type { Config } from '../config';
import { productVersion } from '../config/version';
import { ARCHIVE_PARTS, describePart, MANIFEST_FILE, type ArchivePart, type Manifest } from './archive';
import { whilePaused } from './control';
import { dataFolder, type DataFolder } from './data-folder';
import { endLeftovers } from './leftovers';
import { LockedError, takeLock } from './lock';
import { step, type Say } from './progress';
import { readRunState } from './run-state';

/** A backup can't be made, or an archive can't be restored. The message says why and what to do. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

/**
 * Writes everything in the data folder to `file`, a tar.gz with a manifest: both databases at one moment, files, keys, demo
 * tokens. While the product runs, its two servers rest for the time of a copy (a second or two); API and worker stay up and
 * wait. Returns the manifest, which says what is not covered. Throws a `BackupError`; `file` is then not there.
 */
export async function backup(config: Config, file: string, say: Say): Promise<Manifest> {
  const folder = dataFolder(config.dataFolder);
  const target = resolve(file);
  if (existsSync(target)) throw new BackupError(`${target} exists already. Choose another name or move it away.`);
  if (!existsSync(folder.root)) throw new BackupError(`There is nothing to back up: ${folder.root} does not exist.`);
  await access(dirname(target), constants.W_OK).catch((error: NodeJS.ErrnoException) => {
    throw new BackupError(`${dirname(target)} is no folder to write to (${error.code ?? 'unknown'}). Make it first, or choose another.`);
  });
  const staging = join(folder.root, `backup-${process.pid}`);
  const incomplete = `${target}.incomplete-${process.pid}`;
  await removeStagings(folder.root);
  await mkdir(staging, { mode: 0o700 });
  try {
    const copied = await copyAtRest(config, folder, staging, say);
    const parts = [];
    for (const name of copied.parts) parts.push(await describePart(staging, name));
    const manifest: Manifest = {
      format: 1,
      product: productVersion(),
      createdAt: copied.at,
      parts,
      notCovered: copied.notCovered,
    };
    await writeFile(join(staging, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`);
    await step('writing the archive', say, async () => {
      // `portable` leaves out who owned the files: they are whoever restores them.
      await create({ file: incomplete, cwd: staging, gzip: true, portable: true }, [MANIFEST_FILE, ...copied.parts]);
      await chmod(incomplete, 0o600);
      await rename(incomplete, target);
    });
    return manifest;
  } finally {
    await rm(staging, { recursive: true, force: true });
    await rm(incomplete, { force: true });
  }
}

type Copied = { at: string; parts: ArchivePart[]; notCovered: string[] };

/** Copies the parts while nothing writes to them: under the lock, or with the running product's servers paused. */
async function copyAtRest(config: Config, folder: DataFolder, staging: string, say: Say): Promise<Copied> {
  let release: (() => void) | undefined;
  try {
    release = takeLock(folder.lock);
  } catch (error) {
    if (!(error instanceof LockedError)) throw error;
  }
  if (release) {
    try {
      await endLeftovers(folder.run, say);
      const elsewhere = { postgres: config.databaseUrl !== undefined, temporal: config.temporal.address !== undefined, files: config.files.s3 !== undefined };
      return await step('copying', say, () => copyParts(folder, staging, elsewhere));
    } finally {
      release();
    }
  }
  const state = readRunState(folder.run);
  if (!state?.ready) throw new BackupError('The product is starting or ending, or another backup is under way. Try again in a moment.');
  // What the running product was told counts, not the variables of this shell.
  const elsewhere = { postgres: state.parts.postgres === undefined, temporal: state.parts.temporal === undefined, files: state.filesElsewhere };
  return step('pausing both servers and copying', say, () => {
    return whilePaused(state.control, () => copyParts(folder, staging, elsewhere));
  });
}

async function copyParts(
  folder: DataFolder, staging: string, elsewhere: Readonly<Record<'postgres' | 'temporal' | 'files', boolean>>,
): Promise<Copied> {
  const at = new Date().toISOString();
  const notCovered: string[] = [];
  if (elsewhere.postgres) notCovered.push('postgres (DATABASE_URL): use the backup of that server');
  if (elsewhere.temporal) notCovered.push('temporal (TEMPORAL_ADDRESS): use the backup of that server');
  if (elsewhere.files) notCovered.push('files (SLUIS_S3_BUCKET): use the backup of that store');
  const skip = (name: ArchivePart): boolean => name in elsewhere && elsewhere[name as keyof typeof elsewhere];
  const parts = ARCHIVE_PARTS.filter((name) => !skip(name) && existsSync(join(folder.root, name)));
  for (const name of parts) {
    // Where the file system can, a copy shares its blocks with the original: the servers are back the sooner.
    await cp(join(folder.root, name), join(staging, name), {
      recursive: true, preserveTimestamps: true, mode: constants.COPYFILE_FICLONE,
    });
  }
  return { at, parts, notCovered };
}

/** Removes the copies of backups that were killed. */
async function removeStagings(root: string): Promise<void> {
  for (const name of await readdir(root)) {
    const pid = Number(/^backup-(\d+)$/.exec(name)?.[1]);
    if (pid > 0 && !isAlive(pid)) await rm(join(root, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
