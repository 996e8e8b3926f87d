import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { HOME } from '../../config/home';
import type { SealedDocument } from '../../domain/handover/types';
import { signOffStream } from '../../domain/handover/streams';
import type { StreamId } from '../../domain/process';
import { spool } from '../../store/files/spool';
import { ownId } from '../commands/send';
import type { Deps } from '../deps';
import { type Call, endpoint } from '../http/endpoint';
import { LANGUAGES, type Language } from '../http/language';
import { fileHref } from '../names';
import { readNames } from '../naming';
import { Problem } from '../problem';
import type { ProjectAccess } from '../reads';
import { key } from '../schemas';
import { documentContent, type DocumentContent, type DocumentFacts, documentOf } from './document/content';
import { toPdf } from './document/pdf';
import { enterHandover, SERVICE_PATH, serviceParams } from './send';
import { readService } from './read';
import { supporters } from './support-view';
import { peopleIn } from './views';

const sealed = z.strictObject({ language: z.enum(LANGUAGES), sha256: z.string(), href: z.string().meta({ description: 'Where the file is that was made at the transfer.' }) });
const documentView = z.strictObject({
  service: key, language: z.enum(LANGUAGES), content: documentContent, sealed: z.array(sealed).meta({ description: 'The PDFs whose SHA-256 stands in the record since the service was transferred; none before.' }),
}).meta({ id: 'HandoverDocument' });

type ServiceCall = Pick<Call<z.output<typeof serviceParams>>, 'caller' | 'params'>;

/** All facts of the document. @throws Problem `unknown-service`. */
async function readFacts(deps: Deps, access: ProjectAccess, project: string, stream: StreamId, service: string): Promise<{ readonly facts: DocumentFacts; readonly access: ProjectAccess; readonly nameRef: string }> {
  const found = await readService(deps, stream, service);
  const of = `${stream}/service/${service}`;
  const [days, approval, [title]] = await Promise.all([
    deps.reads.serviceDays([of]), found.service.signOff.round === 0 ? null : deps.reads.approval(signOffStream(stream, service, found.service.signOff.round)), deps.reads.titles([project]),
  ]);
  return {
    access, nameRef: title?.nameRef ?? '',
    facts: { projectName: '', handover: found.handover, service: found.service, articles: found.articles, approval: approval?.row ?? null, days: days.get(of) ?? {}, timeZone: found.service.earlyLife?.timeZone ?? HOME.timeZone },
  };
}

async function write(deps: Deps, { facts, access, nameRef }: Awaited<ReturnType<typeof readFacts>>, language: Language): Promise<DocumentContent> {
  const { service, articles, approval, days } = facts;
  const people = [...peopleIn([service], articles), ...supporters(service, days), ...(approval?.votes ?? []).flatMap(({ person, castBy }) => [person, castBy]).filter((each) => each !== undefined)];
  const names = await readNames(deps, access, language, [service, articles, approval, { text: nameRef }], people);
  return documentOf({ ...facts, projectName: names.text({ text: nameRef }) ?? service.project }, names);
}

/** When the last of the facts became one. */
const momentOf = ({ service: { transferredAt, signOff, addedAt } }: DocumentFacts): number => transferredAt ?? signOff.at ?? addedAt;

/**
 * Makes the document of a service that has just been transferred in each language, keeps the files with the project, and has their digests recorded. Doing it
 * again changes nothing. What was signed last may not be there to be read yet: then it is not made.
 * @returns whether they are recorded now, and were not before.
 */
export async function sealDocument(deps: Deps, access: ProjectAccess, project: string, stream: StreamId, service: string, by: string, signal: AbortSignal): Promise<boolean> {
  const found = await readFacts(deps, access, project, stream, service);
  if (found.facts.service.status !== 'transferred' || found.facts.service.documents || found.facts.approval?.endedAt === null) return false;
  const documents: SealedDocument[] = [];
  for (const language of LANGUAGES) {
    const content = await write(deps, found, language);
    const pdf = await toPdf(content, language, momentOf(found.facts));
    documents.push(await spool(Readable.from([pdf]), deps.files.incoming, deps.settings.fileLimit, async ({ path, size, sha256 }) => {
      await deps.reads.announceFile({ project, sha256, name: `handover-${service}-${language}.pdf`, type: 'application/pdf', size, by });
      await deps.files.put(sha256, path);
      await deps.reads.markStored(project, sha256);
      return { language, sha256 };
    }));
  }
  await deps.reads.claimFiles(project, documents.map(({ sha256 }) => sha256));
  const id = ownId('document', service);
  await deps.gateway.send({
    stream, id, hash: createHash('sha256').update(JSON.stringify(documents)).digest('hex'), authority: { kind: 'system', source: 'upkeep' }, signal, command: async () => ({ type: 'seal-document', service, documents }),
  });
  return true;
}

async function read(call: ServiceCall, deps: Deps) {
  const { access, handover } = await enterHandover(call, deps);
  return { ...await readFacts(deps, access, call.params.project, handover, call.params.service), stream: handover };
}

export const documentEndpoints = [
  endpoint({
    method: 'get', path: `${SERVICE_PATH}/document`, id: 'getHandoverDocument', tag: 'handover', summary: 'The handover document of a service: what was accepted, under which conditions, by whom, on which evidence', params: serviceParams,
    answers: { 200: { description: 'The document, in the language asked for.', schema: documentView } },
    async handle(call, deps) {
      const found = await read(call, deps);
      const { project, service } = call.params;
      return { body: {
        service, language: call.language, content: await write(deps, found, call.language),
        sealed: (found.facts.service.documents ?? []).map(({ language, sha256 }) => ({ language, sha256, href: fileHref(project, sha256) })),
      } };
    },
  }),
  endpoint({
    method: 'get', path: `${SERVICE_PATH}/document.pdf`, id: 'getHandoverDocumentPdf', tag: 'handover', summary: 'The handover document as a PDF', params: serviceParams,
    description: 'Once the service was transferred it is the file whose SHA-256 stands in the record.', answers: { 200: { description: 'A PDF.', file: 'application/pdf' } },
    async handle(call, deps) {
      let found = await read(call, deps);
      const { project, service } = call.params;
      if (found.facts.service.status === 'transferred' && !found.facts.service.documents && found.facts.handover.status !== 'ended') {
        await sealDocument(deps, found.access, project, found.stream, service, call.caller.id, call.signal);
        found = await read(call, deps);
      }
      const kept = found.facts.service.documents?.find(({ language }) => language === call.language);
      if (kept) {
        const content = await deps.files.open(kept.sha256);
        if (!content) throw new Problem('unknown-file');
        return { file: { name: `handover-${service}-${call.language}.pdf`, type: 'application/pdf', size: content.size, stream: content.stream } };
      }
      const pdf = await toPdf(await write(deps, found, call.language), call.language, momentOf(found.facts));
      return { file: { name: `handover-${service}-${call.language}.pdf`, type: 'application/pdf', size: pdf.length, stream: Readable.from([pdf]) } };
    },
  }),
];
