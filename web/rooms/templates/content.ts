/** What of a template the pages read beside what a start needs; its whole form is docs/template.schema.json. */
import type { Text } from '../start/template';

interface Task {
  readonly key: string;
  readonly name: Text;
  readonly rasci: { readonly r: string };
  readonly after?: readonly (string | object)[];
  readonly estimate?: readonly [number, number, number];
  readonly forEach?: unknown;
}

export interface Phase {
  readonly key: string;
  readonly name: Text;
  readonly description?: Text;
  readonly tasks?: readonly Task[];
  readonly gate?: {
    readonly name: Text;
    readonly criteria?: readonly { readonly key: string; readonly name: Text }[];
    readonly approval: { readonly steps: readonly { readonly key: string; readonly name?: Text; readonly roles: readonly string[] }[] };
  };
}
