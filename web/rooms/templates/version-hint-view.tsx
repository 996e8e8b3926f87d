/** What is different from the highest published version, and which version that makes the draft. */
import { Alert, Button, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { templatesQuery, type Template } from '../start/template';
import { draftDifferenceQuery } from './draft-difference';
import { isHigher, levelOf, raise } from './version-hint';

interface Props {
  readonly text: string;
  readonly template: Template;
  readonly take: (version: string) => void;
}

export function VersionHint({ text, template: { key, version }, take }: Props): React.JSX.Element | null {
  const { t } = useTranslation('templates');
  const published = useQuery(templatesQuery()).data?.find((each) => each.key === key)?.versions ?? [];
  const highest = published[0]?.version;
  const difference = useQuery(draftDifferenceQuery(key, highest ?? '', text)).data;
  if (highest === undefined || difference === undefined || difference.problems.length > 0) return null;
  const level = levelOf(difference.changes);
  if (level === null) return <Alert color="gray" title={t('version-title')}>{t('same-as', { version: highest })}</Alert>;
  const wanted = raise(highest, level);
  const isRaised = isHigher(version, highest);
  return (
    <Alert color={isRaised ? 'gray' : 'yellow'} title={t('version-title')}>
      <Stack gap="xs" align="flex-start">
        {!isRaised && <Text size="sm">{published.some((each) => each.version === version) ? t('published-already', { version }) : t('not-higher', { version: highest })}</Text>}
        <Text size="sm">{t('differences-hint', { count: difference.changes.length, version: highest })}. {t(`raise-${level}`)}</Text>
        {version !== wanted && !(isRaised && isHigher(version, wanted)) && <Button size="xs" variant="default" onClick={() => take(wanted)}>{t('use-version', { version: wanted })}</Button>}
      </Stack>
    </Alert>
  );
}
