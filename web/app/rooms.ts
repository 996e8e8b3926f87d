/** The rooms of the house, in the order of the frame; the first four stand in the bar of a phone. */
import { IconActivity, IconBell, IconCalendar, IconFolders, IconLayoutDashboard, IconListCheck, IconSearch, IconServer2, IconStack2, IconTemplate, IconUsers, type TablerIcon } from '@tabler/icons-react';
import type { Schema } from '../data/api';
import { isOffice } from '../data/me';

export interface Room {
  readonly to: '/' | '/inbox' | '/portfolio' | '/projects' | '/services' | '/search' | '/templates' | '/people' | '/programs' | '/calendars' | '/workload';
  readonly name: 'my-work' | 'inbox' | 'portfolio' | 'projects' | 'services' | 'search' | 'templates' | 'people' | 'programs' | 'calendars' | 'workload';
  readonly Icon: TablerIcon;
}

export const ROOMS: readonly Room[] = [
  { to: '/', name: 'my-work', Icon: IconListCheck },
  { to: '/inbox', name: 'inbox', Icon: IconBell },
  { to: '/portfolio', name: 'portfolio', Icon: IconLayoutDashboard },
  { to: '/projects', name: 'projects', Icon: IconFolders },
  { to: '/services', name: 'services', Icon: IconServer2 },
  { to: '/templates', name: 'templates', Icon: IconTemplate },
  { to: '/search', name: 'search', Icon: IconSearch },
];

/** Rooms about the organisation as a whole: those into which the person may look. */
export function organisationRooms(me: Schema<'Me'>): readonly Room[] {
  const seesPrograms = me.globalRoles.length > 0 || me.projects.some(({ roles }) => roles.includes('program-manager'));
  return [
    ...(isOffice(me) ? [{ to: '/people', name: 'people', Icon: IconUsers } as const] : []), ...(seesPrograms ? [{ to: '/programs', name: 'programs', Icon: IconStack2 } as const] : []),
    { to: '/workload', name: 'workload', Icon: IconActivity }, { to: '/calendars', name: 'calendars', Icon: IconCalendar },
  ];
}
