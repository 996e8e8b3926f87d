/** The part of a template's page that tells what is different from another version. */
import { Select, Stack } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Structure } from '../../app/fallbacks';
import { language } from '../../app/i18n';
import { answerOf, api } from '../../data/api';
import { Empty } from '../../parts/empty';
import { ProblemAlert } from '../../parts/problem';
import { DifferenceView } from './difference';
import type { PartProps } from './parts';

const route = getRouteApi('/inside/templates/$template/$version');

/** @param before the earlier version. */
const differenceQuery = (template: string, before: string, after: string) => queryOptions({
  queryKey: ['templates', 'difference', template, before, after, language()], staleTime: Infinity, enabled: before !== '',
  queryFn: ({ signal }) => answerOf(api.POST('/api/v1/templates/{template}/versions/{version}/difference', { params: { path: { template, version: before } }, body: { with: after }, signal })),
});

export function Versions({ template, versions }: PartProps): React.JSX.Element {
  const { t } = useTranslation('versions');
  const { with: wanted } = route.useSearch();
  const navigate = useNavigate({ from: '/templates/$template/$version' });
  const others = versions.filter(({ version }) => version !== template.version);
  const place = versions.findIndex(({ version }) => version === template.version);
  // The one that was published before it; of the first one, the one after it.
  const usual = versions[place + 1] ?? versions[place - 1];
  const other = others.find(({ version }) => version === wanted) ?? usual;
  const isLater = other !== undefined && versions.indexOf(other) < place;
  const [before, after] = isLater ? [template.version, other.version] : [other?.version ?? '', template.version];
  const difference = useQuery(differenceQuery(template.key, before, after));
  if (!other) return <Empty title={t('only-one')}>{t('only-one-text')}</Empty>;
  return (
    <Stack gap="lg">
      <Select label={t('compare-with')} w={240} allowDeselect={false} value={other.version} data={others.map(({ version }) => version)}
        onChange={(next) => void navigate({ search: (search) => ({ ...search, with: next ?? other.version }), resetScroll: false })} />
      {difference.isPending && <Structure />}
      {difference.isError && <ProblemAlert error={difference.error} again={() => void difference.refetch()} />}
      {difference.data && <DifferenceView difference={difference.data} />}
    </Stack>
  );
}
