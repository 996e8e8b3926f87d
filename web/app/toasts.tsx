/** Short messages beside the page. They come once it stands; what is said before is shown then. */
import type { Notifications as Container } from '@mantine/notifications';
import { useEffect, useState } from 'react';

const AFTER_MS = 500;
const RETRY_MS = 3_000;

export function Toasts(): React.JSX.Element | null {
  const [Notifications, setNotifications] = useState<typeof Container>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const load = (): void => void import('@mantine/notifications').then((module) => setNotifications(() => module.Notifications), () => { timer = setTimeout(load, RETRY_MS); });
    timer = setTimeout(load, AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return Notifications ? <Notifications position="top-right" /> : null;
}
