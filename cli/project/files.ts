/** `sluis project upload`, `files` and `download`: evidence as files. */
import { existsSync, openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import type { Schema } from '../../client';
import type { Config } from '../../config';
import { FILE_TYPES, typeForName } from '../../domain/files';
import { type Api, type ApiOptions, connect } from '../client/api';
import { count, print, printJson } from '../terminal/print';
import { refuseToReplace, save } from '../terminal/save';
import { style } from '../terminal/style';
import { textTable } from '../terminal/table';
import { momentOf } from '../terminal/time';
import { UsageError } from '../terminal/usage-error';

export interface UploadOptions extends ApiOptions {
  readonly name?: string;
}

type File = Schema<'File'>;

const pathOf = (project: string): `/projects/${string}/files` => `/projects/${encodeURIComponent(project)}/files`;
const sizeOf = (bytes: number): string => (bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`);

/** @throws UsageError for a file that is not there or of no type that is taken, ApiProblem when it is refused. */
export async function runUpload(config: Config, project: string, file: string, { name = basename(file), ...options }: UploadOptions): Promise<void> {
  if (!existsSync(file)) throw new UsageError(`There is no file ${file}.`);
  const type = typeForName(name)?.type;
  if (type === undefined) throw new UsageError(`${name}: evidence is a file that ends in ${FILE_TYPES.flatMap(({ extensions }) => extensions).join(', ')}.`);
  const kept = await connect(config, options).upload(pathOf(project), { name }, await openAsBlob(file, { type }));
  if (options.json) printJson(kept);
  else print(`${style.green('kept')}  ${kept.name} (${kept.type}, ${sizeOf(kept.size)})\n${kept.sha256}`);
}

/** @throws ApiProblem */
export async function runFiles(config: Config, project: string, options: ApiOptions): Promise<void> {
  const items = await connect(config, options).all(pathOf(project));
  if (options.json) {
    printJson({ items });
    return;
  }
  if (items.length > 0) print(`${textTable(['sha-256', 'name', 'size', 'by', 'at'], items.map(({ sha256, name, size, by, at }) => [sha256.slice(0, 12), name, sizeOf(size), by.name, momentOf(at)]))}\n`);
  print(`${count(items.length, 'file')}.`);
}

/** @throws UsageError when no file or several begin so, ApiProblem, Error when it breaks off. */
export async function runDownload(config: Config, project: string, digest: string, target: string | undefined, options: ApiOptions): Promise<void> {
  const api = connect(config, options);
  const found = await find(api, project, digest);
  const file = target ?? basename(found.name);
  refuseToReplace(file);
  await save(await api.download(`${pathOf(project)}/${found.sha256}`), file, found.sha256);
  if (options.json) printJson({ file, ...found });
  else print(`${style.green('saved')}  ${file} (${found.type}, ${sizeOf(found.size)})`);
}

async function find(api: Api, project: string, digest: string): Promise<File> {
  const found = (await api.all(pathOf(project))).filter(({ sha256 }) => sha256.startsWith(digest.toLowerCase()));
  const [first] = found;
  if (!first) throw new UsageError(`The project has no file whose SHA-256 begins with ${digest}.`);
  if (found.length > 1) throw new UsageError(`Several files begin with ${digest}: ${found.map(({ name }) => name).join(', ')}.`);
  return first;
}
