/** What makes the load of a person in a week. */
import { Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { RoomLink } from '../../parts/link';
import { Day, shortDayText } from '../../parts/when';
import { inHours } from './hours';
import { fullnessOf, type PersonLoad, type Workload } from './queries';
import classes from './workload.module.css';

type Part = PersonLoad['parts'][number];

function Name({ part }: { readonly part: Part }): React.JSX.Element {
  const { project, phase, key, name, kind, team } = part;
  return kind === 'task' ? <RoomLink to="/projects/$project/tasks/$phase/$task" params={{ project, phase, task: key }} className="said">{name ?? key}</RoomLink>
    : <RoomLink to="/projects/$project/phases/$phase/agile" params={{ project, phase }} search={{ view: 'board', ...(team !== null && { team }) }} className="said">#{key} {name ?? ''}</RoomLink>;
}

function PartRow({ part, hours }: { readonly part: Part; readonly hours: number | null }): React.JSX.Element {
  const { t } = useTranslation('workload');
  return (
    <li>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div><Name part={part} /><Text size="xs" c="dimmed" className="said">{part.projectName ?? part.project} · {part.phaseName}</Text></div>
        <div className={classes['hours']}><Text size="sm" fw={600}>{hours === null ? t('no-hours') : t('hours', { hours: inHours(hours) })}</Text>
          {part.hours !== null && <Text size="xs" c="dimmed">{t(`of-${part.basis ?? 'said'}`, { hours: inHours(part.hours) })}</Text>}</div>
      </Group>
      <Text size="xs" c="dimmed">{part.until === null ? t('no-due') : <>{t('due')} <Day at={part.until} /></>}</Text>
    </li>
  );
}

export function Detail({ load, week, place }: { readonly load: PersonLoad; readonly week: Workload['weeks'][number]; readonly place: number }): React.JSX.Element {
  const { t } = useTranslation('workload');
  const [todo, there, elsewhere] = [load.load[place] ?? 0, load.capacity[place] ?? 0, load.elsewhere[place] ?? 0];
  const parts = load.parts.filter(({ weeks }) => (weeks[place] ?? 0) > 0).sort((a, b) => (b.weeks[place] ?? 0) - (a.weeks[place] ?? 0));
  const unknown = load.parts.filter(({ hours }) => hours === null);
  return (
    <Stack component="section" gap="sm" aria-live="polite" className={classes['detail']}>
      <div>
        <Title order={2} size="h3" className="said">{load.person.name}</Title>
        <Text size="sm" c="dimmed">{t('week-of', { week: week.week, day: shortDayText(week.from) })}</Text>
      </div>
      <Text><Text span fw={700}>{t('hours', { hours: inHours(todo) })}</Text> {t('of-capacity', { hours: inHours(there) })} <Text span size="sm" c={fullnessOf(todo, there) === 'over' ? 'var(--off-course)' : 'dimmed'} fw={600}>{todo > there ? t('too-much', { hours: inHours(Math.round((todo - there) * 10) / 10) }) : t('room', { hours: inHours(Math.round((there - todo) * 10) / 10) })}</Text></Text>
      {parts.length === 0 && elsewhere === 0 && <Text size="sm" c="dimmed">{t('nothing')}</Text>}
      <ul className={classes['parts']}>
        {parts.map((part) => <PartRow key={`${part.project} ${part.phase} ${part.kind} ${part.key}`} part={part} hours={part.weeks[place] ?? 0} />)}
        {elsewhere > 0 && <li><Group justify="space-between"><Text size="sm">{t('elsewhere')}</Text><Text size="sm" fw={600}>{t('hours', { hours: inHours(elsewhere) })}</Text></Group></li>}
      </ul>
      {unknown.length > 0 && (
        <>
          <Title order={3} size="h5">{t('unknown-title')}</Title>
          <ul className={classes['parts']}>{unknown.map((part) => <PartRow key={`${part.project} ${part.phase} ${part.kind} ${part.key}`} part={part} hours={null} />)}</ul>
        </>
      )}
    </Stack>
  );
}
