/** How many of those asked have to agree, in words. */
import type { Text } from '../../domain/template/schema';
import type { Language } from '../http/language';

const QUORUMS: Readonly<Record<string, Text>> = {
  any: { nl: 'één van hen', fr: 'une personne', en: 'any of them' }, all: { nl: 'allen', fr: 'toutes', en: 'all' }, majority: { nl: 'meerderheid', fr: 'majorité', en: 'majority' },
};

/** @param quorum as a plan has it, as text: a word, a number, or a percentage. */
export const quorumText = (quorum: string, language: Language): string => QUORUMS[quorum]?.[language] ?? quorum;
