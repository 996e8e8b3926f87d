/** The backlog in its order: thousands of items, moved by hand, by keys or by a menu. */
import { DragDropContext, Draggable, Droppable, type DraggableProvided, type DropResult } from '@hello-pangea/dnd';
import { ActionIcon, Badge, Button, Group, Menu, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDotsVertical, IconDownload, IconGripVertical, IconSearch, IconUpload } from '@tabler/icons-react';
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, Suspense, useDeferredValue, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraft } from '../../data/draft';
import { DraftNote } from '../../parts/draft-note';
import { Empty } from '../../parts/empty';
import { joined } from '../../parts/joined';
import { NumberField } from '../../parts/number-field';
import { part } from '../../parts/part';
import { ProblemAlert } from '../../parts/problem';
import { TextFileButton } from '../../parts/text-file';
import { type Written } from '../../parts/written';
import classes from './agile.module.css';
import type { Parts } from './parts';
import { Scope } from './scope';
import { type Backlog, type Item, ITEM_KINDS, itemsQuery, type Place, useDo, useTakeBack } from './queries';

const ItemEditor = part(() => import('./item'), 'ItemEditor');

const ROW = 56;
const NARROW_ROW = 72;

interface RowProps {
  readonly item: Item;
  readonly unit: Backlog['unit'];
  readonly mayOrder: boolean;
  readonly mayDescribe: boolean;
  /** On a phone, where number and estimate have no columns of their own. */
  readonly narrow: boolean;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly act: (what: 'edit' | 'top' | 'up' | 'down' | 'bottom' | 'drop', item: string) => void;
}

// Scrolling and dragging draw new rows only.
const Row = memo(function Row({ item, unit, narrow, mayOrder, mayDescribe, isFirst, isLast, act }: RowProps): React.JSX.Element {
  const { t } = useTranslation('agile');
  return (
    <>
      <Text size="sm" c="dimmed" className={classes['wide'] ?? ''}>#{item.item}</Text>
      <div>
        <Text size="sm" className="said" lineClamp={2}>{item.title ?? t('erased')}</Text>
        <Group gap={6} wrap="nowrap">
          <Text size="xs" c="dimmed" truncate>{joined([narrow && `#${item.item}`, t(`kind-${item.kind}`), narrow && item.estimate !== null && t(`unit-${unit}`, { count: item.estimate }), item.epic !== null && t('of-epic', { item: item.epic }), ...item.labels, item.after.length > 0 && t('after', { items: item.after.map((each) => `#${each}`).join(', ') }),
            item.needs.some(({ isOpen }) => isOpen) && t('waits-needs', { what: item.needs.filter(({ isOpen }) => isOpen).map(({ deliverable }) => deliverable.name).join(', ') })])}</Text>
        </Group>
      </div>
      <Group gap={6} className={classes['wide'] ?? ''} wrap="nowrap">
        {item.sprint && <Badge size="sm" color="water">{t('in-sprint', { team: item.sprint.team.name, number: item.sprint.number })}</Badge>}
        {item.carried > 0 && <Badge size="sm" color="yellow">{t('carried', { count: item.carried })}</Badge>}
        <Text size="sm" miw={48} ta="right">{item.estimate === null ? '–' : t(`unit-${unit}`, { count: item.estimate })}</Text>
      </Group>
      {mayDescribe ? (
        <Menu position="bottom-end" withinPortal>
          <Menu.Target><ActionIcon variant="subtle" color="gray" size={28} aria-label={t('card-menu', { item: item.item })}><IconDotsVertical size={16} aria-hidden /></ActionIcon></Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => act('edit', item.item)}>{t('edit')}</Menu.Item>
            {mayOrder && (
              <>
                <Menu.Divider />
                <Menu.Item disabled={isFirst} onClick={() => act('top', item.item)}>{t('to-top')}</Menu.Item>
                <Menu.Item disabled={isFirst} onClick={() => act('up', item.item)}>{t('up')}</Menu.Item>
                <Menu.Item disabled={isLast} onClick={() => act('down', item.item)}>{t('down')}</Menu.Item>
                <Menu.Item disabled={isLast} onClick={() => act('bottom', item.item)}>{t('to-bottom')}</Menu.Item>
                <Menu.Divider />
                <Menu.Item color="red" disabled={item.status !== 'open'} onClick={() => act('drop', item.item)}>{t('drop')}</Menu.Item>
              </>
            )}
          </Menu.Dropdown>
        </Menu>
      ) : <span />}
    </>
  );
});

function Dragged({ provided, isDragging, style, grip, children }: { readonly provided: DraggableProvided; readonly isDragging: boolean; readonly style?: React.CSSProperties; readonly grip: string | null; readonly children: React.ReactNode }): React.JSX.Element {
  return (
    <div ref={provided.innerRef} {...provided.draggableProps} className={classes['row']} data-dragged={isDragging || undefined} data-still={grip === null || undefined} style={{ ...provided.draggableProps.style, ...style }}>
      {grip !== null && <span {...provided.dragHandleProps} className={classes['grip']} aria-label={grip}><IconGripVertical size={16} aria-hidden /></span>}
      {children}
    </div>
  );
}

