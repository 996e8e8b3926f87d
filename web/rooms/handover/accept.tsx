/** Takes a service although exit criteria are not met: what is wrong, how it is mended, whose it is, and for how long. */
import { Button, Checkbox, Group, Select, Stack, Text, Textarea, Title } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { projectQuery } from '../../data/project';
import { NumberField } from '../../parts/number-field';
import { ProblemAlert } from '../../parts/problem';
import { isNumber, type Written } from '../../parts/written';
import type { Parts } from './board';
import { atService, type Support, useDo } from './queries';

export function AcceptUnmet({ place, service, support }: Parts & { readonly support: Support }): React.JSX.Element | null {
  const { t } = useTranslation('handover');
  const { data: view } = useSuspenseQuery(projectQuery(place.project));
  const open = support.criteria.filter(({ verdict, accepted }) => verdict !== 'met' && !accepted);
  const [criteria, setCriteria] = useState<string[]>([]);
  const [defect, setDefect] = useState('');
  const [plan, setPlan] = useState('');
  const [owner, setOwner] = useState<string | null>(null);
  const [dueDays, setDueDays] = useState<Written>(Math.min(10, support.acceptanceDays));
  const doing = useDo(place, () => { setCriteria([]); setDefect(''); setPlan(''); });
  if (open.length === 0) return null;
  const chosen = criteria.filter((key) => open.some((each) => each.key === key));
  return (
    <Stack component="form" gap="sm" className="no-print reading" onSubmit={(event) => { event.preventDefault(); doing.mutate({ at: `${atService(service.service)}/accept-unmet`, body: { criteria: chosen, defect, plan, owner, dueDays } }); }}>
      <Title order={3}>{t('accept-unmet')}</Title>
      <Text size="sm" c="dimmed">{t('accept-unmet-text', { days: support.acceptanceDays })}</Text>
      <Checkbox.Group aria-label={t('exit-criteria')} value={chosen} onChange={setCriteria}><Stack gap={6}>{open.map(({ key, name }) => <Checkbox key={key} value={key} label={name} />)}</Stack></Checkbox.Group>
      <Textarea label={t('defect')} required autosize minRows={1} maxLength={2000} value={defect} onChange={(event) => setDefect(event.currentTarget.value)} />
      <Textarea label={t('mended-by')} required autosize minRows={1} maxLength={2000} value={plan} onChange={(event) => setPlan(event.currentTarget.value)} />
      <Group gap="sm" align="flex-end">
        <Select label={t('owner')} required searchable data={view.roles.map(({ key, name }) => ({ value: key, label: name }))} value={owner} onChange={setOwner} flex="1 1 200px" />
        <NumberField label={t('working-days')} required min={1} max={support.acceptanceDays} decimals={0} w={140} value={dueDays} onChange={setDueDays} />
      </Group>
      {doing.error && <ProblemAlert error={doing.error} />}
      <Button type="submit" variant="default" w="fit-content" disabled={chosen.length === 0 || defect.trim() === '' || plan.trim() === '' || owner === null || !isNumber(dueDays)} loading={doing.isPending}>{t('accept')}</Button>
    </Stack>
  );
}
