/** Goes anywhere, and does the common things: Ctrl or ⌘ with K. */
import { useMantineColorScheme } from '@mantine/core';
import { Spotlight, type SpotlightActionData } from '@mantine/spotlight';
import '@mantine/spotlight/styles.css';
import { IconBeach, IconLanguage, IconLogout, IconPlus, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayStart, signOut, useMe } from '../data/me';
import { hrefOf, isQuestion, searchQuery } from '../rooms/search/queries';
import { LANGUAGES } from './i18n';
import { useChooseLanguage } from './language-choice';
import { menu } from './menu-store';
import { organisationRooms, ROOMS } from './rooms';
import { THEMES } from './themes';
import { typedAhead } from './typed-ahead';

/** Hits that stand in the menu; the room of search has the others. */
const HITS = 6;

/**
 * Puts the mark on the first entry, or leaves it where it stands. Spotlight keeps it twice, on the entry itself and as its place, from which the arrows count;
 * of entries that come later it takes no notice.
 */
function mark(stays: boolean): void {
  const entries = [...document.getElementById(menu.getState().listId)?.querySelectorAll('[data-action]') ?? []];
  const at = stays ? entries.findIndex((entry) => entry.hasAttribute('data-selected')) : -1;
  const selected = Math.min(Math.max(at, 0), entries.length - 1);
  for (const [place, entry] of entries.entries()) entry.toggleAttribute('data-selected', place === selected);
  menu.updateState((state) => ({ ...state, selected }));
}

export default function CommandMenu(): React.JSX.Element {
  const { t } = useTranslation();
  const router = useRouter();
  const { setColorScheme } = useMantineColorScheme();
  const me = useMe();
  const [words, setWords] = useState('');
  const [asked] = useDebouncedValue(words.trim(), 200);
  const found = useQuery(searchQuery(asked));
  const hasMoved = useRef(false);
  useEffect(() => { if (words !== '') mark(hasMoved.current); }, [words, asked, found.data]);
  const go = (href: string) => () => router.history.push(href);
  const speak = useChooseLanguage();
  const ask = (given: string): void => {
    hasMoved.current = false;
    setWords(given);
  };
  const noteArrows = ({ key }: React.KeyboardEvent): void => { if (key === 'ArrowDown' || key === 'ArrowUp') hasMoved.current = true; };
  const rooms: SpotlightActionData[] = [...ROOMS, ...organisationRooms(me)].map(({ to, name, Icon }) => ({ id: `room ${to}`, label: t(name), onClick: go(to), leftSection: <Icon size={18} aria-hidden /> }));
  const deeds: SpotlightActionData[] = [
    ...(mayStart(me) ? [{ id: 'start', label: t('start-project'), onClick: go('/projects/new'), leftSection: <IconPlus size={18} aria-hidden /> }] : []),
    { id: 'absence', label: t('my-absence'), onClick: go('/absence'), leftSection: <IconBeach size={18} aria-hidden /> },
    ...LANGUAGES.map((each) => ({ id: `language ${each}`, label: `${t('language')} · ${each.toUpperCase()}`, onClick: () => void speak(each), leftSection: <IconLanguage size={18} aria-hidden /> })),
    ...THEMES.map(([each, Icon]) => ({ id: `theme ${each}`, label: `${t('theme')} · ${t(`theme-${each}`).toLowerCase()}`, onClick: () => setColorScheme(each), leftSection: <Icon size={18} aria-hidden /> })),
    { id: 'sign-out', label: t('sign-out'), onClick: () => void signOut(), leftSection: <IconLogout size={18} aria-hidden /> },
  ];
  const isAsked = isQuestion(asked);
  const hits: SpotlightActionData[] = isAsked ? (found.data?.items ?? []).slice(0, HITS).flatMap((hit, place) => {
    const href = hrefOf(hit, me);
    return href === null ? [] : [{ id: `hit ${place}`, label: hit.title, description: hit.projectName === hit.title ? '' : hit.projectName ?? '', onClick: go(href) }];
  }) : [];
  const fits = ({ label = '' }: SpotlightActionData): boolean => label.toLowerCase().includes(words.trim().toLowerCase());
  const all = isAsked ? [{ id: 'all', label: t('search-for', { words: asked }), onClick: go(`/search?q=${encodeURIComponent(asked)}`), leftSection: <IconSearch size={18} aria-hidden /> }] : [];
  return (
    // No blur and no fading in: both cost a slow machine a tenth of a second.
    <Spotlight store={menu} overlayProps={{ blur: 0, backgroundOpacity: 0.35 }} transitionProps={{ duration: 0 }} query={words} onQueryChange={ask} scrollable shortcut={null} nothingFound={t('nothing-found')} filter={(_, given) => given}
      searchProps={{ placeholder: t('menu-hint'), 'aria-label': t('menu-hint'), leftSection: <IconSearch size={18} aria-hidden />, id: 'command-menu', onKeyDown: noteArrows, onFocus: () => setWords((before) => before + typedAhead.take()) }}
      actions={[{ group: t('nav'), actions: [...rooms, ...deeds].filter(fits) }, { group: t('search'), actions: [...hits, ...all] }].filter(({ actions }) => actions.length > 0)} />
  );
}
