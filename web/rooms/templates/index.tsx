/** The published lifecycles: what each is for, and how it runs. */
import { Badge, Group, Stack, Text } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { mayStart, useMe } from '../../data/me';
import { RoomButton, RoomLink } from '../../parts/link';
import { Page } from '../../parts/page';
import classes from './templates.module.css';
import { templatesQuery } from '../start/template';

export function Templates(): React.JSX.Element {
  const { t } = useTranslation('templates');
  const { data } = useSuspenseQuery(templatesQuery());
  const me = useMe();
  return (
    <Page title={t('title')} help="templates" action={mayStart(me) && <RoomButton to="/templates/edit" leftSection={<IconPencil size={16} aria-hidden />}>{t('write')}</RoomButton>}>
      <ul className={classes['list']}>
        {data.map(({ key, name, description, latest, versions }) => (
          <li key={key}>
            <Stack gap={4}>
              <Group gap="xs"><RoomLink to="/templates/$template/$version" params={{ template: key, version: latest }} fw={600} className="said">{name}</RoomLink><Badge color="gray">{latest}</Badge>
                {versions.every(({ deprecatedAt }) => deprecatedAt !== null) && <Badge variant="outline" color="gray" c="var(--at-risk)">{t('deprecated')}</Badge>}</Group>
              <Text size="sm" c="dimmed" className="reading said">{description}</Text>
            </Stack>
          </li>
        ))}
      </ul>
    </Page>
  );
}
