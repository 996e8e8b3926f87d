/** What is wrong with a template: read, checked and proved by itself, without the API. */
import type { Finding } from '../../domain/play/findings';
import { verify } from '../../domain/play/verify';
import type { Problem } from '../../domain/template/problem';
import type { Template } from '../../domain/template/schema';
import { variantsOf } from '../../domain/template/variants';
import { withTemplateText } from './read-text';

export interface Judgement {
  /** Present when the template is right, whether or not it is sound. */
  readonly template?: Template;
  readonly problems: readonly Problem[];
  readonly findings: readonly Finding[];
  readonly unexplored: readonly string[];
}

const wrong = (problems: readonly Problem[]): Judgement => ({ problems, findings: [], unexplored: [] });

/** Judges the text of a template. Never throws; takes up to some seconds. */
export function judge(text: string): Judgement {
  return withTemplateText(text, wrong, (template, calendar, placed) => {
    const variants = variantsOf(template, calendar);
    if (!('plans' in variants)) return wrong(placed(variants.problems));
    const { findings, unexplored } = verify(variants.plans, { start: Date.parse(`${calendar.from}T09:00:00Z`) });
    return { template, problems: [], findings, unexplored };
  });
}
