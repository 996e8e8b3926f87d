/** What of a start stands in its address: the template and the step. */
export interface StartSearch {
  readonly template?: string;
  readonly version?: string;
  readonly step?: 2 | 3;
}

export function readSearch(search: Record<string, unknown>): StartSearch {
  const text = (key: string): string | undefined => (typeof search[key] === 'string' && search[key] !== '' ? search[key].slice(0, 80) : undefined);
  const [template, version] = [text('template'), text('version')];
  const step = search['step'] === 2 || search['step'] === 3 ? search['step'] : undefined;
  return { ...(template !== undefined && { template }), ...(version !== undefined && { version }), ...(step && template !== undefined && { step }) };
}
