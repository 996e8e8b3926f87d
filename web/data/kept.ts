/** What a tab of the browser keeps of what was written and not sent. */

export const PREFIX = 'sluis-draft ';

/** A field for a number that holds none is left out. */
export const textOf = (value: unknown): string => JSON.stringify(value, (_, each: unknown) => (Number.isNaN(each) ? undefined : each)) ?? '';

export function read<Value>(name: string): Value | undefined {
  try {
    const kept = sessionStorage.getItem(name);
    return kept === null ? undefined : JSON.parse(kept) as Value;
  } catch {
    return undefined;
  }
}

export function write(name: string, text: string | undefined): void {
  try {
    if (text === undefined) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, text);
  } catch {
    // Full or forbidden: then it lasts as long as the page.
  }
}

interface Sending {
  readonly input: string;
  readonly key: string;
}

const sendingOf = (draft: string): string => `${draft} sending`;

/** What of a draft was sent last and not answered, and under which key: sent again, it is the same command. */
export const sendingIn = (draft: string): Sending | undefined => read<Sending>(sendingOf(draft));
export const keepSending = (draft: string, sending: Sending | undefined): void => write(sendingOf(draft), sending && textOf(sending));

/** Nothing of one person stays for the next one. */
export function dropDrafts(): void {
  for (const name of Object.keys(sessionStorage)) if (name.startsWith(PREFIX)) write(name, undefined);
}
