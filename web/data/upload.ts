/** Files of a project. */
import { answerOf, api, type Schema } from './api';

/** Keeps a file; the same content again is the same file. @throws ApiProblem when it is too large or of a type that is not taken. */
export function upload(project: string, file: File): Promise<Schema<'File'>> {
  return answerOf(api.POST('/api/v1/projects/{project}/files', {
    params: { path: { project }, query: { name: file.name } }, headers: { 'Content-Type': file.type === '' ? 'application/octet-stream' : file.type },
    body: file as unknown as string, bodySerializer: (body) => body as unknown as BodyInit,
  }));
}
