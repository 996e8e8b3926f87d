/** What a change does to the plan, before and after. */
import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../data/api';
import { moneyText } from '../../parts/money';
import classes from './project.module.css';

const FIELDS = ['responsible', 'accountable', 'after', 'due', 'estimate', 'budget', 'fourEyes', 'criteria', 'approvers', 'scope', 'productGoal', 'released'] as const;
const isField = (field: string): field is (typeof FIELDS)[number] => FIELDS.some((each) => each === field);

export function Difference({ difference, currency }: { readonly difference: Schema<'Change'>['difference']; readonly currency: string }): React.JSX.Element {
  const { t } = useTranslation('changes');
  const value = (field: string, given: string | number | null): string => (given === null ? '–' : field === 'budget' && typeof given === 'number' ? moneyText(given, currency) : String(given));
  return (
    <div className={classes['wide']}>
      <Table fz="sm" verticalSpacing={6} captionSide="top">
        <Table.Thead><Table.Tr><Table.Th scope="col">{t('part')}</Table.Th><Table.Th scope="col">{t('what')}</Table.Th><Table.Th scope="col">{t('before')}</Table.Th><Table.Th scope="col">{t('after')}</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>
          {difference.flatMap((each) => {
            const key = `${each.kind} ${each.phase.key} ${each.key}`;
            const part = <><Text size="sm" className="said">{each.name}</Text><Text size="xs" c="dimmed" className="said">{each.kind === 'phase' ? t('kind-phase') : each.kind === 'gate' ? `${t('kind-gate')} · ${each.phase.name}` : each.phase.name}</Text></>;
            if (each.fields.length === 0) return [<Table.Tr key={key}><Table.Td>{part}</Table.Td><Table.Td>{t(`change-${each.change}`)}</Table.Td><Table.Td>–</Table.Td><Table.Td>–</Table.Td></Table.Tr>];
            return each.fields.map(({ field, before, after }, place) => (
              <Table.Tr key={`${key} ${field}`}>
                <Table.Td>{place === 0 && part}</Table.Td>
                <Table.Td>{isField(field) ? t(`field-${field}`) : field}</Table.Td><Table.Td className="said">{value(field, before)}</Table.Td><Table.Td className="said">{value(field, after)}</Table.Td>
              </Table.Tr>
            ));
          })}
        </Table.Tbody>
      </Table>
    </div>
  );
}

export function Size({ size, currency }: { readonly size: Schema<'Change'>['size']; readonly currency: string }): React.JSX.Element {
  const { t } = useTranslation('changes');
  const parts = [t('size-days', { count: size.days }), t('size-tasks', { count: size.tasks }), ...(size.cost === 0 ? [] : [moneyText(size.cost, currency)])];
  return <Text size="sm">{t('size')} {parts.join(' · ')}</Text>;
}
