/** `sluis project hold`, `resume`, `cancel` and `reopen`: one command on a whole project. */
import type { Config } from '../../config';
import { type ApiOptions, connect, given } from '../client/api';
import { print, printJson } from '../terminal/print';
import { style } from '../terminal/style';

export interface SteerOptions extends ApiOptions {
  readonly reason?: string;
}

/** @param verb As it stands in the address, below the project. @param said What is said when it is taken. @throws ApiProblem */
export async function runSteer(config: Config, project: string, verb: 'hold' | 'resume' | 'cancel' | `phases/${string}/reopen`, said: string, { reason, ...options }: SteerOptions): Promise<void> {
  // All of them take and answer the same.
  const answer = await connect(config, options).post<`/projects/${string}/hold`>(`/projects/${encodeURIComponent(project)}/${verb}` as `/projects/${string}/hold`, given(reason === undefined ? {} : { reason }));
  if (options.json) printJson(answer);
  else print(`${style.green(said)}  ${project}`);
}
