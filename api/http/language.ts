/** Languages in which every text exists. */
export const LANGUAGES = ['nl', 'fr', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

const isLanguage = (tag: string): tag is Language => (LANGUAGES as readonly string[]).includes(tag);

/**
 * The language to answer in: `?lang=`, else the best of `Accept-Language` (by its weights; `nl-BE` counts as `nl`), else the
 * person's own, else English.
 */
export function chooseLanguage(asked: unknown, header: string | undefined, own?: string): Language {
  if (typeof asked === 'string' && isLanguage(asked)) return asked;
  const wanted = (header ?? '').split(',')
    .map((part, place) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const weight = Number(parameters.map((each) => each.trim()).find((each) => each.startsWith('q='))?.slice(2) ?? 1);
      return { tag: tag.split('-')[0] ?? '', weight: Number.isFinite(weight) ? weight : 0, place };
    })
    .filter(({ tag, weight }) => isLanguage(tag) && weight > 0)
    .sort((one, other) => other.weight - one.weight || one.place - other.place)[0];
  if (wanted && isLanguage(wanted.tag)) return wanted.tag;
  return own !== undefined && isLanguage(own) ? own : 'en';
}
