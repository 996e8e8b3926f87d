/** The board of a sprint, or of a team that works in flow: by drag and drop, by keys, and by a menu for who can do neither. */
import { DragDropContext, Draggable, Droppable, type DropResult } from '@hello-pangea/dnd';
import { ActionIcon, Badge, Button, Checkbox, Group, Menu, Stack, Text, Title, VisuallyHidden } from '@mantine/core';
import { IconArrowRight, IconClock, IconDotsVertical, IconUser } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { memo, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Structure } from '../../app/fallbacks';
import { Empty } from '../../parts/empty';
import { NumberField } from '../../parts/number-field';
import { ProblemAlert } from '../../parts/problem';
import { Day } from '../../parts/when';
import { isNumber, type Written } from '../../parts/written';
import classes from './agile.module.css';
import type { Parts } from './parts';
import { NextEvents } from './events';
import { Impediments } from './impediments';
import { type Member, useMembers } from './members';
import { Planning } from './planning';
import { atSprint, type Backlog, type Card, type Deed, type Sprint, sprintQuery, type SprintPlace, useDo, useTakeBack } from './queries';

interface BoardParts extends Parts {
  readonly sprint: Sprint;
  readonly at: SprintPlace;
}

interface CardProps {
  readonly card: Card;
  readonly act: (item: string, verb: string, body: object) => void;
  readonly columns: Backlog['columns'];
  readonly unit: Backlog['unit'];
  readonly members: readonly Member[];
  readonly mayWork: boolean;
  /** Whether the sprint runs. */
  readonly isOpen: boolean;
  /** Something is in its way. */
  readonly isBlocked: boolean;
}

/** How many hours a card still takes. @param keep undefined: as it was. */
function AskRemaining({ hours, keep }: { readonly hours: number | null; readonly keep: (hours?: number) => void }): React.JSX.Element {
  const { t } = useTranslation('agile');
  const [value, setValue] = useState<Written>(hours ?? undefined);
  return (
    <Group component="form" gap={6} align="flex-end" onSubmit={(event) => { event.preventDefault(); event.stopPropagation(); if (isNumber(value)) keep(value); }} onKeyDown={(event) => { event.stopPropagation(); if (event.key === 'Escape') keep(); }}>
      <NumberField size="xs" w={110} label={t('remaining-label')} min={0} max={10_000} autoFocus value={value} onChange={setValue} />
      <Button size="xs" type="submit" variant="default" disabled={!isNumber(value)}>{t('keep')}</Button>
    </Group>
  );
}

