/** What is wrong with a template, in the reader's language: the API's own sentence has the details, in English. */
import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import type en from '../../texts/en/template-problems';

const isKnown = (code: string): code is keyof typeof en => i18next.exists(code, { ns: 'template-problems' });

export function useProblemTitle(): (code: string) => string {
  const { t } = useTranslation('template-problems');
  return (code) => (isKnown(code) ? t(code) : code);
}
