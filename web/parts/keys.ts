/** Keys of lists: j and k go down and up, x chooses, Enter opens as it does anyway. Not while somebody types. */
import { useEffect } from 'react';

const TYPING = 'input:not([type="checkbox"]), textarea, select, [contenteditable="true"], [role="combobox"]';

/** @param rows finds the elements that are gone through, in order. */
export function useListKeys(rows: () => HTMLElement[], choose?: (row: HTMLElement) => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || (event.target instanceof Element && event.target.closest(TYPING))) return;
      const all = rows();
      const at = all.findIndex((row) => row === document.activeElement || row.contains(document.activeElement));
      if (event.key === 'j' || event.key === 'k') {
        event.preventDefault();
        all[Math.min(all.length - 1, Math.max(0, at + (event.key === 'j' ? 1 : -1)))]?.focus();
      } else if (event.key === 'x' && at >= 0) {
        choose?.(all[at] as HTMLElement);
      }
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  });
}
