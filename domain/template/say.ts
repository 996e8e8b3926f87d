/**
 * What is said of a template. A sentence is written in English, where it is said; what differs from one time to the next is kept apart from its
 * form, so that others can say it in another language.
 */

export type Part = string | number | Sentence;

/** Plain data: it goes from one process to another. */
export interface Sentence {
  /** English, with `{0}`, `{1}` … where the parts stand. */
  readonly form: string;
  readonly parts: readonly Part[];
}

/** A sentence: say`another gate has the key "${key}" already`. What may be missing is a part of its own, a sentence or ''. */
export function say(texts: TemplateStringsArray, ...parts: readonly Part[]): Sentence {
  return { form: texts.reduce((form, text, place) => `${form}{${place - 1}}${text}`), parts };
}

/** Puts parts into a form; what is a sentence itself is said by `tell`. */
export function fill(form: string, parts: readonly Part[], tell: (sentence: Sentence) => string): string {
  return form.replace(/\{(\d+)\}/g, (whole, place: string) => {
    const part = parts[Number(place)];
    return part === undefined ? whole : typeof part === 'object' ? tell(part) : String(part);
  });
}

export const inEnglish = ({ form, parts }: Sentence): string => fill(form, parts, inEnglish);

/** A sentence as a problem holds it. */
export function told(sentence: Sentence | string): { readonly detail: string; readonly said: Sentence } {
  const said = typeof sentence === 'string' ? { form: sentence, parts: [] } : sentence;
  return { detail: inEnglish(said), said };
}

/** A hint at the end of a sentence: the known name that was probably meant. */
export const didYouMean = (suggestion: string | undefined): Part => (suggestion ? say`; did you mean "${suggestion}"?` : '');
