/** What of a page of a template stands in its address. */
export const TABS = ['lifecycle', 'simulation', 'difference', 'projects'] as const;
export type Tab = (typeof TABS)[number];

export interface TemplateSearch {
  readonly tab?: Tab;
  /** The version that it is compared with. */
  readonly with?: string;
}

export function readSearch(search: Record<string, unknown>): TemplateSearch {
  const tab = TABS.find((each) => each === search['tab']);
  const other = search['with'];
  return { ...(tab && { tab }), ...(typeof other === 'string' && other !== '' && { with: other.slice(0, 80) }) };
}
