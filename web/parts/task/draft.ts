/** What somebody has filled in and not sent yet: it outlives a reload and a lost connection, in this browser. */
import { useState } from 'react';
import type { Values } from './values';

const nameOf = (task: string): string => `sluis-draft ${task}`;

function read(task: string): Values | undefined {
  try {
    const kept = sessionStorage.getItem(nameOf(task));
    return kept === null ? undefined : JSON.parse(kept) as Values;
  } catch {
    return undefined;
  }
}

/** @param task where it belongs. @param first what the form begins with, when nothing was filled in. */
export function useDraft(task: string, first: Values): readonly [Values, (values: Values) => void, () => void] {
  const [values, setValues] = useState<Values>(() => read(task) ?? first);
  const keep = (next: Values): void => {
    setValues(next);
    try {
      sessionStorage.setItem(nameOf(task), JSON.stringify(next));
    } catch {
      // Full or forbidden: then it lasts as long as the page.
    }
  };
  return [values, keep, () => sessionStorage.removeItem(nameOf(task))];
}
