/** The sentence of a notice, in the language of `names`. */
import type { TextRef } from '../../domain/evidence-types';
import type { NoticeKind } from '../../domain/process';
import type { Language } from '../http/language';
import type { Names } from '../names';
import { isConditionKey } from '../tasks/evidence';
import { fillIn } from '../texts';
import { CHANGE_WORD, CONDITION_WORD, NOTICES, OUTCOME_WORDS, SIGN_OFF_WORD } from '../texts/notices';
import { momentIn } from '../texts/said';

const isKnown = (kind: string): kind is NoticeKind => Object.hasOwn(NOTICES, kind);

/** @param names of the project that it is about. @returns null for a kind that this release does not know. */
export function noticeText(kind: string, about: Readonly<Record<string, unknown>>, names: Names): string | null {
  if (!isKnown(kind)) return null;
  const { phase, task, gate, change, outcome, project, sprint, service } = Object.fromEntries(Object.entries(about).filter(([, fact]) => typeof fact === 'string')) as Record<string, string | undefined>;
  const { language } = names;
  const title = about['title'] as TextRef | undefined;
  return fillIn(NOTICES[kind][language], {
    ...(task !== undefined && { task: isConditionKey(task) ? CONDITION_WORD[language] : names.task(phase ?? '', task, null, project) }),
    ...(phase !== undefined && { phase: names.phase(phase) }),
    ...(title && { service: names.text(title) ?? service }),
    ...(change !== undefined ? { gate: CHANGE_WORD[language] } : service !== undefined ? { gate: `${SIGN_OFF_WORD[language]} ${(title && names.text(title)) ?? service}` } : gate !== undefined && { gate: names.at(`gate:${gate}`) ?? gate }),
    ...(sprint !== undefined && { sprint: names.sprint(phase ?? '', sprint) }),
    ...(outcome !== undefined && { outcome: OUTCOME_WORDS[outcome]?.[language] ?? outcome }),
  });
}

/** The sentence of a notice of the directory. @param people names by id. */
export function directoryNoticeText(kind: string, about: Readonly<Record<string, unknown>>, people: ReadonlyMap<string, string>, language: Language): string | null {
  if (!isKnown(kind)) return null;
  const nameOf = (id: unknown): string => people.get(String(id)) ?? String(id);
  return fillIn(NOTICES[kind][language], {
    absent: nameOf(about['absent']), delegate: nameOf(about['delegate']), from: momentIn(language, Number(about['from'])), until: momentIn(language, Number(about['until'])),
  });
}

/** The people whom a notice of the directory names. */
export const peopleInNotice = ({ absent, delegate }: Readonly<Record<string, unknown>>): string[] =>
  [absent, delegate].filter((each): each is string => typeof each === 'string');
