/** The rooms of the house, in the order of the frame; the first three stand in the bar of a phone. */
import { IconFolders, IconInbox, type TablerIcon } from '@tabler/icons-react';

interface Room {
  readonly to: '/' | '/projects';
  readonly name: 'my-work' | 'projects';
  readonly Icon: TablerIcon;
}

export const ROOMS: readonly Room[] = [
  { to: '/', name: 'my-work', Icon: IconInbox },
  { to: '/projects', name: 'projects', Icon: IconFolders },
];
