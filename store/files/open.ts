import { join } from 'node:path';
import type { Config } from '../../config';
import { openDiskStore } from './disk';
import type { FileStore } from './store';

/** The file store of a configuration: a bucket where one is named, else the data folder. Who takes files in calls `prepareIncoming` first. */
export async function openFileStore({ dataFolder, files: { s3 } }: Pick<Config, 'dataFolder' | 'files'>): Promise<FileStore> {
  const incoming = join(dataFolder, 'incoming');
  if (!s3) return openDiskStore(join(dataFolder, 'files'), incoming);
  // Who has no bucket does not load what speaks to one.
  const { openS3Store } = await import('./s3');
  return openS3Store(s3, incoming);
}
