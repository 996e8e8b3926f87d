/** Evidence as files: they are uploaded to a project first, and then named in evidence by their digest. */
import { z } from 'zod';
import { FILE_TYPES, type FileType, extensionOf, findFileType } from '../../domain/files';
import { mayUpload } from '../../domain/permissions';
import { isOfType } from '../../store/files/content';
import type { FileRow } from '../../store/files/rows';
import { type Spooled, TooLarge, spool } from '../../store/files/spool';
import { FileDamaged, FilesAway } from '../../store/files/store';
import { Abandoned } from '../commands/queue';
import type { Deps } from '../deps';
import { decodeCursor } from '../http/cursor';
import { endpoint, type Call } from '../http/endpoint';
import { toIso } from '../http/instant';
import { pageOf } from '../http/page';
import { fileHref } from '../names';
import { namingFor, readTemplateOf } from '../naming';
import { Problem } from '../problem';
import { freeText, instant, listOf, namedPerson, page, projectParams } from '../schemas';

const MEGABYTE = 1_048_576;

/** Of a name alone: no part of a path, and nothing that shows its letters in another order. */
const isName = (name: string): boolean => !/[/\\\r\n\t\u202a-\u202e\u2066-\u2069]/.test(name) && name.trim() === name && !/^\.+$/.test(name);

const name = freeText(200)
  .meta({ description: 'What the file is called: no path, and ending as its type does.', example: 'Test report.pdf' });
const fileParams = projectParams.extend({ sha256: z.string().regex(/^[0-9a-f]{64}$/) });

const fileView = z.strictObject({
  sha256: z.string(), name: z.string(), type: z.string(), size: z.int().meta({ description: 'In bytes.' }),
  by: namedPerson, at: instant, href: z.string().meta({ description: 'Where its content is.' }),
}).meta({ id: 'File' });

const viewOf = ({ project, sha256, name: called, type, size, by, at }: FileRow, names: ReadonlyMap<string, string>): z.output<typeof fileView> =>
  ({ sha256, name: called, type, size, by: { id: by, name: names.get(by) ?? by }, at: toIso(at), href: fileHref(project, sha256) });

/** The type that is declared. @throws Problem when it is not taken, or its text would be in another encoding. */
function declaredType(header: string): FileType {
  const [given = '', ...parameters] = header.split(';').map((part) => part.trim());
  const found = findFileType(given);
  const charset = parameters.map((each) => /^charset="?([^"]*)"?$/i.exec(each)?.[1]?.toLowerCase()).find((each) => each !== undefined);
  const isReadable = charset === undefined || charset === 'utf-8' || charset === 'us-ascii';
  if (found && isReadable) return found;
  throw new Problem('file-type-not-allowed', { facts: { type: header === '' ? '?' : header.slice(0, 200), allowed: FILE_TYPES.map(({ type }) => type) } });
}

/** Takes the file in and hands it on whole. @throws Problem when it is too large or breaks off. */
async function takeIn<T>({ upload, signal }: Call, deps: Deps, work: (spooled: Spooled) => Promise<T>): Promise<T> {
  const { fileLimit } = deps.settings;
  const tooLarge = () => new Problem('body-too-large', { facts: { megabytes: fileLimit / MEGABYTE } });
  const { stream, size } = upload as NonNullable<Call['upload']>;
  if ((size ?? 0) > fileLimit) throw tooLarge();
  try {
    return await spool(stream, deps.files.incoming, fileLimit, work);
  } catch (error) {
    if (error instanceof TooLarge) throw tooLarge();
    throw signal.aborted && !(error instanceof FilesAway) ? new Abandoned() : error;
  } finally {
    // What its sender still sends is let pass, so that they come to read the answer.
    stream.resume();
  }
}

const path = '/projects/{project}/files';

