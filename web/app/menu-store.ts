import { createSpotlight } from '@mantine/spotlight';

/** Whether the command menu is open. */
export const [menu, menuHandlers] = createSpotlight();
