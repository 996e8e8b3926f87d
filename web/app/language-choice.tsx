/** The three languages at a click. */
import { SegmentedControl } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, language, LANGUAGES, type Language } from './i18n';

/** Changes the language of the pages, and of what was read for them: answers of the API are texts as well. */
export function useChooseLanguage(): (chosen: Language) => Promise<void> {
  const client = useQueryClient();
  return async (chosen) => {
    await chooseLanguage(chosen);
    await client.invalidateQueries();
  };
}

export function LanguageChoice(): React.JSX.Element {
  const { t } = useTranslation();
  const choose = useChooseLanguage();
  return (
    <SegmentedControl size="xs" aria-label={t('language')} value={language()} onChange={(chosen) => void choose(chosen as Language)}
      data={LANGUAGES.map((each) => ({ value: each, label: <span lang={each}>{each.toUpperCase()}</span> }))} />
  );
}
