/** Whether a project is on course: a word, a shape and a colour. */
import { Badge } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconFlag, IconPlayerPause, type TablerIcon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../data/api';

export type CourseKey = Schema<'PortfolioItem'>['course'];

const MARKS: Readonly<Record<CourseKey, readonly [TablerIcon, string]>> = {
  'off-course': [IconCircleX, 'var(--off-course)'], 'at-risk': [IconAlertTriangle, 'var(--at-risk)'], 'on-course': [IconCircleCheck, 'var(--on-course)'],
  'on-hold': [IconPlayerPause, 'var(--quiet)'], 'ended': [IconFlag, 'var(--quiet)'],
};

export function Course({ course }: { readonly course: CourseKey }): React.JSX.Element {
  const { t } = useTranslation();
  const [Icon, color] = MARKS[course];
  return <Badge variant="outline" color="gray" miw="max-content" c={color} leftSection={<Icon size={14} aria-hidden />}>{t(`course-${course}`)}</Badge>;
}
