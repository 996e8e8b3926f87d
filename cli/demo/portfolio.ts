/** `sluis demo --portfolio`: a dozen projects in all states, to look around in. */
import type { Config } from '../../config';
import { connect } from '../client/api';
import { pause } from '../client/request';
import { progressBar } from '../terminal/progress-bar';
import { print } from '../terminal/print';

const POLL_MS = 300;

/** @throws ApiProblem where there is no demo, Error when it could not be made. */
export async function runDemoPortfolio(config: Config, { url }: { readonly url?: string | undefined }): Promise<void> {
  const api = connect(config, { ...(url !== undefined && { url }) });
  let { state, total, projects } = await api.post('/demo/portfolio', {});
  const bar = progressBar('making projects', total);
  while (state === 'running') {
    bar.update(projects.length);
    await pause(POLL_MS);
    ({ state, total, projects } = await api.get('/demo/portfolio'));
  }
  bar.end();
  if (state === 'failed') throw new Error(`${total - projects.length} of ${total} projects could not be made; the log of the API says why. Asking again makes those that are missing.`);
  print(`${total} projects. Look at them on the pages, or: sluis project list`);
}
