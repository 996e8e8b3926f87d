/** Who has decided, who still is to, and what happens by itself meanwhile. */
import { Badge, List, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Helped } from '../../parts/help';
import { labelOf } from '../../parts/label';
import { Day, When } from '../../parts/when';
import classes from './gate.module.css';
import type { Approval } from './queries';

type Vote = Approval['votes'][number];

function VoteView({ vote }: { readonly vote: Vote }): React.JSX.Element {
  const { t } = useTranslation('gate');
  return (
    <li>
      <Text size="sm"><Text span fw={600}>{vote.person.name}</Text>{vote.castBy ? ` (${t('cast-by', { name: vote.castBy.name })})` : ''} <Badge color={vote.outcome === 'stop' ? 'red' : vote.outcome === 'rework' ? 'yellow' : vote.outcome === 'abstain' ? 'gray' : 'green'}>{t(`outcome-${vote.outcome}`)}</Badge></Text>
      <Text size="xs" c="dimmed">{vote.step.name} · <When at={vote.at} /></Text>
      {vote.reason !== null && <Text size="sm" className="said">{vote.reason}</Text>}
      {vote.conditions.length > 0 && <List size="sm">{vote.conditions.map((each) => <List.Item key={`${each.defect}${each.owner.key}`}><span className="said">{each.defect ?? t('erased')}</span> – {each.owner.name}, {t('within-days', { count: each.dueDays })}</List.Item>)}</List>}
      {vote.rework.length + vote.reworkPhases.length > 0 && <Text size="sm">{t('to-redo', { what: [...vote.rework, ...vote.reworkPhases].map(({ name }) => name).join(', ') })}</Text>}
    </li>
  );
}

export function Votes({ approval }: { readonly approval: Approval }): React.JSX.Element {
  const { t } = useTranslation('gate');
  const { votes, waitingFor, electorate, absences, ladder, unreachable, step } = approval;
  const absent = new Map(absences.map((each) => [each.person.id, each]));
  const open = electorate.find((each) => each.step.key === step?.key);
  return (
    <Stack component="section" gap="sm" className={classes['votes']}>
      <Helped topic="votes"><Title order={2}>{t('votes')}</Title></Helped>
      {votes.length > 0 && <ul className={classes['voted']}>{votes.map((vote) => <VoteView key={`${vote.step.key} ${vote.person.id}`} vote={vote} />)}</ul>}
      {approval.status === 'open' && (
        <div>
          <Text size="sm" fw={600}>{t('waits-for')}{step ? ` · ${step.name}` : ''}</Text>
          <List size="sm">
            {waitingFor.map((person) => {
              const absence = absent.get(person.id);
              return <List.Item key={person.id}>{person.name}{absence && <Text span size="sm" c="dimmed"> – {t('absent', { name: absence.delegate.name })} <Day at={absence.until} /></Text>}</List.Item>;
            })}
          </List>
          {waitingFor.length === 0 && <Text size="sm" c="dimmed">{open ? open.persons.map(({ name }) => name).join(', ') : '–'}</Text>}
        </div>
      )}
      {unreachable.length > 0 && <Text size="sm" c="var(--off-course)">{t('unreachable', { steps: unreachable.map(({ name }) => name).join(', ') })}</Text>}
      {ladder && (
        <div>
          {ladder.reached.map((rung) => <Text size="sm" key={`${rung.do} ${rung.at}`}>{t(`rung-${rung.do}`, { to: rung.to?.name ?? '' })}, <When at={rung.at} /></Text>)}
          {ladder.next && <Text size="sm" c="dimmed">{labelOf(t('next-rung'))} {t(`rung-${ladder.next.do}`, { to: ladder.next.to?.name ?? '' })}, <When at={ladder.next.at} /></Text>}
        </div>
      )}
    </Stack>
  );
}
