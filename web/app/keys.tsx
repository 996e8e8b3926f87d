/** Keys that work everywhere. */
import { useDisclosure } from '@mantine/hooks';
import { startTransition, Suspense, useEffect, useState } from 'react';
import { part } from '../parts/part';
import type { KeysList as List } from './keys-list';
import { typedAhead } from './typed-ahead';

const loadMenu = () => import('./menu');
const CommandMenu = part(loadMenu, 'default');
/** Until then the page itself has come. */
const MENU_AFTER_MS = 1_500;

const TYPING = 'input, textarea, select, [contenteditable="true"]';

export function Keys(): React.JSX.Element {
  const [KeysList, setKeysList] = useState<typeof List>();
  const [isWanted, setIsWanted] = useState(false);
  const [isOpen, list] = useDisclosure();
  // The first to call for the menu does not wait for it: it comes, closed, once the page stands.
  useEffect(() => {
    const timer = setTimeout(() => void loadMenu().then(() => startTransition(() => setIsWanted(true)), () => undefined), MENU_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    const open = async (): Promise<void> => {
      // Where it stands open, its field has the keys already.
      if (document.activeElement?.id !== 'command-menu') typedAhead.begin();
      setIsWanted(true);
      try {
        const [{ menuHandlers }] = await Promise.all([import('./menu-store'), loadMenu()]);
        menuHandlers.open();
      } catch {
        // No connection: the keys are the page's again.
        typedAhead.take();
        return;
      }
      // It may stand open already.
      document.getElementById('command-menu')?.focus();
    };
    const press = (event: KeyboardEvent): void => {
      if (typedAhead.press(event)) return;
      const isTyping = event.target instanceof Element && event.target.closest(TYPING) !== null;
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        void open();
      } else if (!isTyping && event.key === '/') {
        event.preventDefault();
        void open();
      } else if (!isTyping && event.key === '?') {
        list.open();
        // Without a connection it stays away; the next press asks for it again.
        void import('./keys-list').then((module) => setKeysList(() => module.KeysList), list.close);
      }
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [list]);
  return (
    <>
      {isWanted && <Suspense fallback={null}><CommandMenu /></Suspense>}
      {KeysList && <KeysList isOpen={isOpen} close={list.close} />}
    </>
  );
}
