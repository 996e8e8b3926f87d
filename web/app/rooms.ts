/** The rooms of the house, in the order of the frame; the first four stand in the bar of a phone. */
import { IconBell, IconFolders, IconLayoutDashboard, IconListCheck, IconSearch, IconTemplate, type TablerIcon } from '@tabler/icons-react';

interface Room {
  readonly to: '/' | '/inbox' | '/portfolio' | '/projects' | '/search' | '/templates';
  readonly name: 'my-work' | 'inbox' | 'portfolio' | 'projects' | 'search' | 'templates';
  readonly Icon: TablerIcon;
}

export const ROOMS: readonly Room[] = [
  { to: '/', name: 'my-work', Icon: IconListCheck },
  { to: '/inbox', name: 'inbox', Icon: IconBell },
  { to: '/portfolio', name: 'portfolio', Icon: IconLayoutDashboard },
  { to: '/projects', name: 'projects', Icon: IconFolders },
  { to: '/templates', name: 'templates', Icon: IconTemplate },
  { to: '/search', name: 'search', Icon: IconSearch },
];
