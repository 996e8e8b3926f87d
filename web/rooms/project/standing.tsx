/** What the reader must know of the project as a whole before anything else: on hold, changing, cancelled, beyond its limits. */
import { Alert, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconPlayerPause, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../data/api';
import { moneyText } from '../../parts/money';
import { Day, When } from '../../parts/when';

export function Standing({ project }: { readonly project: Schema<'Project'> }): React.JSX.Element | null {
  const { t } = useTranslation('project');
  const { changing, heldAt, cancelledAt, reason, exceptions, status, lostChildren, currency } = project;
  return (
    <Stack gap="xs" hidden={!changing && !heldAt && !cancelledAt && exceptions.length === 0 && lostChildren.length === 0}>
      {changing && <Alert color="gray" icon={<IconRefresh aria-hidden />} title={t('changing')}>{t('changing-text')} <When at={changing.since} /></Alert>}
      {status === 'held' && heldAt && <Alert color="gray" icon={<IconPlayerPause aria-hidden />} title={t('held')}><Text size="sm" className="said">{reason}</Text><Text size="sm" c="dimmed"><When at={heldAt} /></Text></Alert>}
      {cancelledAt && <Alert color="gray" icon={<IconAlertTriangle aria-hidden />} title={t('cancelled')}><Text size="sm" className="said">{reason}</Text><Text size="sm" c="dimmed"><When at={cancelledAt} /></Text></Alert>}
      {lostChildren.length > 0 && <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={t('lost')}>{t('lost-text')}</Alert>}
      {exceptions.map((each) => (
        <Alert key={`${each.kind} ${each.phase?.key}`} color="yellow" icon={<IconAlertTriangle aria-hidden />} title={t(`exception-${each.kind}`, { phase: each.phase?.name ?? t('the-project') })}>
          <Text size="sm">
            {t('expected')} {each.kind === 'time' ? <Day at={String(each.expected)} /> : moneyText(Number(each.expected), currency)} · {t('limit')} {each.kind === 'time' ? <Day at={String(each.limit)} /> : moneyText(Number(each.limit), currency)}
          </Text>
        </Alert>
      ))}
    </Stack>
  );
}
