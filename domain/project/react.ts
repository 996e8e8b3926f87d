import { own } from '../fold';
import { steeringRoles } from '../permissions';
import type { Effect, Key, Recorded } from '../process';
import { tellChildren } from '../revision';
import { RULES, TELLS_WHO_WAITS } from '../rules';
import { allPhases, asksOfHandovers, awaitedBy, awaitedKey, insistsOn, needKey, phasesAwaitedBy, type PlanPhase, type Reached } from '../plan';
import type { PhaseReach, StageInput, StageMove, StageSlice } from '../stage/types';
import { adoptionOf, importedFacts } from './advance';
import { changeApprovalInput, changeElectorate, changeOf } from './changes';
import { backlogStream } from '../backlog/streams';
import type { AskedOfBacklog, Awaited, AwaitedStands, BacklogInput, BacklogSlice } from '../backlog/types';
import { handoverStream } from '../handover/streams';
import type { HandoverInput, HandoverSlice } from '../handover/types';
import { backlogOf, changeApproval, openBacklogs, openBeside, openChangeApprovals, openChildren, openHandovers, openStages, phaseStream } from './children';
import type { Migration, ProjectEvent, ProjectState } from './types';

const REACH: Readonly<Record<string, PhaseReach>> = { open: 'open', passed: 'passed', ended: 'passed', skipped: 'skipped' };

/** How far each phase is, as stages need to know it. A phase whose gate stopped the project has opened, but is never passed. */
function reaches(state: ProjectState): Readonly<Record<Key, PhaseReach>> {
  return Object.fromEntries(Object.entries(state.phases).flatMap(([key, phase]) => {
    const reach = phase.outcome === 'stop' ? 'stopped' : phase.skippedBy ? 'passed' : REACH[phase.status];
    return reach === undefined ? [] : [[key, reach]];
  }));
}

function stageSlice(state: ProjectState, phase: PlanPhase): StageSlice {
  const { plan } = state;
  return {
    phase, planRoles: plan.roles, managerRole: plan.managerRole, calendar: plan.calendar, phases: reaches(state),
    ...(phase.imports && { facts: importedFacts(state, phase.imports) }), ...openConditions(state, phase), ...handoversFor(state, phase), ...awaitedStands(state, phase),
  };
}

/** How far backlogs are with what tasks of a phase wait for. */
function awaitedStands({ stands }: ProjectState, phase: PlanPhase): Pick<StageSlice, 'stands'> {
  const awaited = awaitedBy(phase);
  if (awaited.length === 0) return {};
  return { stands: Object.fromEntries(awaited.flatMap((each): [string, AwaitedStands[string]][] => {
    const key = awaitedKey(each);
    const stand = own(own(stands ?? {}, each.backlog) ?? {}, key);
    return stand ? [[key, stand]] : [];
  })) };
}

/** Tells the open phases whose tasks wait for items of a backlog how far it is with them. */
function tellStands(state: ProjectState, backlog: Key): Effect[] {
  return state.plan.phases.flatMap((each): Effect[] => {
    const known = own(state.phases, each.key);
    if (known?.status !== 'open' || !awaitedBy(each).some((one) => one.backlog === backlog)) return [];
    return [{ kind: 'message', to: phaseStream(state.project, each.key, known.round), message: { type: 'items-stand', ...awaitedStands(state, each) } }];
  });
}

/** Deliverables for which items of a backlog wait and that are not there: of a phase that is over nothing more will come. */
function openNeeds(state: ProjectState, phase: Key): readonly string[] | undefined {
  const needs = state.plan.phases.find(({ key }) => key === phase)?.iterations?.needs;
  if (!needs) return undefined;
  const isOpen = (of: Key, deliverable: Key): boolean => {
    const status = own(state.phases, of)?.status ?? 'skipped';
    return (status === 'waiting' || status === 'open') && !own(state.delivered ?? {}, of)?.includes(deliverable);
  };
  return [...new Set(needs.filter((need) => isOpen(need.phase, need.deliverable)).map(needKey))];
}

