/** What is typed between the call for the command menu and the moment its field is there: it belongs into that field, not to the page. */

let ahead: string | undefined;

export const typedAhead = {
  begin: (): void => { ahead ??= ''; },
  /** @returns whether the key was one of these. */
  press(event: KeyboardEvent): boolean {
    if (ahead === undefined || event.ctrlKey || event.metaKey || event.altKey) return false;
    event.preventDefault();
    if (event.key === 'Escape') ahead = undefined;
    else if (event.key === 'Backspace') ahead = ahead.slice(0, -1);
    else if (event.key.length === 1) ahead += event.key;
    return true;
  },
  /** The field is there, or will not come. */
  take(): string {
    const text = ahead ?? '';
    ahead = undefined;
    return text;
  },
};
