/** Published templates, as the commands on projects need them. */
import type { Template } from '../../domain/template/schema';
import { suggest } from '../../domain/template/problem';
import type { TemplateRef } from '../terminal/arguments';
import { UsageError } from '../terminal/usage-error';
import type { Api } from './api';
import type { ProjectItem } from './views';

/** The version that is meant: the latest that starts projects when none is named. @throws UsageError when there is none. */
export async function resolveVersion(api: Api, { template, version }: TemplateRef): Promise<Required<TemplateRef>> {
  const { items } = await api.get('/templates');
  const found = items.find(({ key }) => key === template);
  if (!found) {
    const near = suggest(template, items.map(({ key }) => key));
    throw new UsageError(`No template ${template} is published${near === undefined ? '' : `; did you mean ${near}?`}`);
  }
  if (version !== undefined && !found.versions.some((each) => each.version === version)) {
    throw new UsageError(`${template} has no version ${version}; it has ${found.versions.map((each) => each.version).join(', ')}.`);
  }
  return { template, version: version ?? found.latest };
}

/** A version as it was authored. @throws ApiProblem */
export const readTemplate = async (api: Api, { template, version }: Required<TemplateRef>): Promise<Template> =>
  // The document tells little of the language, which has a schema of its own.
  await api.get(`/templates/${encodeURIComponent(template)}/versions/${encodeURIComponent(version)}`) as unknown as Template;

/** Projects of a template that have not ended. @throws ApiProblem */
export async function openProjects(api: Api, template: string): Promise<ProjectItem[]> {
  const lists = [];
  for (const status of ['running', 'held', 'starting'] as const) lists.push(await api.all('/projects', { template, status }));
  return lists.flat();
}