export const fileEndpoints = [
  endpoint({
    method: 'post', path, id: 'uploadFile', tag: 'files', upload: true, summary: 'Upload a file as evidence',
    description: 'The body is the file, `Content-Type` its type. Evidence of type document then names it: `{ "name": …, "sha256": … }`, without a `url`. '
      + 'The same content again is the same file, under the name it was given first. What its type says is checked against its content. '
      + 'A file that nothing names is removed after a while.',
    params: projectParams, query: z.strictObject({ name }),
    answers: { 201: { description: 'Kept.', schema: fileView }, 200: { description: 'The project had it already.', schema: fileView } },
    async handle(call, deps) {
      const { params: { project }, query, caller, upload } = call;
      const access = await deps.enter(caller, project);
      if (!mayUpload(access.roles, caller.globalRoles)) {
        call.name(await namingFor(deps, access, call.language));
        const { roles } = await readTemplateOf(deps, access);
        throw new Problem('not-permitted', { facts: { roles: [...roles.map((role) => role.key), 'project-office'] } });
      }
      if (!isName(query.name)) throw Problem.fields([{ pointer: '/query/name', code: 'file-name' }]);
      const type = declaredType(upload?.type ?? '');
      if (!type.extensions.includes(extensionOf(query.name))) throw Problem.fields([{ pointer: '/query/name', code: 'format', expected: type.extensions.join(', ') }]);
      const { isNew, row } = await takeIn(call, deps, async ({ path: taken, size, sha256 }) => {
        if (size === 0) throw new Problem('file-empty');
        if (!await isOfType(type, taken, size)) throw new Problem('file-type-differs', { facts: { type: type.type } });
        // In this order nobody sees a file whose content is not there, and nobody takes the content away meanwhile.
        await deps.reads.announceFile({ project, sha256, name: query.name, type: type.type, size, by: caller.id });
        await deps.files.put(sha256, taken);
        const made = await deps.reads.markStored(project, sha256);
        return { isNew: made, row: await deps.reads.file(project, sha256) as FileRow };
      });
      const body = viewOf(row, await deps.reads.names([row.by]));
      return isNew ? { status: 201, headers: { Location: body.href }, body } : { body };
    },
  }),
  endpoint({
    method: 'get', path, id: 'listFiles', tag: 'files', summary: 'The files of a project, the latest first',
    params: projectParams, query: z.strictObject(page),
    answers: { 200: { description: 'Files.', schema: listOf(fileView).meta({ id: 'Files' }) } },
    async handle({ params: { project }, query: { limit, cursor }, caller }, deps) {
      await deps.enter(caller, project);
      const [at, sha256] = decodeCursor(cursor, ['instant', 'string']) ?? [];
      const found = await deps.reads.files(project, { limit: limit + 1, ...(at !== undefined && sha256 !== undefined && { after: { at, sha256 } }) });
      const { items, nextCursor } = pageOf(found, limit, (each) => [each.at, each.sha256]);
      const names = await deps.reads.names(items.map(({ by }) => by));
      return { body: { items: items.map((each) => viewOf(each, names)), nextCursor } };
    },
  }),
  endpoint({
    method: 'get', path: `${path}/{sha256}`, id: 'downloadFile', tag: 'files', summary: 'The content of a file',
    description: 'Always as an attachment. Content that is not what was uploaded is never given whole: `file-damaged`, or for a large file an answer that breaks off before its end.',
    params: fileParams, answers: { 200: { description: 'The content, in its type.', file: '*/*' } },
    async handle({ params: { project, sha256 }, caller }, deps) {
      await deps.enter(caller, project);
      const row = await deps.reads.file(project, sha256);
      if (!row) throw new Problem('unknown-file');
      const content = await deps.files.open(sha256);
      if (!content) throw new FileDamaged(sha256, 'nothing');
      const isText = findFileType(row.type)?.content.kind === 'text';
      return { file: { name: row.name, type: isText ? `${row.type}; charset=utf-8` : row.type, ...content } };
    },
  }),
];