const NEW: { readonly title: string; readonly estimate?: Written } = { title: '' };

function Add({ place, unit }: { readonly place: Place; readonly unit: Backlog['unit'] }): React.JSX.Element {
  const { t } = useTranslation('agile');
  const draft = useDraft(`backlog ${place.project}/${place.phase} new`, NEW);
  const [kind, setKind] = useState<string>('story');
  const sent = useRef(NEW);
  // The next one may be typed already.
  const doing = useDo(place, () => draft.clear(sent.current), draft.name);
  const { title, estimate } = draft.value;
  return (
    <Stack gap="xs" className="no-print">
      <Group component="form" gap="sm" align="flex-end" onSubmit={(event) => { event.preventDefault(); sent.current = draft.value; doing.mutate({ at: 'backlog/items', body: { items: [{ title, kind, ...(estimate !== undefined && { estimate }) }] } }); }}>
        <TextInput label={t('new-item')} flex="1 1 280px" maxLength={300} value={title} onChange={(event) => { const { value } = event.currentTarget; draft.set((before) => ({ ...before, title: value })); }} />
        <Select label={t('kind')} w={130} allowDeselect={false} data={ITEM_KINDS.map((each) => ({ value: each, label: t(`kind-${each}`) }))} value={kind} onChange={(next) => setKind(next ?? 'story')} />
        <NumberField label={t(`estimate-${unit}`)} w={120} min={0} max={10_000} value={estimate} onChange={(value) => draft.set((before) => ({ ...before, estimate: value }))} />
        <Button type="submit" disabled={title.trim() === ''} loading={doing.isPending}>{t('add')}</Button>
      </Group>
      <DraftNote draft={draft} />
      {doing.error && <ProblemAlert error={doing.error} />}
    </Stack>
  );
}

function Goal({ place, goal }: { readonly place: Place; readonly goal: string | null }): React.JSX.Element {
  const { t } = useTranslation('agile');
  const draft = useDraft(`backlog ${place.project}/${place.phase} goal`, goal ?? '');
  const { value: text } = draft;
  const [isOpen, setOpen] = useState(draft.isFound);
  const close = (): void => {
    setOpen(false);
    draft.clear();
  };
  const doing = useDo(place, close, draft.name);
  if (!isOpen) return <Button variant="default" size="xs" onClick={() => setOpen(true)}>{t('set-product-goal')}</Button>;
  return (
    <Stack component="form" gap="xs" w="100%" onSubmit={(event) => { event.preventDefault(); doing.mutate({ at: 'backlog/goal', body: { goal: text } }); }}>
      <DraftNote draft={draft} />
      <Textarea label={t('product-goal')} autosize minRows={2} maxLength={4000} value={text} onChange={(event) => draft.set(event.currentTarget.value)} data-autofocus autoFocus />
      <Group gap="sm"><Button type="submit" size="xs" disabled={text.trim() === ''} loading={doing.isPending}>{t('keep')}</Button><Button size="xs" variant="subtle" onClick={close}>{t('cancel')}</Button></Group>
      {doing.error && <ProblemAlert error={doing.error} />}
    </Stack>
  );
}

