/** What holds the next locks shut, and who can open them. */
import { Group, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconAlertTriangle, IconCheckbox, IconClipboardList, IconGavel, IconHandStop, type TablerIcon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../data/api';
import { useMe } from '../../data/me';
import { useAwaited } from '../task/awaited';
import { Day } from '../when';
import classes from './next-locks.module.css';

type Blocking = Schema<'Blocking'>;

/** Tasks shown before they are only counted: on a screen, from where one goes on to all of them, and on paper. */
const SHOWN = 5;
const SHOWN_ON_PAPER = 40;

const isReady = ({ status }: Blocking['tasks'][number]): boolean => status !== 'waiting';

function Reason({ Icon, children }: { readonly Icon: TablerIcon; readonly children: React.ReactNode }): React.JSX.Element {
  return (
    <Group component="li" gap="sm" wrap="nowrap" align="flex-start">
      <ThemeIcon variant="light" size={24} aria-hidden><Icon size={14} /></ThemeIcon>
      <Stack gap={4} className={classes['text']}>{children}</Stack>
    </Group>
  );
}

function OpenTasks({ tasks, link }: { readonly tasks: Blocking['tasks']; readonly link: Links['task'] }): React.JSX.Element {
  const { t } = useTranslation('waterway');
  const awaited = useAwaited();
  // What somebody can do now comes first: the rest follows from it.
  const [ready, waiting] = [tasks.filter(isReady), tasks.filter((each) => !isReady(each))];
  const shown = [...ready, ...waiting].slice(0, SHOWN_ON_PAPER);
  return (
    <Reason Icon={IconClipboardList}>
      <Text size="sm" fw={500}>{t('holds-tasks', { count: tasks.length })}</Text>
      <ul className={classes['list']}>
        {shown.map((each, place) => {
          const who = each.assignee?.name ?? (each.persons.map(({ name }) => name).join(', ') || t('nobody'));
          return (
            <li key={each.task} data-beyond={place >= SHOWN || undefined}>
              <Text size="sm" component="span" className="said">{link(each.task, each.name)}</Text>
              <Text size="sm" component="span" c="dimmed" className="said"> {each.role.name} ({who}){each.dueAt && <> · <Day at={each.dueAt} /></>}{!isReady(each) && ` · ${awaited(each) === '' ? t('waits') : t('waits-for', { what: awaited(each) })}`}</Text>
              {each.blocked && <Text size="sm" className={`said ${classes['blocked']}`}><IconHandStop size={14} aria-hidden /> {t('blocked', { person: each.blocked.person.name, reason: each.blocked.reason ?? '…' })}</Text>}
            </li>
          );
        })}
      </ul>
      {tasks.length > SHOWN && <Text size="sm" c="dimmed" className="no-print">{t('and-more', { count: tasks.length - SHOWN })}</Text>}
      {tasks.length > shown.length && <Text size="sm" c="dimmed" className={classes['paper']}>{t('and-more', { count: tasks.length - shown.length })}</Text>}
    </Reason>
  );
}

export interface Links {
  readonly task: (task: string, name: string) => React.ReactNode;
  /** @param isMine it waits for the reader. */
  readonly approval: (approval: string, children: string, isMine?: boolean) => React.ReactNode;
}

/** One phase: its gate, or its end. @param title level of the heading. */
function Holds({ blocking, links }: { readonly blocking: Blocking; readonly links: (phase: string) => Links }): React.JSX.Element {
  const { t } = useTranslation('waterway');
  const { gate, name, phase, tasks, criteria, votes, undecidable, conditions } = blocking;
  const { task, approval } = links(phase);
  const me = useMe();
  const isMine = votes.some(({ person, standIn }) => person.id === me.id || standIn?.delegate.id === me.id);
  const asked = votes[0]?.approval ?? undecidable?.approval;
  return (
    <Stack component="section" gap="sm" aria-label={gate?.name ?? name}>
      <Title order={2} className="said">{gate ? t('holds-gate', { gate: gate.name }) : t('holds-end', { phase: name })}</Title>
      <Stack component="ul" gap="sm" className={classes['reasons']}>
        {votes.length > 0 && (
          <Reason Icon={IconGavel}>
            <Text size="sm" fw={500}>{t('holds-votes', { count: votes.length })}</Text>
            <Text size="sm" className="said">{votes.map(({ person, standIn }) => (standIn ? t('stand-in', { person: person.name, delegate: standIn.delegate.name }) : person.name)).join(', ')}</Text>
            {asked !== undefined && <Text size="sm" component="div" mt={4}>{approval(asked, isMine ? t('decide') : t('to-approval'), isMine)}</Text>}
          </Reason>
        )}
        {undecidable && <Reason Icon={IconAlertTriangle}><Text size="sm" className={classes['blocked']}>{t('undecidable')}</Text></Reason>}
        {tasks.length > 0 && <OpenTasks tasks={tasks} link={task} />}
        {criteria.length > 0 && (
          <Reason Icon={IconCheckbox}>
            <Text size="sm" fw={500}>{t('holds-criteria', { count: criteria.length })}</Text>
            <ul className={classes['list']}>{criteria.slice(0, SHOWN).map((each) => <li key={each.key}><Text size="sm" className="said">{each.name}</Text></li>)}</ul>
            {criteria.length > SHOWN && <Text size="sm" c="dimmed">{t('and-more', { count: criteria.length - SHOWN })}</Text>}
          </Reason>
        )}
        {conditions.length > 0 && (
          <Reason Icon={IconAlertTriangle}>
            <Text size="sm" fw={500}>{t('holds-conditions', { count: conditions.length })}</Text>
            <ul className={classes['list']}>
              {conditions.map((each) => (
                <li key={each.task}><Text size="sm" className="said">{links(each.phase).task(each.task, each.defect ?? '…')} <Text span c="dimmed">{each.owner.name}{each.dueAt && <> · <Day at={each.dueAt} /></>}</Text></Text></li>
              ))}
            </ul>
          </Reason>
        )}
      </Stack>
    </Stack>
  );
}

/** All that is open: gates first, then what only keeps a phase from its end. */
export function NextLocks({ blocking, links }: { readonly blocking: readonly Blocking[]; readonly links: (phase: string) => Links }): React.JSX.Element {
  return <Stack gap="xl">{[...blocking].sort((a, b) => Number(b.gate !== null) - Number(a.gate !== null)).map((each) => <Holds key={each.phase} blocking={each} links={links} />)}</Stack>;
}
