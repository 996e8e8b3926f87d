import type { FieldCode, ProblemCode } from '../codes';

/**
 * A title, and a sentence. In the sentence `{fact}` stands for a fact of the problem; a part in brackets is left out when a fact
 * in it is not known.
 */
export interface ProblemText {
  readonly title: string;
  readonly detail: string;
}

/** The texts of one language. A code without a text fails the type check. */
export interface Texts {
  readonly problems: Readonly<Record<ProblemCode, ProblemText>>;
  /** What is wrong with one field; `{expected}` says what would be right. */
  readonly fields: Readonly<Record<FieldCode, string>>;
}
