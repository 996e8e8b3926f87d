/** What the OpenAPI document says of the statuses of an answer: what is answered and not said there is a fault of the document. */
import { createOpenApi } from '../../api/openapi';

interface Operation {
  readonly method: string;
  readonly path: RegExp;
  readonly name: string;
  readonly statuses: ReadonlySet<string>;
}

let known: readonly Operation[] | undefined;

function readOperations(): readonly Operation[] {
  const { paths } = createOpenApi('0') as { readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses?: object }>>>> };
  // A path without variables goes before one with them.
  const inOrder = Object.entries(paths).sort(([one], [other]) => one.split('{').length - other.split('{').length);
  return inOrder.flatMap(([path, operations]) => Object.entries(operations).map(([method, { responses }]): Operation => ({
    method: method.toUpperCase(), name: `${method.toUpperCase()} ${path}`, statuses: new Set(Object.keys(responses ?? {})),
    path: new RegExp(`^${path.replaceAll(/\{[^}]*\}/g, '[^/]+')}$`),
  })));
}

/** @throws Error that names the operation when the document does not have this status of it. */
export function checkDocumented(method: string, url: string, status: number): void {
  known ??= readOperations();
  const { pathname } = new URL(url);
  const found = known.find((operation) => operation.method === method && operation.path.test(pathname));
  if (found && !found.statuses.has(String(status))) throw new Error(`${found.name} answers ${status}, which the OpenAPI document does not say`);
}
