import type { Parsed } from './csv';
import type { Draft } from './draft';
import type { Template } from './template';

/** What the steps of a start work on. */
export interface StepProps {
  readonly template: Template;
  readonly draft: Draft;
  readonly set: (changed: Partial<Draft>) => void;
  readonly parsed: Parsed;
  readonly errors: ReadonlyMap<string, string>;
}