// What happens to one card draws that one anew, not hundreds.
const CardView = memo(function CardView({ card, act: actOn, columns, unit, members, mayWork, isOpen, isBlocked }: CardProps): React.JSX.Element {
  const { t } = useTranslation('agile');
  const act = (verb: string, body: object): void => actOn(card.item, verb, body);
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Group justify="space-between" wrap="nowrap" gap={4} align="flex-start">
        <Text size="sm" fw={500} className="said" lineClamp={4}>{card.title ?? t('erased')}</Text>
        {mayWork && isOpen && (
          <Menu position="bottom-end" withinPortal>
            <Menu.Target><ActionIcon variant="subtle" color="gray" size={28} aria-label={t('card-menu', { item: card.item })}><IconDotsVertical size={16} aria-hidden /></ActionIcon></Menu.Target>
            <Menu.Dropdown>
              <Menu.Label>{t('move-to')}</Menu.Label>
              {columns.filter(({ key }) => key !== card.column).map(({ key, name }) => <Menu.Item key={key} leftSection={<IconArrowRight size={14} aria-hidden />} onClick={() => act('move', { from: card.column, to: key })}>{name}</Menu.Item>)}
              <Menu.Label>{t('who')}</Menu.Label>
              {members.map(({ id, name }) => <Menu.Item key={id} leftSection={<IconUser size={14} aria-hidden />} disabled={card.person?.id === id} onClick={() => act('take', { person: id })}>{name}</Menu.Item>)}
              {card.person && <Menu.Item onClick={() => act('take', { person: null })}>{t('nobody')}</Menu.Item>}
              <Menu.Divider />
              <Menu.Item leftSection={<IconClock size={14} aria-hidden />} onClick={() => setAsking(true)}>{t('say-remaining')}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </Group>
      <Group gap={6}>
        <Text size="xs" c="dimmed">#{card.item} · {t(`kind-${card.kind}`)}</Text>
        {card.estimate !== null && <Badge size="sm" color="gray">{t(`unit-${unit}`, { count: card.estimate })}</Badge>}
        {isBlocked && card.acceptedAt === null && <Badge size="sm" color="red">{t('blocked')}</Badge>}
        {card.remaining !== null && card.acceptedAt === null && <Badge size="sm" color="gray">{t('remaining-hours', { hours: card.remaining })}</Badge>}
        {card.late && <Badge size="sm" color="yellow">{t('late-card')}</Badge>}
        {card.from !== null && <Badge size="sm" color="gray">{t('carried-from', { number: card.from })}</Badge>}
        {card.acceptedAt !== null && <Badge size="sm" color="green">{t('accepted')}</Badge>}
      </Group>
      {card.person && <Text size="xs">{card.person.name}</Text>}
      {isAsking && <AskRemaining hours={card.remaining} keep={(hours) => { setAsking(false); if (hours !== undefined) act('remaining', { hours }); }} />}
      {card.done.length > 0 && isOpen && card.acceptedAt === null && (
        <Stack gap={2}>
          {card.done.map(({ key, name, met }) => <Checkbox key={key} size="xs" label={name} checked={met} disabled={!mayWork} onChange={(event) => act('tick', event.currentTarget.checked ? { tick: [key] } : { untick: [key] })} />)}
        </Stack>
      )}
    </>
  );
});

interface Foreseen {
  readonly to?: string;
  readonly person?: string | null;
  readonly tick?: readonly string[];
  readonly untick?: readonly string[];
  readonly hours?: number;
}

/** A card as it will be once a deed is carried out. */
const foreseen = (card: Card, { to, person, tick, untick, hours }: Foreseen, members: readonly Member[]): Card => ({
  ...card, ...(to !== undefined && { column: to }), ...(person !== undefined && { person: members.find(({ id }) => id === person) ?? null }),
  ...(hours !== undefined && { remaining: hours }),
  ...((tick ?? untick) && { done: card.done.map((each) => ({ ...each, met: tick?.includes(each.key) ? true : untick?.includes(each.key) ? false : each.met })) }),
});

function Columns(parts: BoardParts): React.JSX.Element {
  const { t } = useTranslation('agile');
  const { place, at, backlog, sprint, may } = parts;
  const client = useQueryClient();
  const { queryKey } = sprintQuery(at);
  const doing = useDo(place);
  const takeBack = useTakeBack(queryKey);
  const members = useMembers(parts);
  const cards = sprint.cards.filter(({ left }) => left === null || left === 'accepted');
  const blocked = new Set(sprint.impediments.filter(({ resolvedAt }) => resolvedAt === null).map(({ item }) => item));
  const isOpen = may.work && sprint.status === 'running' && !sprint.isHeld;
  const carryOut = (item: string, verb: string, body: object): void => {
    const deed: Deed = { at: `${atSprint(at)}/cards/${item}/${verb}`, body };
    // It shows at once, and goes back if it is refused.
    void client.cancelQueries({ queryKey });
    client.setQueryData<Sprint>(queryKey, (before) => before && { ...before, cards: before.cards.map((card) => (card.item === item ? foreseen(card, deed.body as Foreseen, members) : card)) });
    doing.mutate(deed, takeBack);
  };
  const latest = useRef(carryOut);
  useEffect(() => { latest.current = carryOut; });
  const act = useCallback((item: string, verb: string, body: object) => latest.current(item, verb, body), []);
  const drop = ({ draggableId, source, destination }: DropResult): void => {
    if (destination && destination.droppableId !== source.droppableId) act(draggableId, 'move', { from: source.droppableId, to: destination.droppableId });
  };
  const nameOf = (column: string): string => backlog.columns.find(({ key }) => key === column)?.name ?? column;
  return (
    <DragDropContext onDragEnd={drop} dragHandleUsageInstructions={t('drag-keys')} onDragStart={({ source }, { announce }) => announce(t('drag-begun', { column: nameOf(source.droppableId) }))}
      onDragUpdate={({ destination }, { announce }) => announce(destination ? t('drag-over', { column: nameOf(destination.droppableId) }) : t('drag-nowhere'))}>
      <div className={classes['board']} tabIndex={0} role="region" aria-label={t('view-board')}>
        {backlog.columns.map(({ key, name, limit }) => {
          const here = cards.filter(({ column }) => column === key);
          return (
            <Droppable key={key} droppableId={key} isDropDisabled={!isOpen}>
              {(drop_, { isDraggingOver }) => (
                <section className={classes['column']} aria-label={name} data-over={isDraggingOver || undefined} data-full={(limit !== null && here.length >= limit) || undefined}>
                  <Group justify="space-between" wrap="nowrap"><Title order={2} size="h4">{name}</Title><Text size="sm" c="dimmed" className={classes['count'] ?? ''}>{limit === null ? here.length : <><span aria-hidden>{here.length} / {limit}</span><VisuallyHidden>{t('of-limit', { count: here.length, limit })}</VisuallyHidden></>}</Text></Group>
                  <div ref={drop_.innerRef} {...drop_.droppableProps} className={classes['cards']}>
                    {here.map((card, index) => (
                      <Draggable key={card.item} draggableId={card.item} index={index} isDragDisabled={!isOpen || card.acceptedAt !== null}>
                        {(drag) => (
                          <article ref={drag.innerRef} {...drag.draggableProps} {...drag.dragHandleProps} role="group" aria-label={`#${card.item} ${card.title ?? ''}`} aria-roledescription={t('card')} className={classes['card']}>
                            <CardView card={card} act={act} columns={backlog.columns} unit={backlog.unit} members={members} mayWork={may.work} isOpen={sprint.status === 'running'} isBlocked={blocked.has(card.item)} />
                          </article>
                        )}
                      </Draggable>
                    ))}
                    {drop_.placeholder}
                  </div>
                </section>
              )}
            </Droppable>
          );
        })}
      </div>
    </DragDropContext>
  );
}

function Facts({ sprint, team }: BoardParts): React.JSX.Element {
  const { t } = useTranslation('agile');
  return (
    <Stack gap={4}>
      {sprint.goal !== null && <div><Text size="sm" c="dimmed">{t('sprint-goal')}</Text><Text fw={600} className="said reading">{sprint.goal}</Text></div>}
      <Group gap="sm">
        <Badge color={sprint.status === 'running' ? 'water' : 'gray'}>{t(`status-${sprint.status}`)}</Badge>
        {sprint.endsAt !== null && sprint.status === 'running' && <Text size="sm">{t('ends')} <Day at={sprint.endsAt} /></Text>}
        {sprint.overAt !== null && <Text size="sm">{t(`over-${sprint.because ?? 'time'}`)} <Day at={sprint.overAt} /></Text>}
        {team.sprintDays !== null && sprint.result && <Text size="sm">{t('progress', { done: sprint.cards.filter(({ deliveredAt }) => deliveredAt !== null).length, all: sprint.cards.filter(({ left }) => left === null || left === 'accepted').length })}</Text>}
        {sprint.isHeld && <Badge color="yellow">{t('held')}</Badge>}
      </Group>
      <NextEvents sprint={sprint} />
      {sprint.reason !== null && <Text size="sm" className="said reading">{sprint.reason}</Text>}
    </Stack>
  );
}

export function Board(parts: Parts): React.JSX.Element {
  const { t } = useTranslation('agile');
  const { place, team, number, may, backlog, set } = parts;
  const at = { ...place, team: team.key, number: number ?? 0 };
  const query = useQuery({ ...sprintQuery(at), enabled: number !== undefined });
  const opening = useDo(place, () => set({ view: 'board', number: undefined } as object));
  const open = may.plan && backlog.isOpen && team.sprintDays !== null && !team.sprints.some(({ stage }) => stage === 'planning');
  const next = open && <Button variant={number === undefined ? 'filled' : 'default'} className="no-print" loading={opening.isPending} onClick={() => opening.mutate({ at: 'sprints', body: { team: team.key } })}>{t('plan-next')}</Button>;
  if (number === undefined) return <Empty title={t('no-sprint')}><Stack align="flex-start">{t('no-sprint-text')}{next}{opening.error && <ProblemAlert error={opening.error} />}</Stack></Empty>;
  if (query.error && !query.data) return <ProblemAlert error={query.error} again={() => void query.refetch()} />;
  if (!query.data) return <Structure />;
  const full = { ...parts, sprint: query.data, at };
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-start"><Facts {...full} />{next}</Group>
      {opening.error && <ProblemAlert error={opening.error} />}
      {query.data.status === 'planning' ? <Planning {...full} /> : <Columns {...full} />}
      <Impediments {...full} />
    </Stack>
  );
}
