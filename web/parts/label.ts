/** What is put together of several texts, with the punctuation of the reader's language. */
import i18next from 'i18next';

/** `Manager:`, `Chef de projet :`. What it names follows after a space. */
export const labelOf = (label: string): string => i18next.t('label', { label });

/** What somebody wrote, in quotation marks. */
export const quoted = (text: string): string => i18next.t('quoted', { text });

/** Sentences name a sign-off in lower case; where its name stands alone it begins with a capital. */
export const headed = (name: string): string => name.charAt(0).toLocaleUpperCase(i18next.language) + name.slice(1);

/** Parts that have commas of their own, one after the other. */
export const listOf = (parts: readonly string[]): string => parts.join(i18next.t('between'));