function tellNeeds(state: ProjectState): Effect[] {
  return openBacklogs(state).flatMap(([phase, to]): Effect[] => {
    const open = openNeeds(state, phase);
    return open ? [{ kind: 'message', to, message: { type: 'needs-stand', open } }] : [];
  });
}

/** A phase that has passed under conditions ends when they are met. */
function openConditions(state: ProjectState, phase: PlanPhase): Pick<StageSlice, 'openConditions'> {
  const keys = [...insistsOn(phase)];
  if (keys.length === 0) return {};
  return { openConditions: keys.filter((key) => {
    const { status, outcome } = own(state.phases, key) ?? {};
    return status === 'passed' && outcome === 'approve-with-conditions';
  }) };
}

/** How far the services have come of which the gate of a phase asks. */
function handoversFor(state: ProjectState, phase: PlanPhase): Pick<StageSlice, 'handovers'> {
  const asked = [...asksOfHandovers(phase)];
  return asked.length === 0 ? {} : { handovers: Object.fromEntries(asked.map((key) => [key, own(state.handovers ?? {}, key)?.reached ?? 'none'])) };
}

/** Tells the open phases whose gates ask for them how far the services of a phase have come. */
function tellHandoverStands(state: ProjectState, phase: Key, reached: Reached): Effect[] {
  return state.plan.phases.flatMap((each): Effect[] => {
    const known = own(state.phases, each.key);
    if (known?.status !== 'open' || !asksOfHandovers(each).has(phase)) return [];
    return [{ kind: 'message', to: phaseStream(state.project, each.key, known.round), message: { type: 'handover-stands', phase, reached } }];
  });
}

/** Tells the open phases whose gates insist on it that the conditions of a phase are met. */
function tellConditionsMet(state: ProjectState, phase: Key): Effect[] {
  return state.plan.phases.flatMap((each): Effect[] => {
    const known = own(state.phases, each.key);
    if (known?.status !== 'open' || !insistsOn(each).has(phase)) return [];
    return [{ kind: 'message', to: phaseStream(state.project, each.key, known.round), message: { type: 'conditions-met', phase } }];
  });
}

function stageInput(state: ProjectState, key: Key, round: number): StageInput | undefined {
  const phase = state.plan.phases.find((each) => each.key === key);
  if (!phase) return undefined;
  const { project, roles, absences, startedBy } = state;
  const adopted = adoptionOf(state, key, round);
  return {
    project, parent: `project/${project}`, id: phaseStream(project, key, round), round, roles, ...(absences && { absences }), ...(startedBy !== undefined && { requester: startedBy }), ...stageSlice(state, phase), ...(adopted && { adopted }),
  };
}

function backlogSlice(state: ProjectState, key: Key): BacklogSlice | undefined {
  const { plan } = state;
  const { iterations, gate } = plan.phases.find((phase) => phase.key === key) ?? {};
  const asked = (gate?.criteria ?? []).flatMap((criterion): AskedOfBacklog[] => {
    if (criterion.kind !== 'backlog') return [];
    const { kind: _kind, mandatory: _mandatory, ...test } = criterion;
    return [test];
  });
  const awaited = new Map(plan.phases.flatMap(awaitedBy).filter(({ backlog }) => backlog === key).map(({ backlog, ...test }): [string, Awaited] => {
    const name = awaitedKey({ backlog, ...test });
    return [name, { key: name, ...test }];
  }));
  const needs = openNeeds(state, key);
  return iterations && {
    iterations, planRoles: plan.roles, managerRole: plan.managerRole, calendar: plan.calendar, ...(asked.length > 0 && { asked }),
    ...(awaited.size > 0 && { awaited: [...awaited.values()] }), ...(needs && { openNeeds: needs }),
  };
}

