/** `sluis project export`: the full record of a project, as one archive. */
import type { Config } from '../../config';
import { type ApiOptions, connect } from '../client/api';
import { print, printJson } from '../terminal/print';
import { refuseToReplace, save } from '../terminal/save';
import { style } from '../terminal/style';

/** @throws UsageError when the file exists, ApiProblem, Error when it breaks off. */
export async function runExport(config: Config, project: string, target: string | undefined, options: ApiOptions): Promise<void> {
  const file = target ?? `${project}-record.tar.gz`;
  refuseToReplace(file);
  const { sha256, bytes } = await save(await connect(config, options).download(`/projects/${encodeURIComponent(project)}/record`), file);
  if (options.json) printJson({ file, sha256, bytes });
  else print(`${style.green('saved')}  ${file} (${(bytes / 1_000_000).toFixed(1)} MB)\nSHA-256 ${sha256}: note it.\nNext: sluis audit verify-record ${file}`);
}
