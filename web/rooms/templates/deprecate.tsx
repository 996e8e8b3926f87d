/** Deprecates a version: asked for again, by name, as it can't be undone. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../data/api';
import { useCommand } from '../../data/command';
import { ProblemAlert } from '../../parts/problem';

interface Props {
  readonly template: string;
  readonly name: string;
  readonly version: string;
  readonly running: number | null;
}

export function Deprecate({ template, name, version, running }: Props): React.JSX.Element {
  const { t } = useTranslation('templates');
  const [isOpen, setOpen] = useState(false);
  const deprecating = useCommand((_: null, header) => answerOf(api.POST('/api/v1/templates/{template}/versions/{version}/deprecate', { params: { path: { template, version }, header }, body: {} })), [['templates']], () => setOpen(false));
  return (
    <>
      <Button variant="subtle" onClick={() => setOpen(true)}>{t('deprecate')}</Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title={t('deprecate-title', { name, version })} closeButtonProps={{ 'aria-label': t('keep') }}>
        <Stack gap="md">
          <Text size="sm">{t('deprecate-text')} {running !== null && running > 0 && t('deprecate-running', { count: running })}</Text>
          {deprecating.error && <ProblemAlert error={deprecating.error} />}
          <Group gap="sm">
            <Button loading={deprecating.isPending} onClick={() => deprecating.mutate(null)}>{t('deprecate')}</Button>
            <Button variant="default" data-autofocus onClick={() => setOpen(false)}>{t('keep')}</Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
