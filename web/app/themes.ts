import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';

/** Colours that a person can choose. */
export const THEMES = [['light', IconSun], ['dark', IconMoon], ['auto', IconDeviceDesktop]] as const;
