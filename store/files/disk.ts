/** Contents in a folder, each written beside it first and renamed into its place. */
import { constants } from 'node:fs';
import { access, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream';
import { type Content, type FileStore, Verified, reach } from './store';

/** Makes what was renamed into a folder outlast a power cut. */
async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function openContent(path: string, sha256: string): Promise<Content | null> {
  const handle = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (!handle) return null;
  const { size } = await handle.stat();
  return { size, stream: pipeline(handle.createReadStream(), new Verified(sha256), () => undefined) };
}

/**
 * @param root the folder of the contents; @param incoming one beside it, on the same file system: a backup copies the former while files
 * come and go in the latter.
 */
export function openDiskStore(root: string, incoming: string): FileStore {
  const pathOf = (sha256: string): string => join(root, sha256.slice(0, 2), sha256);
  return {
    incoming,
    put: (sha256, path) => reach('a file can not be kept', async () => {
      const target = pathOf(sha256);
      const folder = dirname(target);
      if (await mkdir(folder, { recursive: true, mode: 0o700 }) !== undefined) await syncFolder(dirname(folder));
      await rename(path, target);
      await syncFolder(folder);
    }),
    open: (sha256) => reach('a file can not be read', () => openContent(pathOf(sha256), sha256)),
    remove: (sha256) => reach('a file can not be removed', () => rm(pathOf(sha256), { force: true })),
    check: () => reach('the folder of files', async () => {
      await mkdir(root, { recursive: true, mode: 0o700 });
      for (const path of [root, incoming]) await access(path, constants.R_OK | constants.W_OK);
    }),
  };
}
