import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** What a backup can hold: the name of each part is also its path in the data folder and in the archive. */
export const ARCHIVE_PARTS = ['postgres', 'temporal', 'files', 'keys', 'demo-tokens.json'] as const;
export type ArchivePart = (typeof ARCHIVE_PARTS)[number];

export const MANIFEST_FILE = 'manifest.json';

const partSchema = z.strictObject({
  name: z.enum(ARCHIVE_PARTS),
  files: z.number().int(),
  bytes: z.number().int(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** Describes a backup: the first entry of the archive. `format` rises when an older product could not read it. */
export const manifestSchema = z.strictObject({
  format: z.literal(1),
  product: z.string(),
  createdAt: z.iso.datetime(),
  parts: z.array(partSchema),
  /** Parts that live elsewhere, and the variable that says so. */
  notCovered: z.array(z.string()),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type ManifestPart = z.infer<typeof partSchema>;

/** Size and digest of a part, a file or a folder: over every path within it and every content, empty folders included. */
export async function describePart(root: string, name: ArchivePart): Promise<ManifestPart> {
  const hash = createHash('sha256');
  let files = 0;
  let bytes = 0;

  async function walk(relative: string): Promise<void> {
    const path = join(root, relative);
    const found = await stat(path);
    if (found.isDirectory()) {
      hash.update(`folder ${relative}\0`);
      for (const entry of (await readdir(path)).sort()) await walk(`${relative}/${entry}`);
      return;
    }
    hash.update(`file ${relative}\0${found.size}\0${await digestFile(path)}\0`);
    files += 1;
    bytes += found.size;
  }

  await walk(name);
  return { name, files, bytes, sha256: hash.digest('hex') };
}

async function digestFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
