/** The frame around all rooms: where one can go, language, colours, person. */
import { ActionIcon, AppShell, Group, Menu, NavLink, Stack, Text, UnstyledButton, useMantineColorScheme, VisuallyHidden } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBeach, IconLogout, IconMenu2, IconSun } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { unreadQuery } from '../data/inbox';
import { signOut, useMe } from '../data/me';
import { Structure } from './fallbacks';
import classes from './frame.module.css';
import { Keys } from './keys';
import { LanguageChoice } from './language-choice';
import { Live } from './live';
import { organisationRooms, type Room, ROOMS } from './rooms';
import { THEMES } from './themes';

function ThemeChoice(): React.JSX.Element {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Icon = THEMES.find(([name]) => name === colorScheme)?.[1] ?? IconSun;
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon variant="default" size={30} aria-label={t('theme')}><Icon size={16} aria-hidden /></ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {THEMES.map(([name, Each]) => (
          <Menu.Item key={name} leftSection={<Each size={16} aria-hidden />} onClick={() => setColorScheme(name)}>{t(`theme-${name}`)}</Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function PersonMenu(): React.JSX.Element {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <Menu position="top-start">
      <Menu.Target>
        <UnstyledButton className={classes['person']} aria-label={t('person', { name: me.name })}>
          <Text size="sm" fw={500} truncate>{me.name}</Text>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} to="/absence" leftSection={<IconBeach size={16} aria-hidden />}>{t('my-absence')}</Menu.Item>
        <Menu.Item component="a" href="/docs">{t('api-docs')}</Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => void signOut()}>{t('sign-out')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** How many rooms stand in the bar of a phone. */
const IN_BAR = 4;
/** Beyond this, how many is of no use. */
const COUNTED = 99;

/** How much stands unread in a room. */
function Unread({ count }: { readonly count: number }): React.JSX.Element | null {
  const { t } = useTranslation();
  if (count === 0) return null;
  return <span className={classes['unread']}><span aria-hidden>{count > COUNTED ? `${COUNTED}+` : count}</span><VisuallyHidden> {t('unread-count', { count })}</VisuallyHidden></span>;
}

export function Frame(): React.JSX.Element {
  const { t } = useTranslation();
  const [isOpen, { close, toggle }] = useDisclosure();
  const { data: unread = 0 } = useQuery(unreadQuery());
  const path = useRouterState({ select: (state) => state.location.pathname });
  const isHere = (to: string): boolean => (to === '/' ? path === '/' : path === to || path.startsWith(`${to}/`));
  const organisation = organisationRooms(useMe());
  const entry = ({ to, name, Icon }: Room): React.JSX.Element => (
    <NavLink key={to} component={Link} to={to} label={t(name)} active={isHere(to)} aria-current={isHere(to) ? 'page' : undefined} leftSection={<Icon size={18} aria-hidden />} rightSection={to === '/inbox' && <Unread count={unread} />} />
  );
  // Whoever went somewhere wants to see it.
  useEffect(close, [path, close]);
  return (
    <AppShell navbar={{ width: 224, breakpoint: 'sm', collapsed: { mobile: !isOpen } }} footer={{ height: { base: 56, sm: 0 } }} padding={{ base: 'md', sm: 'xl' }}>
      <a href="#content" className="skip-link">{t('skip')}</a>
      <AppShell.Navbar p="sm" aria-label={t('nav')}>
        <Group gap={8} px="sm" py="xs" wrap="nowrap">
          <img src="/icon.svg" alt="" width={24} height={24} />
          <Text fw={700}>Sluis</Text>
        </Group>
        <Stack gap={2} mt="sm" flex={1} className={classes['rooms']}>
          {ROOMS.map(entry)}
          {organisation.length > 0 && <Text size="xs" c="dimmed" fw={600} px="sm" pt="md" pb={4}>{t('office')}</Text>}
          {organisation.map(entry)}
        </Stack>
        <Group justify="space-between" wrap="nowrap" px={4}><LanguageChoice /><ThemeChoice /></Group>
        <PersonMenu />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} className={classes['main']}>
        <Keys />
        <Live />
        <Suspense fallback={<Structure />}><Outlet /></Suspense>
      </AppShell.Main>
      <AppShell.Footer hiddenFrom="sm" className={classes['bar']} component="nav" aria-label={t('nav')}>
        {ROOMS.slice(0, IN_BAR).map(({ to, name, Icon }) => (
          <Link key={to} to={to} className={classes['tab']} data-active={isHere(to) || undefined} aria-current={isHere(to) ? 'page' : undefined}>
            <Icon size={22} aria-hidden /><span>{t(name)}</span>{to === '/inbox' && <Unread count={unread} />}
          </Link>
        ))}
        <UnstyledButton className={classes['tab']} onClick={toggle} aria-expanded={isOpen}>
          <IconMenu2 size={22} aria-hidden /><span>{t('menu')}</span>
        </UnstyledButton>
      </AppShell.Footer>
    </AppShell>
  );
}
