/** One version of a lifecycle: drawn as a waterway, and told phase by phase. */
import { Badge, Button, Group, List, Select, Stack, Text, Title } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../data/api';
import { useCommand } from '../../data/command';
import { mayStart, useMe } from '../../data/me';
import { RoomButton } from '../../parts/link';
import { Page } from '../../parts/page';
import { ProblemAlert } from '../../parts/problem';
import { Waterway } from '../../parts/waterway';
import { inLanguage, reachesFor, templateQuery, templatesQuery } from '../start/template';
import type { Phase } from './content';
import classes from './templates.module.css';

function PhaseView({ phase, role }: { readonly phase: Phase; readonly role: (key: string) => string }): React.JSX.Element {
  const { t } = useTranslation('templates');
  return (
    <section className={classes['phase']}>
      <Title order={2}>{inLanguage(phase.name)}</Title>
      {phase.description && <Text size="sm" c="dimmed" className="reading">{inLanguage(phase.description)}</Text>}
      <List size="sm">{(phase.tasks ?? []).map((task) => <List.Item key={task.key}>{inLanguage(task.name)} <Text span size="sm" c="dimmed">{role(task.rasci.r)}{task.perItem === undefined ? '' : ` · ${t('per-item')}`}</Text></List.Item>)}</List>
      {phase.gate && (
        <div className={classes['gate']}>
          <Text fw={600} size="sm">{t('gate', { name: inLanguage(phase.gate.name) })}</Text>
          {(phase.gate.criteria ?? []).length > 0 && <List size="sm">{phase.gate.criteria?.map((each) => <List.Item key={each.key}>{inLanguage(each.name)}</List.Item>)}</List>}
          <Text size="sm" c="dimmed">{t('decides')}: {phase.gate.approval.steps.map((step) => step.roles.map(role).join(', ')).join(' → ')}</Text>
        </div>
      )}
    </section>
  );
}

export function Template(): React.JSX.Element {
  const { t } = useTranslation('templates');
  const { template: key, version } = useParams({ from: '/inside/templates/$template/$version' });
  const navigate = useNavigate();
  const me = useMe();
  const { data: template } = useSuspenseQuery(templateQuery(key, version));
  const { data: all } = useSuspenseQuery(templatesQuery());
  const versions = all.find((each) => each.key === key)?.versions ?? [];
  const deprecatedAt = versions.find((each) => each.version === version)?.deprecatedAt ?? null;
  const deprecating = useCommand((_: null, header) => answerOf(api.POST('/api/v1/templates/{template}/versions/{version}/deprecate', { params: { path: { template: key, version }, header }, body: {} })), [['templates']]);
  const names = new Map(template.roles.map((role) => [role.key, inLanguage(role.name)]));
  const role = (of: string): string => names.get(of) ?? of;
  return (
    <Page title={inLanguage(template.name)} action={mayStart(me) && deprecatedAt === null && <RoomButton to="/projects/new" search={{ template: key, version }}>{t('start')}</RoomButton>}>
      <Text className="reading">{inLanguage(template.description)}</Text>
      <Group gap="sm">
        <Select aria-label={t('version')} w={140} allowDeselect={false} data={versions.map((each) => each.version)} value={version} onChange={(next) => void navigate({ to: '/templates/$template/$version', params: { template: key, version: next ?? version } })} />
        {deprecatedAt !== null && <Badge color="yellow">{t('deprecated')}</Badge>}
        {mayStart(me) && <RoomButton variant="default" to="/templates/edit" search={{ from: `${key}@${version}` }}>{t('copy')}</RoomButton>}
        {mayStart(me) && deprecatedAt === null && <Button variant="subtle" loading={deprecating.isPending} onClick={() => { if (window.confirm(t('deprecate-sure', { name: inLanguage(template.name), version }))) deprecating.mutate(null); }}>{t('deprecate')}</Button>}
      </Group>
      {deprecating.error && <ProblemAlert error={deprecating.error} />}
      <Waterway reaches={reachesFor(template)} />
      <Stack gap="xl">{(template.phases as unknown as readonly Phase[]).map((phase) => <PhaseView key={phase.key} phase={phase} role={role} />)}</Stack>
    </Page>
  );
}
