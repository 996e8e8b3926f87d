/** The part of a template's page that holds the running projects. */
import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PartProps } from './parts';
import { namesOf } from './names';
import { RunningProjects } from './running';

export function Impact({ template }: PartProps): React.JSX.Element {
  const { t } = useTranslation('moves');
  const target = { template: template.key, version: template.version };
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed" className="reading">{t('hint')}</Text>
      <RunningProjects key={template.version} question={target} target={target} parameters={template.parameters ?? []} nameOf={namesOf(template)} />
    </Stack>
  );
}
