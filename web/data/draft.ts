/**
 * What somebody wrote and has not sent: kept in the browser's tab until it is, so that a reload, a way back and the end of a session lose
 * nothing. It is a person's own: nobody else who signs in here is shown it, and signing out removes it.
 */
import { useEffect, useState } from 'react';
import { keepSending, PREFIX, read, textOf, write } from './kept';
import { useMe } from './me';

export interface Draft<Value> {
  /** Under which it is kept; as long as it is, the command that sends it is the same one. */
  readonly name: string;
  readonly value: Value;
  readonly set: (next: Value | ((before: Value) => Value)) => void;
  /** @param sent what was sent: anything written since stays. Without it all goes. */
  readonly clear: (sent?: Value) => void;
  /** Whether it was there when the form opened. */
  readonly isFound: boolean;
  /** Whether there is anything beside what the form begins with. */
  readonly isWritten: boolean;
}

interface Held<Value> {
  readonly name: string;
  /** Undefined: nothing, and the form shows what there is. */
  readonly written: Value | undefined;
  readonly isFound: boolean;
}

function open<Value>(name: string): Held<Value> {
  const written = read<Value>(name);
  return { name, written, isFound: written !== undefined };
}

/**
 * @param place where it belongs, the same whenever somebody comes back to it.
 * @param first what stands in the form while nothing was written: that alone is no draft.
 */
export function useDraft<Value>(place: string, first: Value): Draft<Value> {
  const name = `${PREFIX}${useMe().id} ${place}`;
  const [held, setHeld] = useState(() => open<Value>(name));
  if (held.name !== name) setHeld(open(name));
  const { written, isFound } = held;
  const untouched = textOf(first);
  useEffect(() => {
    const text = held.written === undefined ? undefined : textOf(held.written);
    write(held.name, text === untouched ? undefined : text);
  }, [held, untouched]);
  return {
    name, value: written ?? first, isFound, isWritten: written !== undefined,
    set: (next) => setHeld((before) => ({ ...before, written: typeof next === 'function' ? (next as (before: Value) => Value)(before.written ?? first) : next })),
    clear: (sent) => {
      const text = sent === undefined ? undefined : textOf(sent);
      // The form may be gone by the time it is answered.
      if (text === undefined || textOf(read(name)) === text) write(name, undefined);
      if (text === undefined) keepSending(name, undefined);
      setHeld((before) => ({ name: before.name, isFound: false, written: text === undefined || before.written === undefined || textOf(before.written) === text ? undefined : before.written }));
    },
  };
}

/** Changes some of what a form holds, and leaves the rest. */
export const changing = <Value extends object>({ set }: Pick<Draft<Value>, 'set'>) => (changed: Partial<Value>): void => set((before) => ({ ...before, ...changed }));
