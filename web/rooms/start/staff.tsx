/** Step 3: who holds which role; then everything once more, before it starts. */
import { Alert, MultiSelect, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { peopleQuery } from '../../data/project';
import { Waterway } from '../../parts/waterway';
import type { StepProps } from './step';
import classes from './start.module.css';
import { assignableRoles, inLanguage, reachesFor } from './template';

export function Staff({ template, draft, set, parsed, errors }: StepProps): React.JSX.Element {
  const { t } = useTranslation('start');
  const { data: people } = useSuspenseQuery(peopleQuery());
  const roles = assignableRoles(template);
  // Without who manages it, it can not be started; that is said beside the button.
  const vacant = roles.filter(({ key }) => key !== template.managerRole && (draft.roles[key] ?? []).length === 0);
  const errorOf = (role: string): string | undefined => [...errors].find(([pointer]) => pointer === `/roles/${role}` || pointer.startsWith(`/roles/${role}/`))?.[1];
  return (
    <div className={classes['halves']}>
      <Stack gap="md">
        {roles.map(({ key, name, description, holders }) => (
          <MultiSelect key={key} label={inLanguage(name)} description={inLanguage(description) || undefined} searchable hidePickedOptions nothingFoundMessage={t('nobody-found')}
            required={key === template.managerRole} maxValues={holders === 'one' ? 1 : 100} data={people.map((each) => ({ value: each.id, label: each.name }))}
            value={[...(draft.roles[key] ?? [])]} onChange={(persons) => set({ roles: { ...draft.roles, [key]: persons } })} error={errorOf(key)} />
        ))}
      </Stack>
      <Stack component="section" gap="md" className={classes['preview']}>
        <Title order={2}>{t('preview')}</Title>
        <div>
          <Text fw={600} className="said">{draft.name}</Text>
          <Text size="sm" c="dimmed">{inLanguage(template.name)} {template.version}</Text>
          {parsed.items.length > 0 && <Text size="sm" c="dimmed">{t('items-read', { count: parsed.items.length })}</Text>}
        </div>
        <Waterway reaches={reachesFor(template)} isListed />
        {vacant.length > 0 && (
          <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />} title={t('vacant', { count: vacant.length })}>
            <Text size="sm" className="said">{vacant.map(({ name }) => inLanguage(name)).join(', ')}</Text>
            <Text size="sm">{t('vacant-text')}</Text>
          </Alert>
        )}
      </Stack>
    </div>
  );
}
