/** Follows the feed for as long as somebody is signed in; says when the connection is lost, and when the session has ended. */
import { Alert, Stack, Text } from '@mantine/core';
import { IconCloudOff, IconLogin2 } from '@tabler/icons-react';
import { useIsMutating } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { queryClient } from '../data/api';
import { feedState, startFeed } from '../data/feed';
import { meQuery, useMe } from '../data/me';
import { hearTabs, session } from '../data/session';
import { SignInAgain } from '../parts/sign-in-again';
import { timeText } from '../parts/when';
import classes from './frame.module.css';

/** Another tab may sign somebody out, and somebody else in. */
function useSession(): boolean {
  const { id } = useMe();
  const [first] = useState(id);
  useEffect(() => hearTabs(() => void queryClient.invalidateQueries({ queryKey: meQuery.queryKey })), []);
  // Nothing of whoever was here before is left to be acted on in another name.
  useEffect(() => { if (id !== first) window.location.reload(); }, [id, first]);
  return useSyncExternalStore(session.subscribe, session.isOver);
}

export function Live(): React.JSX.Element | null {
  const { t } = useTranslation();
  const { id } = useMe();
  const isOver = useSession();
  const { isLost, since } = useSyncExternalStore(feedState.subscribe, feedState.get);
  // What was sent, and goes once there is a connection.
  const waiting = useIsMutating({ predicate: ({ state }) => state.isPaused });
  useEffect(() => startFeed(id), [id]);
  if (isOver) {
    return (
      <Alert role="status" color="yellow" mb="md" icon={<IconLogin2 aria-hidden />} title={t('session-over')} className="no-print">
        <Stack gap="xs" align="flex-start"><Text size="sm">{t('session-over-text')}</Text><SignInAgain /></Stack>
      </Alert>
    );
  }
  if (!isLost) return null;
  return (
    <Alert role="status" color="yellow" icon={<IconCloudOff aria-hidden />} title={t('lost', { time: timeText(new Date(since).toISOString()) })} className={`no-print ${classes['lost']}`}>
      {t('lost-text')}{waiting > 0 && ` ${t('lost-waiting', { count: waiting })}`}
    </Alert>
  );
}