export function BacklogView({ place, backlog, may, set }: Parts): React.JSX.Element {
  const { t } = useTranslation('agile');
  const client = useQueryClient();
  const query = itemsQuery(place);
  const { data: items } = useSuspenseQuery(query);
  const [typed, setTyped] = useState('');
  const words = useDeferredValue(typed.trim().toLowerCase());
  const [edited, setEdited] = useState<string>();
  const [narrow] = useState(() => window.matchMedia('(max-width: 48em)').matches);
  const height = narrow ? NARROW_ROW : ROW;
  const shown = useMemo(() => (words === '' ? items : items.filter(({ item, title, labels, kind }) => `#${item} ${title ?? ''} ${labels.join(' ')} ${kind}`.toLowerCase().includes(words))), [items, words]);
  const doing = useDo(place);
  const takeBack = useTakeBack(query.queryKey);
  const importing = useDo(place, () => notifications.show({ message: t('imported') }));
  const scroll = useRef<HTMLElement | null>(null);
  const virtual = useVirtualizer({ count: shown.length, getScrollElement: () => scroll.current, estimateSize: () => height, overscan: 8 });
  const mayMove = may.order && words === '' && !backlog.isHeld;
  const latest = useRef(items);
  latest.current = items;

  /** Puts an item before or after another: at once here, and back again when it is refused. */
  const move = (item: string, to: { readonly after: string } | { readonly before: string }): void => {
    const moved = latest.current.find((each) => each.item === item);
    if (!moved) return;
    void client.cancelQueries({ queryKey: query.queryKey });
    client.setQueryData<Item[]>(query.queryKey, (before = []) => {
      const others = before.filter((each) => each.item !== item);
      const index = others.findIndex((each) => each.item === ('after' in to ? to.after : to.before));
      return others.toSpliced('after' in to ? index + 1 : index, 0, moved);
    });
    doing.mutate({ at: `backlog/items/${item}/move`, body: { ...to, seen: moved.place } }, takeBack);
  };
  const act = useRef((what: Parameters<RowProps['act']>[0], item: string): void => {
    const all = latest.current;
    const index = all.findIndex((each) => each.item === item);
    const at = (place_: number): string => all[place_]?.item ?? '';
    if (what === 'edit') setEdited(item);
    else if (what === 'drop') doing.mutate({ at: 'backlog/drop', body: { items: [item] } });
    else if (what === 'top') move(item, { before: at(0) });
    else if (what === 'bottom') move(item, { after: at(all.length - 1) });
    else if (what === 'up') move(item, { before: at(index - 1) });
    else move(item, { after: at(index + 1) });
  }).current;
  const drop = ({ source, destination }: DropResult): void => {
    if (!destination || destination.index === source.index) return;
    const [item, target] = [shown[source.index]?.item, shown[destination.index]?.item];
    if (item !== undefined && target !== undefined) move(item, destination.index > source.index ? { after: target } : { before: target });
  };
  const row = (item: Item, index: number): React.JSX.Element => (
    <Row item={item} unit={backlog.unit} narrow={narrow} mayOrder={mayMove} mayDescribe={may.describe} isFirst={index === 0} isLast={index === shown.length - 1} act={act} />
  );
  return (
    <Stack gap="md">
      <Group gap="sm" className="no-print">
        <TextInput aria-label={t('find')} placeholder={t('find')} flex="1 1 220px" maw={360} leftSection={<IconSearch size={16} aria-hidden />} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
        {may.describe && <TextFileButton accept=".csv,text/csv" take={(csv) => importing.mutate({ at: 'backlog/import', body: { csv } })} aria-label={t('import')}>{(props) => <Button variant="default" leftSection={<IconUpload size={16} aria-hidden />} loading={importing.isPending} {...props}>{t('import')}</Button>}</TextFileButton>}
        <Button component="a" variant="default" leftSection={<IconDownload size={16} aria-hidden />} download href={`/api/v1/projects/${encodeURIComponent(place.project)}/phases/${encodeURIComponent(place.phase)}/backlog.csv`}>{t('export')}</Button>
        {may.order && !(backlog.goal !== null && backlog.scope?.keepsGoal && backlog.scope.baseline !== null) && <Goal place={place} goal={backlog.goal} />}
        <Text size="sm" c="dimmed" role="status">{t('items-shown', { count: shown.length })}</Text>
      </Group>
      {backlog.scope && <Scope place={place} backlog={backlog} scope={backlog.scope} />}
      {may.describe && <Add place={place} unit={backlog.unit} />}
      {(importing.error ?? doing.error) && <ProblemAlert error={(importing.error ?? doing.error) as Error} />}
      {items.length === 0 && <Empty title={t('backlog-empty')}>{t('backlog-empty-text')}</Empty>}
      {items.length > 0 && (
        <DragDropContext onDragEnd={drop} dragHandleUsageInstructions={t('drag-keys')}
          onDragStart={({ source }, { announce }) => announce(t('drag-place', { place: source.index + 1 }))} onDragUpdate={({ destination }, { announce }) => announce(destination ? t('drag-place', { place: destination.index + 1 }) : t('drag-nowhere'))}>
          <Droppable droppableId="backlog" mode="virtual" isDropDisabled={!mayMove}
            renderClone={(provided, snapshot, { source }) => <Dragged provided={provided} isDragging={snapshot.isDragging} grip={t('move-item', { item: shown[source.index]?.item ?? '' })}>{row(shown[source.index] as Item, source.index)}</Dragged>}>
            {(dropped) => (
              <div ref={(element) => { dropped.innerRef(element); scroll.current = element; }} {...dropped.droppableProps} className={classes['scroll']} tabIndex={0} role="region" aria-label={t('view-backlog')}>
                <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
                  {virtual.getVirtualItems().map(({ index, start }) => {
                    const item = shown[index] as Item;
                    return (
                      <Draggable key={item.item} draggableId={item.item} index={index} isDragDisabled={!mayMove}>
                        {(provided, { isDragging }) => <Dragged provided={provided} isDragging={isDragging} grip={mayMove ? t('move-item', { item: item.item }) : null} style={{ position: 'absolute', top: start, left: 0, right: 0 }}>{row(item, index)}</Dragged>}
                      </Draggable>
                    );
                  })}
                </div>
              </div>
            )}
          </Droppable>
        </DragDropContext>
      )}
      {edited !== undefined && <Suspense><ItemEditor place={place} backlog={backlog} item={edited} close={() => setEdited(undefined)} showSprint={(team, number) => set({ view: 'board', team, number })} /></Suspense>}
    </Stack>
  );
}
