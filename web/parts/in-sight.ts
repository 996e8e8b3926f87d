import { type RefObject, useEffect, useRef } from 'react';

/** A row of tabs or choices that scrolls sideways on a phone: it begins where the chosen one is seen. */
export function useChosenInSight<E extends HTMLElement = HTMLDivElement>(chosen: string): RefObject<E | null> {
  const row = useRef<E>(null);
  useEffect(() => {
    const [at, one] = [row.current, row.current?.querySelector('[data-active]')];
    if (!at || !one) return;
    const [outer, inner] = [at.getBoundingClientRect(), one.getBoundingClientRect()];
    at.scrollLeft += inner.left + inner.width / 2 - (outer.left + outer.width / 2);
  }, [chosen]);
  return row;
}
