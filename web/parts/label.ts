/** A label before what it names, with the colon as the reader's language writes it. */
import i18next from 'i18next';

/** `Manager:`, `Chef de projet :`. What it names follows after a space. */
export const labelOf = (label: string): string => i18next.t('label', { label });
