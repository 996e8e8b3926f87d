/** A lifecycle told phase by phase. */
import { List, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { labelOf } from '../../parts/label';
import { inLanguage, type Template } from '../start/template';
import type { Phase } from './content';
import classes from './templates.module.css';

function PhaseView({ phase, role }: { readonly phase: Phase; readonly role: (key: string) => string }): React.JSX.Element {
  const { t } = useTranslation('templates');
  return (
    <section className={classes['phase']}>
      <Title order={2}>{inLanguage(phase.name)}</Title>
      {phase.description && <Text size="sm" c="dimmed" className="reading">{inLanguage(phase.description)}</Text>}
      <List size="sm">{(phase.tasks ?? []).map((task) => <List.Item key={task.key}>{inLanguage(task.name)} <Text span size="sm" c="dimmed">{role(task.rasci.r)}{task.forEach === undefined ? '' : ` · ${t('per-item')}`}</Text></List.Item>)}</List>
      {phase.gate && (
        <div className={classes['gate']}>
          <Text fw={600} size="sm">{t('gate', { name: inLanguage(phase.gate.name) })}</Text>
          {(phase.gate.criteria ?? []).length > 0 && <List size="sm">{phase.gate.criteria?.map((each) => <List.Item key={each.key}>{inLanguage(each.name)}</List.Item>)}</List>}
          <Text size="sm" c="dimmed">{labelOf(t('decides'))} {phase.gate.approval.steps.map((step) => step.roles.map(role).join(', ')).join(' → ')}</Text>
        </div>
      )}
    </section>
  );
}

export function Lifecycle({ template }: { readonly template: Template }): React.JSX.Element {
  const names = new Map(template.roles.map((role) => [role.key, inLanguage(role.name)]));
  const role = (of: string): string => names.get(of) ?? of;
  return <Stack gap="xl">{(template.phases as unknown as readonly Phase[]).map((phase) => <PhaseView key={phase.key} phase={phase} role={role} />)}</Stack>;
}
