/** Conditions under which a service was accepted: whose they are, and when they expire. */
import { Badge, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NumberField } from '../../parts/number-field';
import { ProblemAlert } from '../../parts/problem';
import { ReasonButton } from '../../parts/task/reason-button';
import { Day } from '../../parts/when';
import { isNumber, type Written } from '../../parts/written';
import type { Parts } from './board';
import classes from './handover.module.css';
import { atService, type Service, placeText, useDo } from './queries';

const TONES = { open: 'yellow', expired: 'red', met: 'green' } as const;

function ConditionRow({ place, handover, service, may, condition }: Parts & { readonly condition: Service['conditions'][number] }): React.JSX.Element {
  const { t } = useTranslation('handover');
  const [days, setDays] = useState<Written>(10);
  const doing = useDo(place);
  const at = `${atService(service.service)}/conditions/${encodeURIComponent(condition.key)}`;
  const isOpen = condition.status !== 'met' && (handover.isOutliving || (handover.isOpen && !handover.isHeld));
  return (
    <li>
      <Stack gap={6}>
        <Group justify="space-between" gap="xs" align="flex-start">
          <div>
            <Text fw={500} className="said">{condition.defect ?? t('erased')}</Text>
            <Text size="sm" className="said">{condition.plan}</Text>
            <Text size="sm" c="dimmed">{condition.owner.name} · {t('until')} <Day at={condition.dueAt} />{condition.renewed > 0 && ` · ${t('renewed', { count: condition.renewed })}`}</Text>
          </div>
          <Badge variant="light" color={TONES[condition.status]}>{t(`condition-is-${condition.status}`)}</Badge>
        </Group>
        {condition.note !== null && <Text size="sm" className="said">{condition.note}</Text>}
        {isOpen && (
          <Group gap="xs" className="no-print" align="flex-end">
            {(may.give || may.has(condition.owner.key)) && <ReasonButton place={`${placeText(place)}/${at} meet`} label={t('meet-condition')} busy={doing.isPending} act={(note) => doing.mutateAsync({ at: `${at}/meet`, body: { note } })} />}
            {(may.receive || (handover.isOutliving && may.has('project-office'))) && <>
              <NumberField size="xs" w={120} min={0} max={500} decimals={0} label={t('more-days')} value={days} onChange={setDays} />
              <ReasonButton place={`${placeText(place)}/${at} renew`} label={t('renew-condition')} disabled={!isNumber(days)} busy={doing.isPending} act={(note) => doing.mutateAsync({ at: `${at}/renew`, body: { note, dueDays: days } })} />
            </>}
          </Group>
        )}
        {doing.error && <ProblemAlert error={doing.error} />}
      </Stack>
    </li>
  );
}

export function Conditions(parts: Parts): React.JSX.Element | null {
  const { t } = useTranslation('handover');
  if (parts.service.conditions.length === 0) return null;
  return (
    <Stack component="section" gap="xs">
      <Title order={3}>{t('conditions')}</Title>
      <ul className={classes['list']}>{parts.service.conditions.map((condition) => <ConditionRow key={condition.key} {...parts} condition={condition} />)}</ul>
    </Stack>
  );
}
