import type { Effect, Key, NoticeKind, Recorded } from '../process';
import { own } from '../fold';
import { OFFICE } from '../permissions';
import type { RevisionMessage } from '../revision';
import { tellChildren } from '../revision';
import { RULES } from '../rules';
import { plannedEntry } from './entries';
import { approvalInput, electorateOf, openSignOffs } from './sign-off';
import { signOffStream } from './streams';
import type { HandoverEvent, HandoverState } from './types';
import { givingRoles, receivingRoles } from './who';

/** What must happen outside because of an event of a handover; `state` is the one after it. */
export function react(state: HandoverState, { event, seq }: Recorded<HandoverEvent>, rules = RULES): readonly Effect[] {
  const { id, parent, phase, managerRole, handover } = state.input;
  const open = openSignOffs(state);
  const tellOpen = (message: RevisionMessage): Effect[] => tellChildren(open.map(([stream]) => stream), message);
  const tellElectorates = (): Effect[] => open.map(([to, service]): Effect => ({ kind: 'message', to, message: { type: 'electorate-changed', ...electorateOf(state, service, rules) } }));
  switch (event.type) {
    case 'sign-off-opened': {
      const service = own(state.services, event.service);
      const input = service && approvalInput(state, event.service, service, rules);
      return input ? [{ kind: 'start-child', process: 'approval', id: input.id, input }] : [];
    }
    case 'sign-off-withdrawn':
      return event.signed ? tell(state, event.service, bothSides(state, event.service), 'sign-off-fell')
        : [{ kind: 'message', to: signOffStream(id, event.service, event.round), message: { type: 'withdraw' } }];
    case 'service-withdrawn': return withdrawn(state, event.service);
    case 'handover-stood': return [{ kind: 'message', to: parent, message: { type: 'handover-stands', phase, reached: event.reached } }];
    case 'roles-changed':
    case 'absences-changed': return tellElectorates();
    case 'calendar-changed': return open.map(([to]): Effect => ({ kind: 'message', to, message: { type: 'calendar-changed', calendar: event.calendar } }));
    // A sign-off that is given meanwhile changes nothing that the project would have to know: it need not wait for the approvals.
    case 'revision-prepared':
      return [...tellOpen({ type: 'prepare', revision: event.revision, kind: event.kind }), { kind: 'message', to: parent, message: { type: 'prepared', revision: event.revision, child: id, seq, digest: '', ended: false } }];
    case 'revision-committed': return [...tellOpen({ type: 'commit', revision: event.revision, kind: event.kind }), ...(event.slice ? tellElectorates() : [])];
    case 'revision-aborted': return tellOpen({ type: 'abort', revision: event.revision, kind: event.kind });
    case 'children-looked-at': return open.length > 0 ? [{ kind: 'inspect', children: open.map(([stream]) => stream) }] : [];
    case 'conditions-outlived':
    case 'handover-ended': return open.map(([to]): Effect => ({ kind: 'message', to, message: { type: 'withdraw' } }));
    case 'entry-overdue': return tell(state, event.service, [...ownerOf(state, event.service, event.entry), managerRole], 'handover-overdue');
    case 'entry-reopened': return event.missing ? tell(state, event.service, ownerOf(state, event.service, event.entry), 'handover-missing') : [];
    case 'waiver-proposed': return tell(state, event.service, receiving(state, event.service), 'waiver-proposed');
    case 'waiver-answered': return tell(state, event.service, ownerOf(state, event.service, event.entry), 'waiver-answered', event.accepted ? 'approve' : 'rework');
    case 'session-held': return tell(state, event.service, receiving(state, event.service), 'session-held');
    case 'session-incomplete': return tell(state, event.service, givingRoles(state), 'session-wanted');
    case 'sign-off-decided': return tell(state, event.service, givingRoles(state), event.outcome === 'approve' || event.outcome === 'approve-with-conditions' ? 'service-signed' : 'service-refused', event.outcome);
    case 'condition-agreed': return tell(state, event.service, [event.asked.owner], 'acceptance-condition');
    case 'condition-expired': {
      const owner = own(own(state.services, event.service)?.conditions ?? {}, event.condition)?.owner;
      const { escalateTo } = handover.signOff;
      return tell(state, event.service, [...(owner === undefined ? [] : [owner]), handover.serviceOwner, managerRole, ...(escalateTo === undefined ? [] : [escalateTo]), ...(state.status === 'outliving' ? [OFFICE] : [])], 'acceptance-expired');
    }
    case 'early-life-started':
    case 'early-life-extended': return tell(state, event.service, bothSides(state, event.service), event.type);
    case 'early-life-judged':
      return tell(state, event.service, bothSides(state, event.service), event.outcome === 'missing' ? 'figures-missing' : event.outcome === 'met' ? 'early-life-met' : 'early-life-unmet');
    case 'owner-lost': return tell(state, event.service, bothSides(state, event.service), 'owner-lost');
    case 'service-handed-back': return tell(state, event.service, givingRoles(state), 'service-handed-back');
    case 'service-transferred': return tell(state, event.service, bothSides(state, event.service), 'service-transferred');
    default: return [];
  }
}

function receiving(state: HandoverState, key: Key): readonly Key[] {
  const service = own(state.services, key);
  return service ? receivingRoles(state, service) : [];
}

const bothSides = (state: HandoverState, key: Key): readonly Key[] => [...givingRoles(state), ...receiving(state, key)];

function ownerOf(state: HandoverState, service: Key, key: Key): Key[] {
  const entry = own(own(state.services, service)?.entries ?? {}, key);
  const owner = entry && plannedEntry(state, key, entry)?.owner;
  return owner === undefined ? [] : [owner];
}

function tell({ input: { project, phase }, services }: HandoverState, service: Key, roles: readonly Key[], notice: NoticeKind, outcome?: string): Effect[] {
  const title = own(services, service)?.name;
  return [{ kind: 'notify', to: { roles: [...new Set(roles)] }, notice, about: { project, phase, service, ...(title && { title }), ...(outcome !== undefined && { outcome }) } }];
}

/** Nobody is asked about a service that is not handed over. */
function withdrawn({ input: { id }, services }: HandoverState, key: Key): Effect[] {
  const round = own(services, key)?.signOff.round ?? 0;
  return round === 0 ? [] : [{ kind: 'message', to: signOffStream(id, key, round), message: { type: 'withdraw' } }];
}
