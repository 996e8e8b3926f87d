/** What was promised of a backlog, and who decides on more. */
import { Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { language, LOCALES } from '../../app/i18n';
import { RoomLink } from '../../parts/link';
import type { Backlog, Place } from './queries';

export function Scope({ place, backlog, scope }: { readonly place: Place; readonly backlog: Backlog; readonly scope: NonNullable<Backlog['scope']> }): React.JSX.Element {
  const { t } = useTranslation('agile');
  const { baseline, limit, now, tolerance, label, keepsGoal } = scope;
  const number = (amount: number): string => new Intl.NumberFormat(LOCALES[language()], { maximumFractionDigits: 2 }).format(amount);
  const unit = t(`axis-${backlog.unit}`);
  const kept = label !== null ? t(keepsGoal ? 'keeps-both' : 'keeps-label', { label }) : keepsGoal ? t('keeps-goal') : undefined;
  const isFull = limit !== null && now >= limit;
  return (
    <Stack gap={4} component="section" maw={720}>
      {baseline === null ? tolerance !== null && <Text size="sm">{t('scope-to-come', { percent: tolerance })}</Text>
        : <Text size="sm">{limit === null ? t('scope-baseline', { baseline: number(baseline), unit, now: number(now) }) : t('scope-limit', { baseline: number(baseline), unit, now: number(now), limit: number(limit) })}</Text>}
      {limit !== null && <Progress value={Math.min(100, (now / limit) * 100)} color={isFull ? 'yellow' : 'water'} aria-label={t('scope')} />}
      {kept !== undefined && <Text size="sm" c="dimmed">{kept}</Text>}
      {baseline !== null && <RoomLink size="sm" to="/projects/$project" params={{ project: place.project }} search={{ tab: 'changes' }} className="no-print">{t('ask-change')}</RoomLink>}
    </Stack>
  );
}
