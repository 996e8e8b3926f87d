/** Commands on one task that need no evidence. */
import { answerOf, api } from '../../data/api';
import { useCommand } from '../../data/command';
import type { TaskPath } from './queries';
import { staleAfterTask } from './stale';
import { useVoice } from './voice';

export type Deed =
  | { readonly do: 'claim' | 'release' | 'confirm' | 'unblock' }
  | { readonly do: 'withdraw'; readonly onBehalfOf?: string }
  | { readonly do: 'send-back' | 'block' | 'reopen'; readonly reason: string }
  | { readonly do: 'assign'; readonly person: string }
  | { readonly do: 'checklist'; readonly change: { readonly tick?: string[]; readonly untick?: string[]; readonly add?: string[]; readonly remove?: string[] } }
  | { readonly do: 'attachments'; readonly change: { readonly add?: { readonly name: string; readonly sha256: string }[]; readonly remove?: string[] } }
  | { readonly do: 'effort'; readonly hours?: number; readonly remaining?: number }
  | { readonly do: 'comments'; readonly text: string };

function bodyOf(deed: Deed): object {
  switch (deed.do) {
    case 'send-back': case 'block': case 'reopen': return { reason: deed.reason };
    case 'assign': return { person: deed.person };
    case 'checklist': case 'attachments': return deed.change;
    case 'effort': return { ...(deed.hours !== undefined && { hours: deed.hours }), ...(deed.remaining !== undefined && { remaining: deed.remaining }) };
    case 'comments': return { text: deed.text };
    case 'withdraw': return { ...(deed.onBehalfOf !== undefined && { onBehalfOf: deed.onBehalfOf }) };
    default: return {};
  }
}

/** All of these have addresses of one form, and answer the same. */
type Address = '/api/v1/projects/{project}/phases/{phase}/tasks/{task}/claim';

/** What is said by oneself, and what who steers does. */
const OWN: readonly Deed['do'][] = ['comments', 'reopen', 'assign'];

/** @param done is told once a deed is done. @param draft name of the draft that is sent. */
export function useDeed(path: TaskPath, done?: (deed: Deed) => void, draft?: string) {
  const voice = useVoice();
  return useCommand<Deed, unknown>((deed, header) => answerOf(api.POST(`/api/v1/projects/{project}/phases/{phase}/tasks/{task}/${deed.do}` as Address, { params: { path: { ...path }, header }, body: { ...bodyOf(deed), ...(!OWN.includes(deed.do) && voice) } as Record<string, never> })), staleAfterTask(path.project), (_, deed) => done?.(deed), draft);
}
