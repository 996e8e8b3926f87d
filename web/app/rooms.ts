/** The rooms of the house, in the order of the frame; the first three stand in the bar of a phone. */
import { IconFolders, IconInbox, IconLayoutDashboard, IconSearch, IconTemplate, type TablerIcon } from '@tabler/icons-react';

interface Room {
  readonly to: '/' | '/portfolio' | '/projects' | '/search' | '/templates';
  readonly name: 'my-work' | 'portfolio' | 'projects' | 'search' | 'templates';
  readonly Icon: TablerIcon;
}

export const ROOMS: readonly Room[] = [
  { to: '/', name: 'my-work', Icon: IconInbox },
  { to: '/portfolio', name: 'portfolio', Icon: IconLayoutDashboard },
  { to: '/projects', name: 'projects', Icon: IconFolders },
  { to: '/templates', name: 'templates', Icon: IconTemplate },
  { to: '/search', name: 'search', Icon: IconSearch },
];
