/** People by week: how full each week is, as a number, a shade and a sign. */
import { Table, Text, Tooltip, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { labelOf } from '../../parts/label';
import { shortDayText } from '../../parts/when';
import { inHours, inPercent } from './hours';
import { fullnessOf, percentOf, type PersonLoad, type Workload } from './queries';
import classes from './workload.module.css';

/** Pixels at least, as in the style sheet. */
const NAMES = 150;
const CELL = 62;

interface Props {
  readonly weeks: Workload['weeks'];
  readonly people: readonly PersonLoad[];
  readonly chosen: string | undefined;
  readonly place: number;
  readonly choose: (person: string, week: string) => void;
}

function Cell({ load, capacity, label, isChosen, onClick }: { readonly load: number; readonly capacity: number; readonly label: string; readonly isChosen: boolean; readonly onClick: () => void }): React.JSX.Element {
  const { t } = useTranslation('workload');
  const full = fullnessOf(load, capacity);
  const shown = full === 'away' ? '–' : capacity === 0 ? inHours(load) : inPercent(percentOf(load, capacity));
  const said = t('cell', { load: inHours(load), capacity: inHours(capacity), full: t(`full-${full}`) });
  return (
    <Tooltip label={said}>
      <UnstyledButton className={classes['cell']} data-full={full} aria-pressed={isChosen} onClick={onClick}>
        <VisuallyHidden>{labelOf(label)} </VisuallyHidden>{full === 'over' && <i aria-hidden>▲</i>}{shown}<VisuallyHidden>, {said}</VisuallyHidden>
      </UnstyledButton>
    </Tooltip>
  );
}

export function Heat({ weeks, people, chosen, place, choose }: Props): React.JSX.Element {
  const { t } = useTranslation('workload');
  return (
    <Table.ScrollContainer minWidth={NAMES + weeks.length * CELL} type="native">
      <Table className={classes['heat']} withRowBorders={false} verticalSpacing={2} horizontalSpacing={2}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col" className={classes['who']}>{t('who')}</Table.Th>
            {weeks.map((week) => <Table.Th key={week.from} scope="col"><Text span size="sm" fw={600}>{t('week', { week: week.week })}</Text><Text size="xs" c="dimmed" fw={400}>{shortDayText(week.from)}</Text><VisuallyHidden>, {t('working-days', { count: week.workingDays })}</VisuallyHidden></Table.Th>)}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {people.map(({ person, load, capacity, unknown }) => (
            <Table.Tr key={person.id}>
              <Table.Th scope="row" className={classes['who']}><Text size="sm" fw={500} className="said">{person.name}</Text>{unknown > 0 && <Text size="xs" c="dimmed" fw={400}>{t('unknown', { count: unknown })}</Text>}</Table.Th>
              {weeks.map((week, column) => (
                <Table.Td key={week.from}>
                  <Cell load={load[column] ?? 0} capacity={capacity[column] ?? 0} label={`${person.name}, ${t('week', { week: week.week })}`} isChosen={person.id === chosen && column === place} onClick={() => choose(person.id, week.from)} />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
