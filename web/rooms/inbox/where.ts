/** Where the thing is that a notice is about. */
import type { Notice } from './queries';

/** Parts of a project page that a kind of notice leads to. */
const TABS: Readonly<Record<string, string>> = {
  'role-assigned': 'team', 'calendar-changed': 'timeline', 'plan-changed': 'changes', 'phase-reopened': 'tasks', 'project-migrated': 'timeline',
};

/** An address of ours; null when it is about nothing that has a page. */
export function hrefOf({ kind, project, about }: Pick<Notice, 'kind' | 'project' | 'about'>): string | null {
  if (kind.startsWith('delegation-')) return '/absence';
  const { approval, change, phase, task, sprint, service } = Object.fromEntries(Object.entries(about).filter(([, fact]) => typeof fact === 'string')) as Record<string, string | undefined>;
  if (approval !== undefined) return `/approvals/${approval.split('/').map(encodeURIComponent).join('/')}`;
  if (project === null) return null;
  const at = `/projects/${encodeURIComponent(project)}`;
  if (change !== undefined) return `${at}?tab=changes&change=${encodeURIComponent(change)}`;
  if (phase !== undefined && task !== undefined) return `${at}/tasks/${encodeURIComponent(phase)}/${encodeURIComponent(task)}`;
  if (phase !== undefined && service !== undefined) return `${at}/phases/${encodeURIComponent(phase)}/handover?${new URLSearchParams({ service }).toString()}`;
  if (phase !== undefined && sprint !== undefined) {
    const [team = '', number = ''] = sprint.split('/');
    const view = kind === 'sprint-over' || kind === 'recognition-given' ? 'review' : 'board';
    return `${at}/phases/${encodeURIComponent(phase)}/agile?${new URLSearchParams({ view, team, number }).toString()}`;
  }
  const tab = TABS[kind];
  return tab === undefined ? at : `${at}?tab=${tab}${phase === undefined ? '' : `&phase=${encodeURIComponent(phase)}`}`;
}
