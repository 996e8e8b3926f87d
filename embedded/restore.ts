import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { extract, list } from 'tar';
import type { Config } from '../config';
import { describePart, MANIFEST_FILE, manifestSchema, type Manifest } from './archive';
import { BackupError } from './backup';
import { dataFolder, makeFolder } from './data-folder';
import { endLeftovers } from './leftovers';
import { takeLock } from './lock';
import { step, type Say } from './progress';

/** Files that mean nothing without a running product: a folder that holds only these counts as empty. */
const FLEETING = new Set(['lock.json', 'run.json', 'control.sock', 'logs', 'incoming']);

/**
 * Puts a backup in the place of the data folder. The archive is unpacked and verified beside it first, then takes its place by
 * renaming; with `force` a folder that is not empty is kept beside it under another name, which is returned.
 * Throws a `BackupError` when the archive is damaged or altered, or the folder is not empty and `force` was not given; a
 * `LockedError` when the product runs. The data folder is then as it was.
 */
export async function restore(
  config: Config, file: string, options: { force: boolean; say: Say },
): Promise<{ manifest: Manifest; keptAs: string | undefined }> {
  const folder = dataFolder(config.dataFolder);
  const archive = resolve(file);
  if (!existsSync(archive)) throw new BackupError(`${archive} does not exist.`);
  makeFolder(folder.root);
  const release = takeLock(folder.lock);
  const unpacked = `${folder.root}.restore-${process.pid}`;
  try {
    await endLeftovers(folder.run, options.say);
    const occupied = (await readdir(folder.root)).some((name) => !FLEETING.has(name));
    if (occupied && !options.force) {
      throw new BackupError(`${folder.root} is not empty. With --force it is put aside and the backup takes its place.`);
    }
    await mkdir(unpacked, { mode: 0o700 });
    const manifest = await step('unpacking and verifying', options.say, async () => {
      await unpack(archive, unpacked);
      return verify(unpacked);
    });
    await rm(join(unpacked, MANIFEST_FILE));
    const keptAs = `${folder.root}.before-restore-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
    await exchange(folder.root, unpacked, keptAs);
    if (occupied) return { manifest, keptAs };
    await rm(keptAs, { recursive: true, force: true });
    return { manifest, keptAs: undefined };
  } finally {
    // What failed may still be writing.
    await rm(unpacked, { recursive: true, force: true, maxRetries: 10 });
    release();
  }
}

async function unpack(archive: string, target: string): Promise<void> {
  try {
    // Once through it first: what is cut off is then refused before anything of it lies about.
    await list({ file: archive, strict: true });
    await extract({
      file: archive,
      cwd: target,
      strict: true,
      filter: (_path, entry) => !('type' in entry) || entry.type === 'File' || entry.type === 'Directory',
    });
  } catch (error) {
    throw new BackupError(`${archive} can't be unpacked: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

/** Compares what was unpacked with the manifest, part by part. */
async function verify(unpacked: string): Promise<Manifest> {
  const manifest = await readManifest(join(unpacked, MANIFEST_FILE));
  const expected = new Set<string>([MANIFEST_FILE, ...manifest.parts.map((part) => part.name)]);
  const strangers = (await readdir(unpacked)).filter((name) => !expected.has(name));
  if (strangers.length > 0) throw new BackupError(`The archive holds what its manifest does not name: ${strangers.join(', ')}.`);
  for (const part of manifest.parts) {
    if (!existsSync(join(unpacked, part.name))) throw new BackupError(`The archive lacks a part that its manifest names: ${part.name}.`);
    const found = await describePart(unpacked, part.name);
    if (found.sha256 !== part.sha256) {
      throw new BackupError(`The archive is damaged or was altered: ${part.name} does not match the manifest ` +
        `(${found.files} files, ${found.bytes} bytes; expected ${part.files} files, ${part.bytes} bytes).`);
    }
  }
  return manifest;
}

async function readManifest(path: string): Promise<Manifest> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(path, 'utf8'));
  } catch {
    throw new BackupError('This is no backup of Sluis: it has no manifest that can be read.');
  }
  const parsed = manifestSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => issue.path.join('.') || 'manifest').join(', ');
  throw new BackupError(`The manifest of the backup can't be used (${fields}): it was altered, or made by a newer version.`);
}

async function exchange(root: string, unpacked: string, keptAs: string): Promise<void> {
  try {
    await rename(root, keptAs);
  } catch (error) {
    throw new BackupError(`${root} can't be renamed (${(error as NodeJS.ErrnoException).code ?? 'unknown'}): a folder that is ` +
      'mounted can\'t be replaced. Set SLUIS_DATA to a folder within it.', { cause: error });
  }
  try {
    await rename(unpacked, root);
  } catch (error) {
    await rename(keptAs, root);
    throw error;
  }
  await rm(join(keptAs, 'lock.json'), { force: true });
}
