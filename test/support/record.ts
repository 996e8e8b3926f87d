/** An exported record, taken apart, changed and packed again: as somebody would who wants to pass it off as whole. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { create, extract } from 'tar';
import type { RecordManifest } from '../../store/record/layout';

export class Forgery {
  readonly folder: string;

  private constructor(private readonly at: string) {
    this.folder = mkdtempSync(join(at, 'forgery-'));
  }

  static async of(archive: string, at: string): Promise<Forgery> {
    const forgery = new Forgery(at);
    await extract({ file: archive, cwd: forgery.folder });
    return forgery;
  }

  read(part: string): string {
    return readFileSync(join(this.folder, part), 'utf8');
  }

  write(part: string, content: string | Buffer): void {
    mkdirSync(join(this.folder, part, '..'), { recursive: true });
    writeFileSync(join(this.folder, part), content);
  }

  remove(part: string): void {
    rmSync(join(this.folder, part));
  }

  manifest(): RecordManifest & { parts: { path: string; bytes: number; sha256: string }[] } {
    return JSON.parse(this.read('manifest.json')) as ReturnType<Forgery['manifest']>;
  }

  /** Changes the lines of a part; what the change answers is kept. */
  lines(part: string, change: (lines: Record<string, any>[]) => unknown[]): void { // eslint-disable-line @typescript-eslint/no-explicit-any
    const lines = this.read(part).split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Record<string, unknown>);
    this.write(part, change(lines).map((line) => `${JSON.stringify(line)}\n`).join(''));
  }

  json(part: string, change: (value: any) => unknown): void { // eslint-disable-line @typescript-eslint/no-explicit-any
    this.write(part, JSON.stringify(change(JSON.parse(this.read(part)))));
  }

  /** Makes the manifest fit what is there. @param without parts that it does not name any more. */
  reseal(...without: string[]): void {
    const manifest = this.manifest();
    const parts = manifest.parts.filter(({ path }) => !without.includes(path)).map(({ path }) => {
      const content = readFileSync(join(this.folder, path));
      return { path, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
    });
    this.write('manifest.json', JSON.stringify({ ...manifest, parts }));
  }

  async pack(...more: string[]): Promise<string> {
    const file = `${this.folder}.tar.gz`;
    await create({ file, cwd: this.folder, gzip: true, portable: true, noDirRecurse: true }, ['manifest.json', ...this.manifest().parts.map(({ path }) => path), ...more]);
    return file;
  }
}
