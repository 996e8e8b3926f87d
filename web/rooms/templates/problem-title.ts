/** What is wrong with a template: what kind of fault it is, and the API's own sentence with the details; both in the reader's language. */
import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import { headed, labelOf } from '../../parts/label';
import type en from '../../texts/en/template-problems';

const isKnown = (code: string): code is keyof typeof en => i18next.exists(code, { ns: 'template-problems' });

export function useProblemText(): (problem: { readonly code: string; readonly detail: string }) => string {
  const { t } = useTranslation('template-problems');
  return ({ code, detail }) => {
    const title = isKnown(code) ? t(code) : code;
    // A sentence that begins as its title does needs none.
    return detail.toLowerCase().startsWith(title.toLowerCase()) ? headed(detail) : `${labelOf(title)} ${detail}`;
  };
}
