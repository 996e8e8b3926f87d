/** For whom the session ended while they were at work: they come back to where they were. */
import { useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { RoomButton } from './link';

export function SignInAgain(): React.JSX.Element {
  const { t } = useTranslation();
  const here = useRouterState({ select: ({ location }) => location.href });
  return <RoomButton size="xs" to="/sign-in" search={{ to: here }}>{t('sign-in')}</RoomButton>;
}
