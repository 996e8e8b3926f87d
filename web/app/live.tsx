/** Follows the feed for as long as somebody is signed in, and says when the connection is lost. */
import { Alert } from '@mantine/core';
import { IconCloudOff } from '@tabler/icons-react';
import { useEffect, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { feedState, startFeed } from '../data/feed';
import { useMe } from '../data/me';
import { timeText } from '../parts/when';

export function Live(): React.JSX.Element | null {
  const { t } = useTranslation();
  const { id } = useMe();
  const { isLost, since } = useSyncExternalStore(feedState.subscribe, feedState.get);
  useEffect(() => startFeed(id), [id]);
  if (!isLost) return null;
  return <Alert role="status" color="yellow" mb="md" icon={<IconCloudOff aria-hidden />} title={t('lost', { time: timeText(new Date(since).toISOString()) })} className="no-print">{t('lost-text')}</Alert>;
}
