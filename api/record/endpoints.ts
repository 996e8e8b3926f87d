/** The full record of a project as one archive, to be verified by whoever gets it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { mayExport } from '../../domain/permissions';
import { reach } from '../../store/files/store';
import { packRecord } from '../../store/record/pack';
import { endpoint } from '../http/endpoint';
import { readTemplate } from '../naming';
import { Problem } from '../problem';
import { projectParams } from '../schemas';

/** A record takes the disk and the database for a while: more at once would hold up who works on projects. */
const AT_ONCE = 2;
let underWay = 0;

export const exportRecord = endpoint({
  method: 'get', path: '/projects/{project}/record', id: 'exportRecord', tag: 'files', summary: 'The full record of a project as one archive',
  description: 'For the manager of the project, the project office and auditors. Events with their hash chain, texts (erased ones as such), plans, templates, inventory, '
    + 'names of people, uploaded files, and a manifest with the SHA-256 of each part; `sluis audit verify-record` verifies it without a server. '
    + 'It breaks off before its end when a file can not be read as it was uploaded.',
  params: projectParams, refuses: [403], answers: { 200: { description: 'A tar.gz.', file: 'application/gzip' } },
  async handle({ params: { project }, caller }, deps) {
    const access = await deps.enter(caller, project);
    const { managerRole } = await readTemplate(deps, access.template, access.templateVersion);
    if (!mayExport(access.roles, caller.globalRoles, managerRole)) {
      throw new Problem('not-permitted', { facts: { roles: [managerRole, 'project-office', 'auditor'] } });
    }
    if (underWay >= AT_ONCE) throw new Problem('queue-full');
    underWay += 1;
    let folder: string | undefined;
    const end = async (): Promise<void> => {
      underWay -= 1;
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    };
    try {
      folder = await reach('a record can not be written', () => mkdtemp(join(deps.files.incoming, 'record-')));
      const staged = await deps.reads.stageRecord(project, folder, Date.now());
      if (!staged) throw new Problem('unknown-project');
      const stream = packRecord(staged, deps.files);
      stream.once('close', () => { end().catch((error: unknown) => deps.log.warn({ error: String(error) }, 'what a record was made of could not be removed')); });
      return { file: { name: `${project}-record.tar.gz`, type: 'application/gzip', stream } };
    } catch (error) {
      await end();
      throw error;
    }
  },
});
