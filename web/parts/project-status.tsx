/** How a project as a whole stands, in a word and a shape. */
import { Badge } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconHourglass, IconPlayerPause, IconPlayerPlay, IconPlayerStop, type TablerIcon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../data/api';

type Status = Schema<'Project'>['status'];

const ICONS: Readonly<Record<Status, TablerIcon>> = {
  starting: IconHourglass, running: IconPlayerPlay, held: IconPlayerPause, completed: IconCircleCheck, stopped: IconPlayerStop, cancelled: IconCircleX,
};

export function ProjectStatus({ status }: { readonly status: Status }): React.JSX.Element {
  const { t } = useTranslation();
  const Icon = ICONS[status];
  return <Badge variant="outline" color="gray" c="var(--mantine-color-text)" leftSection={<Icon size={14} aria-hidden />}>{t(`status-${status}`)}</Badge>;
}
