/** A lock in the waterway, drawn around its own middle. Each kind differs in shape, not in colour alone. */
import type { Lock } from './reach';
import classes from './waterway.module.css';

interface Props {
  readonly lock: Lock;
  /** Half the height of the water beside it, in pixels. */
  readonly half: number;
}

/** Leaves of a closed lock lean against the stream; those of an open one lie along the walls. */
export function LockMark({ lock, half }: Props): React.JSX.Element {
  // In a list there is little water between two locks.
  const [over, lean, gap] = half > 4 ? [4, 4, 7] : [2, 3, 4];
  const reach = half + over;
  // Beyond the next ones, where there is no room, a lock is a stroke.
  if (half <= 4 && lock === 'beyond') return <path className={classes['stroke']} d={`M 0 ${-half - 1} V ${half + 1}`} />;
  const isOpen = lock === 'passed' || lock === 'conditions';
  const leaves = isOpen
    ? `M ${-lean - 1} ${-reach} H ${lean + 1} M ${-lean - 1} ${reach} H ${lean + 1}`
    : `M ${lean} ${-reach} L ${-lean} 0 L ${lean} ${reach}`;
  return (
    <g className={classes['lock']} data-lock={lock}>
      {!isOpen && <rect className={classes['gap']} x={-gap} y={-half - 1} width={2 * gap} height={2 * half + 2} />}
      {lock === 'asked' && <path className={classes['leaf']} d={`M ${lean + 5} ${-reach} L ${5 - lean} 0 L ${lean + 5} ${reach}`} />}
      <path className={classes['leaf']} d={leaves} />
      {lock === 'conditions' && <path className={classes['mark']} d={`M 0 ${-half + 1} L ${half - 1} ${half - 2} H ${1 - half} Z`} />}
      {lock === 'sent-back' && <path className={classes['leaf']} d={`M 12 ${-reach} L 4 0 L 12 ${reach} M -8 0 H -16 M -12 -4 L -16 0 L -12 4`} />}
      {lock === 'stopped' && <path className={classes['leaf']} d={`M ${-half} ${-half} L ${half} ${half} M ${half} ${-half} L ${-half} ${half}`} />}
    </g>
  );
}
