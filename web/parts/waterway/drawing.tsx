/** The drawing itself, without a word: water, channels, locks. Lies on percents, so that it fits any width. */
import { Fragment } from 'react';
import type { Layout, Placed } from './layout';
import { LockMark } from './lock';
import { levelOf, lockOf, type Reach } from './reach';
import classes from './waterway.module.css';

interface Props {
  readonly layout: Layout;
  readonly reaches: readonly Reach[];
  /** Height of the water, and from one channel to the next, in pixels. */
  readonly water: number;
  readonly pitch: number;
}

const percent = (columns: number, all: number): string => `${(100 * columns) / all}%`;

export function Drawing({ layout: { columns, lanes, placed, joins }, reaches, water, pitch }: Props): React.JSX.Element {
  const top = 6;
  const middle = (lane: number): number => top + lane * pitch + water / 2;
  const of = new Map(reaches.map((each) => [each.key, each]));
  const isWet = (key: string): boolean => ['passed', 'ended'].includes(of.get(key)?.status ?? '');
  const reach = ({ key, column, span, lane }: Placed): React.JSX.Element | null => {
    const each = of.get(key);
    if (!each) return null;
    const lock = lockOf(each);
    const level = levelOf(each);
    const box = { x: percent(column, columns), y: middle(lane) - water / 2, height: water };
    return (
      <Fragment key={key}>
        <rect {...box} width={percent(span, columns)} className={classes['bed']} data-status={each.status} data-noted={each.note === undefined ? undefined : true} />
        {level > 0 && <rect {...box} width={percent(span * level, columns)} className={classes['water']} data-status={each.status} />}
        {each.kind === 'handover' && water > 8 && <svg x={percent(column + span, columns)} y={middle(lane)} overflow="visible"><path className={classes['wave']} d="M -34 -2 q 4 -4 8 0 t 8 0 t 8 0" /></svg>}
        <svg x={percent(column + span, columns)} y={middle(lane)} overflow="visible">
          {lock ? <g transform={`translate(${water > 8 ? -8 : -4} 0)`}><title>{each.gate?.name}</title><LockMark lock={lock} half={water / 2} /></g> : <path className={classes['edge']} d={`M 0 ${-water / 2} V ${water / 2}`} />}
        </svg>
      </Fragment>
    );
  };
  return (
    <svg className={classes['drawing']} width="100%" height={top * 2 + (lanes - 1) * pitch + water} aria-hidden focusable="false">
      {joins.map(({ from, to, column, lanes: [a, b], start }) => (
        <Fragment key={`${from} ${to}`}>
          {start < column && <line x1={percent(start, columns)} x2={percent(column, columns)} y1={middle(a)} y2={middle(a)} className={classes['channel']} data-wet={isWet(from) || undefined} />}
          {a !== b && <line x1={percent(column, columns)} x2={percent(column, columns)} y1={middle(a)} y2={middle(b)} className={classes['channel']} data-wet={isWet(from) || undefined} />}
        </Fragment>
      ))}
      {placed.map(reach)}
    </svg>
  );
}