function startBacklog(state: ProjectState, phase: Key, round: number): Effect[] {
  const slice = backlogSlice(state, phase);
  if (!slice) return [];
  const { project, roles, absences } = state;
  const input: BacklogInput = { project, parent: `project/${project}`, id: backlogStream(project, phase, round), phase, roles, ...(absences && { absences }), ...slice };
  return [{ kind: 'start-child', process: 'backlog', id: input.id, input }];
}

/** Sprints run only while their phase is open. */
function turnBacklog(state: ProjectState, phase: Key, open: boolean, round?: number): Effect[] {
  const to = backlogOf(state, phase);
  return to === undefined ? [] : [{ kind: 'message', to, message: { type: 'phase-turned', open, ...(round !== undefined && { round }) } }];
}

function handoverSlice({ plan }: ProjectState, key: Key): HandoverSlice | undefined {
  const handover = plan.phases.find((phase) => phase.key === key)?.handover;
  return handover && { handover, planRoles: plan.roles, managerRole: plan.managerRole, calendar: plan.calendar };
}

function startHandover(state: ProjectState, phase: Key, round: number): Effect[] {
  const slice = handoverSlice(state, phase);
  if (!slice) return [];
  const { project, roles, absences } = state;
  const input: HandoverInput = { project, parent: `project/${project}`, id: handoverStream(project, phase, round), phase, roles, ...(absences && { absences }), ...slice };
  return [{ kind: 'start-child', process: 'handover', id: input.id, input }];
}

/** Tells each open handover how the plan has it now. */
function tellHandoversToMove(state: ProjectState, revision: number): Effect[] {
  return openHandovers(state).map(([phase, to]): Effect => {
    const slice = handoverSlice(state, phase);
    return { kind: 'message', to, message: { type: 'commit', revision, kind: 'migrate', ...(slice && { slice }) } };
  });
}

/** Tells each open backlog how the plan has it now. */
function tellBacklogsToMove(state: ProjectState, revision: number): Effect[] {
  return openBacklogs(state).map(([phase, to]): Effect => {
    const slice = backlogSlice(state, phase);
    return { kind: 'message', to, message: { type: 'commit', revision, kind: 'migrate', ...(slice && { slice }) } };
  });
}

/** Tells each open stage to move to the plan that the project has now. What is open of a phase that it does not have is dropped there. */
function tellToMove(state: ProjectState, revision: number, reopen: Migration['reopen'] = {}): Effect[] {
  return allPhases(state.plan).flatMap((phase): Effect[] => {
    const known = own(state.phases, phase.key);
    if (!known || (known.status !== 'open' && known.status !== 'passed')) return [];
    const move: StageMove = { reopen: own(reopen, phase.key) ?? [], ...(!known.dropped && { slice: stageSlice(state, phase) }) };
    return [{ kind: 'message', to: phaseStream(state.project, phase.key, known.round), message: { type: 'commit', revision, kind: 'migrate', move } }];
  });
}

/** Who holds a role now may decide on the changes that are open. */
function tellChangeElectorates(state: ProjectState): Effect[] {
  return (state.changes ?? []).flatMap((change): Effect[] => {
    const policy = state.plan.changeControl?.levels.find(({ key }) => key === change.level)?.policy;
    if (change.status !== 'open' || !policy) return [];
    const to = changeApproval(state.project, change.id, change.round);
    return [{ kind: 'message', to, message: { type: 'electorate-changed', ...changeElectorate(state, policy, change.requestedBy) } }];
  });
}

/** Nobody decides on changes of a project that is over: what was still asked then is withdrawn. */
function withdrawAsked(state: ProjectState, at: number): Effect[] {
  return (state.changes ?? []).filter(({ status, round, endedAt }) => status === 'withdrawn' && round > 0 && endedAt === at)
    .map(({ id, round }): Effect => ({ kind: 'message', to: changeApproval(state.project, id, round), message: { type: 'withdraw' } }));
}

