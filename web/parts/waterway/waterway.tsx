/** A lifecycle as a waterway: phases are reaches, gates are locks. Whoever does not see it, or sees it on a phone, gets it as a list. */
import { Button, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Drawing } from './drawing';
import { layOut, type Layout } from './layout';
import { LockMark } from './lock';
import { levelOf, lockOf, type Reach } from './reach';
import classes from './waterway.module.css';

/** From one channel to the next, labels included, and the width that a label needs; in pixels. */
const PITCH = 96;
const NARROWEST = 104;
/** What a letter of a label takes, and how far a long word may widen all reaches. */
const LETTER = 7.2;
const WIDEST = 136;
/** The same on paper, whose line is as long as that of an A4 that stands upright. */
const PAPER_LETTER = 5;
const PAPER_GAP = 12;
const PAPER = 700;
/** From one channel to the next where numbers stand for the names. */
const PAPER_PITCH = 32;

/** Words for a phase and its gate. */
function useWords(reaches: readonly Reach[]): { phase: (reach: Reach) => string; gate: (reach: Reach) => string | null } {
  const { t } = useTranslation('waterway');
  // Of a lifecycle in which nothing has begun, nothing is said.
  const isPlan = reaches.every(({ status, note }) => status === 'waiting' && note === undefined);
  return {
    phase: ({ status, done, open }) => (isPlan ? '' : status === 'open' && done + open > 0 ? t('tasks', { done, all: done + open }) : t(`phase-${status}`)),
    gate: ({ gate, status }) => (gate && !isPlan && status !== 'skipped' ? t(`gate-${gate.status}`) : null),
  };
}

const sideOf = (layout: Layout, key: string, pitch: number, under: number): React.CSSProperties => {
  const at = layout.placed.find((each) => each.key === key);
  return at ? { left: `${(100 * at.column) / layout.columns}%`, width: `${(100 * at.span) / layout.columns}%`, top: at.lane * pitch + under } : {};
};

const longestWord = (reaches: readonly Reach[]): number => Math.max(0, ...reaches.flatMap(({ name }) => name.split(/\s+/)).map((word) => word.length));

/** How wide a reach has to be so that no word of a name is broken, within reason. */
const widthFor = (reaches: readonly Reach[]): number => Math.min(WIDEST, Math.max(NARROWEST, 20 + LETTER * longestWord(reaches)));

/** Whether names would be broken on paper, where all reaches share one line, or channels would lie far apart for them. */
const isTightOnPaper = ({ columns, lanes }: Layout, reaches: readonly Reach[]): boolean => lanes > 1 || columns * (PAPER_GAP + PAPER_LETTER * longestWord(reaches)) > PAPER;

/** What is neither open nor next to it, or, in brief, not open: on a phone it waits until it is asked for. */
function isFar(reaches: readonly Reach[], each: Reach, isBrief: boolean): boolean {
  const open = reaches.filter(({ status }) => status === 'open');
  if (isBrief) return each.note === undefined && each.status !== 'open';
  return each.note === undefined && open.length > 0 && each.status !== 'open' && !open.some(({ key }) => each.after.includes(key));
}

interface Props {
  readonly reaches: readonly Reach[];
  /** On a phone, above something else: what is open alone. */
  readonly isBrief?: boolean;
  /** Where the drawing has no place: from top to bottom on a wide screen too. */
  readonly isListed?: boolean;
}

/** Head of a project page: each reach with its name and where it stands. */
export function Waterway({ reaches, isBrief = false, isListed = false }: Props): React.JSX.Element {
  const { t } = useTranslation('waterway');
  const words = useWords(reaches);
  const [isWhole, setWhole] = useState(false);
  const layout = useMemo(() => layOut(reaches), [reaches]);
  const isTight = isTightOnPaper(layout, reaches);
  const far = reaches.filter((each) => isFar(reaches, each, isBrief)).length;
  return (
    <div className={classes['waterway']} data-whole={isWhole || undefined} data-tight={isTight || undefined} data-listed={isListed || undefined}>
      <div className={classes['wide']} aria-hidden>
        <div className={classes['stage']} style={{ minWidth: layout.columns * widthFor(reaches), height: layout.lanes * PITCH }}>
          <Drawing layout={layout} reaches={reaches} water={16} pitch={PITCH} />
          {reaches.map((each) => (
            <div key={each.key} className={classes['label']} style={sideOf(layout, each.key, PITCH, 32)} data-status={each.status} data-first={layout.placed.find(({ key }) => key === each.key)?.column === 0 || undefined}>
              <span className={classes['name']}>{each.name}</span>
              <span className={classes['state']}>{words.phase(each)}</span>
              {each.note !== undefined && <span className={classes['note']}>▲ {each.note}</span>}
            </div>
          ))}
        </div>
      </div>
      {isTight && (
        <div className={classes['numbered']} style={{ height: layout.lanes * PAPER_PITCH }} aria-hidden>
          <Drawing layout={layout} reaches={reaches} water={6} pitch={PAPER_PITCH} />
          {reaches.map(({ key }, place) => <div key={key} className={classes['label']} style={sideOf(layout, key, PAPER_PITCH, 16)}>{place + 1}</div>)}
        </div>
      )}
      <div className={classes['line']} aria-hidden><Drawing layout={layout} reaches={reaches} water={6} pitch={12} /></div>
      <ol className={classes['list']} aria-label={t('label')}>
        {reaches.map((each) => {
          const lock = lockOf(each);
          return (
            <li key={each.key} data-status={each.status} data-far={isFar(reaches, each, isBrief) || undefined} style={{ '--level': levelOf(each) } as React.CSSProperties}>
              <Text span fw={each.status === 'open' ? 600 : 400} className="said">{each.name}</Text>
              <Text span size="sm" c="dimmed"> {words.phase(each)}</Text>
              {each.note !== undefined && <span className={classes['note']}>▲ {each.note}</span>}
              {each.gate && lock && (
                <span className={classes['gate']}>
                  <svg width={16} height={24} viewBox="-12 -12 24 24" aria-hidden><g transform="rotate(90)"><LockMark lock={lock} half={6} /></g></svg>
                  <Text span size="sm" className="said">{t('gate', { name: each.gate.name })}</Text>
                  <Text span size="sm" c="dimmed">{words.gate(each)}</Text>
                </span>
              )}
            </li>
          );
        })}
      </ol>
      {far > 0 && !isWhole && <Button variant="subtle" size="sm" className={classes['more']} onClick={() => setWhole(true)}>{t('whole', { count: far })}</Button>}
    </div>
  );
}

/** The same, small, for lists: where the project is, in one line. */
export function SmallWaterway({ reaches }: { readonly reaches: readonly Reach[] }): React.JSX.Element {
  const { t } = useTranslation('waterway');
  const layout = useMemo(() => layOut(reaches), [reaches]);
  const open = reaches.filter(({ status }) => status === 'open');
  const passed = reaches.filter(({ status }) => status === 'passed' || status === 'ended').length;
  const where = [
    t('summary', { passed, all: reaches.length }),
    ...open.map((each) => (each.gate ? t('summary-gate', { phase: each.name, gate: each.gate.name }) : each.name)),
  ].join(' · ');
  return (
    <div className={classes['small']} role="img" aria-label={where} title={where}>
      <Drawing layout={layout} reaches={reaches} water={6} pitch={12} />
    </div>
  );
}
