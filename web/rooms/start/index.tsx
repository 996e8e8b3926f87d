/** Starts a project in three steps. */
import { Button, Group, Stack, Stepper, Text, Title, VisuallyHidden } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Structure } from '../../app/fallbacks';
import { answerOf, api, ApiProblem } from '../../data/api';
import { useCommand } from '../../data/command';
import { changing, useDraft } from '../../data/draft';
import { mayStart, useMe } from '../../data/me';
import { projectQuery } from '../../data/project';
import { Empty } from '../../parts/empty';
import { DraftNote } from '../../parts/draft-note';
import { useFocusAfter } from '../../parts/focus';
import { Page } from '../../parts/page';
import { ProblemAlert } from '../../parts/problem';
import { Waterway } from '../../parts/waterway';
import { Choose } from './choose';
import { parseInventory, type Parsed } from './csv';
import { Describe } from './describe';
import { EMPTY, parametersOf, problemsAt, stepOf, type Draft } from './draft';
import { Staff } from './staff';
import classes from './start.module.css';
import { inLanguage, reachesFor, templateQuery, templatesQuery, type Template } from './template';

const route = getRouteApi('/inside/projects/new');
const STEPS = { 1: 'step-template', 2: 'step-project', 3: 'step-people' } as const;
const NONE: Parsed = { items: [], lines: [], problems: [] };

interface Input {
  readonly template: Template;
  readonly draft: Draft;
  readonly items: Parsed['items'];
}

const useStart = (draft: string) => useCommand(({ template, draft, items }: Input, header) => answerOf(api.POST('/api/v1/projects', { params: { header }, body: {
  name: draft.name.trim(), template: template.key, version: template.version, parameters: parametersOf(template, draft), inventory: [...items].map((item) => ({ ...item, attributes: { ...item.attributes } })),
  roles: Object.fromEntries(Object.entries(draft.roles).filter(([, persons]) => persons.length > 0).map(([role, persons]) => [role, [...persons]])),
} })), [['portfolio'], ['projects'], ['tasks'], ['me']], undefined, draft);

export function Start(): React.JSX.Element {
  const { t } = useTranslation('start');
  const { template: key, version, step = 1 } = route.useSearch();
  const navigate = useNavigate({ from: '/projects/new' });
  const client = useQueryClient();
  const me = useMe();
  const templates = useQuery(templatesQuery());
  const wanted = version ?? templates.data?.find((each) => each.key === key)?.versions.find(({ deprecatedAt }) => deprecatedAt === null)?.version;
  const found = useQuery({ ...templateQuery(key ?? '', wanted ?? ''), enabled: key !== undefined && wanted !== undefined });
  const template = found.data;
  const kept = useDraft(`start ${key ?? ''}`, EMPTY);
  const { value: draft } = kept;
  const set = changing(kept);
  const parsed = useMemo(() => (template && draft.inventory !== '' ? parseInventory(draft.inventory, template.inventory ?? []) : NONE), [template, draft.inventory]);
  const place = useFocusAfter(step, true);
  const command = useStart(kept.name);
  const problem = command.error instanceof ApiProblem ? command.error.problem : undefined;
  const errors = problemsAt(problem);
  const to = (next: 1 | 2 | 3): void => void navigate({ search: ({ step: _, ...before }) => ({ ...before, ...(next !== 1 && { step: next }) }) });
  const choose = (chosen: string, its: string): void => void navigate({ search: { template: chosen, version: its }, replace: true, resetScroll: false });

  if (!mayStart(me)) return <Page title={t('title')}><Empty title={t('refused')}>{t('refused-text')}</Empty></Page>;

  const missing = step === 2 && draft.name.trim() === '' ? t('needs-name') : step === 2 && parsed.problems.length > 0 ? t('needs-inventory')
    : step === 3 && template && (draft.roles[template.managerRole] ?? []).length === 0 ? t('needs-manager', { role: inLanguage(template.roles.find((role) => role.key === template.managerRole)?.name) }) : null;
  const start = (): void => {
    if (template) {
      command.mutate({ template, draft, items: parsed.items }, {
        async onSuccess({ id }) {
          // What was just started is shown as soon as it can be read.
          await client.prefetchQuery(projectQuery(id));
          kept.clear();
          await navigate({ to: '/projects/$project', params: { project: id } });
        },
        onError(error) {
          const first = error instanceof ApiProblem ? error.problem.errors?.[0]?.pointer : undefined;
          if (first !== undefined && stepOf(first) !== 3) to(stepOf(first));
        },
      });
    }
  };
  const parts = template && { template, draft, set, parsed, errors };
  return (
    <Page title={t('title')}>
      <Stepper active={step - 1} onStepClick={(index) => to((index + 1) as 1 | 2 | 3)} size="sm" wrap={false} classNames={{ root: classes['steps'] ?? '', stepDescription: classes['step'] ?? '' }} allowNextStepsSelect={false} aria-label={t('title')}>
        <Stepper.Step label={t('step-template')} description={template && inLanguage(template.name)} />
        <Stepper.Step label={t('step-project')} description={draft.name.slice(0, 40)} />
        <Stepper.Step label={t('step-people')} />
      </Stepper>
      <Stack gap="xl" ref={place}>
        {/* The row of steps above says it to whoever sees it. */}
        <VisuallyHidden component="h2">{t(STEPS[step])}</VisuallyHidden>
        {step === 1 && (
          <div className={classes['halves']}>
            <Choose chosen={key} choose={choose} />
            {template && (
              <Stack component="section" gap="sm" aria-label={inLanguage(template.name)} className={classes['preview']}>
                <Title order={2} className="said">{inLanguage(template.name)}</Title>
                <Text size="sm" className="reading said">{inLanguage(template.description)}</Text>
                <Waterway reaches={reachesFor(template)} isListed />
              </Stack>
            )}
          </div>
        )}
        {step > 1 && found.isPending && <Structure />}
        {found.isError && <ProblemAlert error={found.error} again={() => void found.refetch()} />}
        {step > 1 && <DraftNote draft={kept} />}
        {step === 2 && parts && <Describe {...parts} />}
        {step === 3 && parts && <Staff {...parts} />}
        {command.isError && <ProblemAlert error={command.error} />}
      </Stack>
      <Group className={classes['bar']} justify="space-between" gap="sm">
        {step > 1 ? <Button variant="default" onClick={() => to((step - 1) as 1 | 2)}>{t('back')}</Button> : <span />}
        <Group gap="sm">
          {missing !== null && <Text size="sm" c="dimmed">{missing}</Text>}
          {step < 3
            ? <Button disabled={!template || missing !== null} onClick={() => to((step + 1) as 2 | 3)}>{t('next')}</Button>
            : <Button disabled={!template || missing !== null} loading={command.isPending} onClick={start}>{t('start')}</Button>}
        </Group>
      </Group>
    </Page>
  );
}
