/** Where the focus of the keyboard goes when what had it is gone: never nowhere. */
import { type RefObject, useEffect, useRef } from 'react';

/** Whether nothing has it. */
export const isLost = (): boolean => document.activeElement === null || document.activeElement === document.body;

/** The heading of a place, or the place itself, has it: a screen reader says it, and Tab goes on from there. */
export function focusOn(place: HTMLElement | null): void {
  const heading = place?.querySelector<HTMLElement>('h1, h2, h3') ?? place;
  if (!heading) return;
  if (!heading.hasAttribute('tabindex')) heading.tabIndex = -1;
  heading.focus();
}

/**
 * The focus goes to a place when something else is shown there.
 * @param shown what.
 * @param always also from what had it and is there still.
 */
export function useFocusAfter<E extends HTMLElement = HTMLDivElement>(shown: unknown, always = false): RefObject<E | null> {
  const place = useRef<E>(null);
  const before = useRef(shown);
  useEffect(() => {
    if (before.current === shown) return;
    before.current = shown;
    if (always || isLost()) focusOn(place.current);
  }, [shown, always]);
  return place;
}