function tellRequester(state: ProjectState, id: Key, notice: 'change-decided' | 'change-failed', outcome?: string): Effect {
  const change = changeOf(state, id);
  const to = { persons: change ? [change.requestedBy] : [], roles: [state.plan.managerRole] };
  return { kind: 'notify', to, notice, about: { project: state.project, change: id, ...(outcome !== undefined && { outcome }) } };
}

/** What must happen outside because of an event of a project; `state` is the one after it. */
export function react(state: ProjectState, { event, at }: Recorded<ProjectEvent>, rules = RULES): readonly Effect[] {
  const children = openChildren(state);
  const stages = openStages(state);
  const workers = [...stages, ...openBeside(state)];
  const about = { project: state.project };
  const everybody = state.plan.roles.map((role) => role.key);
  const tell = (phase: Key, reach: PhaseReach): Effect[] => (rules < TELLS_WHO_WAITS ? stages : openStages(state, (each) => phasesAwaitedBy(each).has(phase)))
    .filter((to) => to !== phaseStream(state.project, phase, own(state.phases, phase)?.round ?? 0))
    .map((to): Effect => ({ kind: 'message', to, message: { type: 'phase-reached', phase, reach } }));
  switch (event.type) {
    case 'phase-opened': {
      const input = stageInput(state, event.phase, event.round);
      return input ? [{ kind: 'start-child', process: 'stage', id: input.id, input }, ...turnBacklog(state, event.phase, true, event.round), ...tell(event.phase, 'open')] : [];
    }
    case 'backlog-opened': return startBacklog(state, event.phase, event.round);
    case 'backlog-ended': {
      const { round } = own(state.backlogs ?? {}, event.phase) ?? {};
      return round === undefined ? [] : [{ kind: 'message', to: backlogStream(state.project, event.phase, round), message: { type: 'end' } }];
    }
    case 'handover-opened': return startHandover(state, event.phase, event.round);
    case 'handover-stood': return tellHandoverStands(state, event.phase, event.reached);
    case 'handover-ended': {
      const { round } = own(state.handovers ?? {}, event.phase) ?? {};
      return round === undefined ? [] : [{ kind: 'message', to: handoverStream(state.project, event.phase, round), message: { type: 'end' } }];
    }
    case 'phase-passed': return [...tell(event.phase, event.outcome === 'stop' ? 'stopped' : 'passed'), ...turnBacklog(state, event.phase, false), ...tellNeeds(state)];
    case 'phase-ended': return [...tellConditionsMet(state, event.phase), ...turnBacklog(state, event.phase, false), ...tellNeeds(state)];
    case 'phase-skipped': return [...tell(event.phase, event.by === 'condition' ? 'passed' : 'skipped'), ...tellNeeds(state)];
    case 'items-stood': return tellStands(state, event.phase);
    case 'deliverables-stood': return tellNeeds(state);
    // A passed phase can still have open conditions: its run ends, as the next round takes its place.
    case 'phases-reset': return [
      ...event.phases.map((phase): Effect => (
        { kind: 'message', to: phaseStream(state.project, phase, own(state.phases, phase)?.round ?? 0), message: { type: 'supersede' } })),
      ...event.phases.flatMap((phase) => turnBacklog(state, phase, false)), ...tellNeeds(state),
      ...(event.reason ? [{ kind: 'notify' as const, to: { roles: everybody }, notice: 'phase-reopened' as const, about: { ...about, phase: event.by } }] : []),
    ];
    case 'roles-assigned':
      return [
        ...workers.map((to): Effect => ({ kind: 'message', to, message: { type: 'roles-changed', roles: state.roles } })),
        ...tellChangeElectorates(state),
        ...Object.entries(event.roles).filter(([, persons]) => persons.length > 0)
          .map(([, persons]): Effect => ({ kind: 'notify', to: { persons }, notice: 'role-assigned', about })),
      ];
    case 'absences-changed':
      return [...workers.map((to): Effect => ({ kind: 'message', to, message: { type: 'absences-changed', absences: event.absences } })), ...tellChangeElectorates(state)];
    case 'person-replaced':
      return [
        ...workers.map((to): Effect => ({ kind: 'message', to, message: { type: 'roles-changed', roles: state.roles, replaced: event.replaced } })),
        ...tellChangeElectorates(state),
        ...(Object.keys(event.roles).length > 0 ? [{ kind: 'notify' as const, to: { persons: [event.replaced.by] }, notice: 'role-assigned' as const, about }] : []),
      ];
    case 'revision-prepared': return tellChildren(event.children, { type: 'prepare', revision: event.revision, kind: event.kind });
    case 'revision-committed': {
      const notice = event.change === undefined
        ? ({ hold: 'project-held', resume: 'project-resumed', cancel: 'project-cancelled', migrate: 'project-migrated' } as const)[event.kind] : 'plan-changed';
      return [
        ...event.kind === 'migrate' ? [...tellToMove(state, event.revision, event.reopen), ...tellBacklogsToMove(state, event.revision), ...tellHandoversToMove(state, event.revision)] : [],
        ...tellChildren(event.kind === 'migrate' ? openChangeApprovals(state) : children, { type: 'commit', revision: event.revision, kind: event.kind }),
        ...(event.kind === 'cancel' ? withdrawAsked(state, at) : []),
        { kind: 'notify', to: { roles: everybody }, notice, about: { ...about, ...(event.change !== undefined && { change: event.change }) } },
      ];
    }
    case 'revision-aborted': return tellChildren(children, { type: 'abort', revision: event.revision, kind: event.kind });
    case 'change-asked': {
      const input = changeApprovalInput(state, event.change);
      const before = event.round > 1 ? [changeApproval(state.project, event.change, event.round - 1)] : [];
      return [
        ...before.map((to): Effect => ({ kind: 'message', to, message: { type: 'withdraw' } })),
        ...(input ? [{ kind: 'start-child' as const, process: 'approval' as const, id: input.id, input }] : []),
      ];
    }
    case 'change-withdrawn':
    case 'change-failed': {
      const change = changeOf(state, event.change);
      if (!change) return [];
      const asked: Effect[] = change.round > 0 ? [{ kind: 'message', to: changeApproval(state.project, change.id, change.round), message: { type: 'withdraw' } }] : [];
      return event.type === 'change-withdrawn' ? asked : [...asked, tellRequester(state, event.change, 'change-failed')];
    }
    case 'change-decided': return event.within ? [] : [tellRequester(state, event.change, 'change-decided', event.outcome)];
    case 'exception-raised': {
      const to = state.plan.changeControl?.exceptionsTo;
      const roles = [...steeringRoles(state.plan.managerRole), ...(to === undefined ? [] : [to])];
      return [{ kind: 'notify', to: { roles }, notice: 'exception-raised', about: { ...about, ...(event.phase !== undefined && { phase: event.phase }), outcome: event.kind } }];
    }
    case 'calendar-changed':
      return [
        ...children.map((to): Effect => ({ kind: 'message', to, message: { type: 'calendar-changed', calendar: event.calendar } })),
        { kind: 'notify', to: { roles: [state.plan.managerRole] }, notice: 'calendar-changed', about },
      ];
    case 'children-looked-at': return children.length > 0 ? [{ kind: 'inspect', children }] : [];
    case 'child-lost': return [{ kind: 'notify', to: { roles: steeringRoles(state.plan.managerRole) }, notice: 'child-lost', about }];
    case 'project-ended':
      return event.status === 'cancelled' && state.cancelledAt === undefined ? [] : [...withdrawAsked(state, at), { kind: 'notify', to: { roles: everybody }, notice: 'project-completed', about: { ...about, outcome: event.status } }];
    default: return [];
  }
}
