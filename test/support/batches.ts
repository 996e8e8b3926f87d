/** Makes batches as the shell makes them: chained events with rows, commands and notices. */
import { chainHash, genesisHash } from '../../domain/chain';
import type { Recorded, Row } from '../../domain/process';
import type { Batch, ChainedEvent, Notice } from '../../workflows/contract';

export const AT = Date.UTC(2026, 10, 23, 9, 30, 0, 123);

/** A stream that is written to: gives batches of events, each continuing the one before. */
export class StreamWriter {
  readonly events: ChainedEvent[] = [];

  constructor(readonly stream: string, readonly project = 'p1', readonly process: Batch['process'] = 'stage') {}

  get head(): string {
    return this.events.at(-1)?.hash ?? genesisHash(this.stream);
  }

  /** A batch of `count` further events; each its own command `c-SEQ`. */
  next(count: number, extra: Partial<Pick<Batch, 'rows' | 'notices' | 'final' | 'input' | 'rules' | 'commands'>> = {}): Batch {
    const from = this.events.length + 1;
    for (let i = 0; i < count; i++) {
      const seq = this.events.length + 1;
      this.add({ seq, at: AT + seq, by: { kind: 'person', person: 'p-tess', role: 'project-core-team' }, commandId: `c-${seq}`,
        event: { type: 'task-claimed', task: `t-${seq}`, person: 'p-tess' } as { type: string } });
    }
    return this.batch(from, this.events.length, extra);
  }

  add(recorded: Recorded<{ readonly type: string }>): void {
    this.events.push({ ...recorded, hash: chainHash(this.head, recorded) });
  }

  /** The batch of the events `from` to `to`, both included. */
  batch(from: number, to: number, extra: Partial<Batch> = {}): Batch {
    const events = this.events.slice(from - 1, to);
    return {
      stream: this.stream, project: this.project, process: this.process, rules: 1,
      prevHash: this.events[from - 2]?.hash ?? genesisHash(this.stream),
      events,
      commands: events.map(({ seq, at, commandId }) => ({ id: commandId, hash: 'h', from: seq, to: seq, at })),
      rows: [], notices: [], final: false, ...extra,
    };
  }
}

export function taskRow(stage: string, task: string, fields: Record<string, unknown> = {}): Row {
  return {
    table: 'task', id: `${stage}/task/${task}`,
    data: { project: 'p1', phase: 'planning', stage, task, position: 1, status: 'ready', role: 'project-manager', assignee: null,
      readyAt: AT, dueAt: AT + 86_400_000, doneBy: null, doneAt: null, evidence: null, reopened: 0, condition: null, waitingFor: [],
      ...fields },
  };
}

export function roleRow(role: string, persons: readonly string[], project = 'p1'): Row {
  return { table: 'role', id: `project/${project}/role/${role}`, data: { project, role, persons } };
}

export function projectRow(project: string, fields: Record<string, unknown> = {}): Row {
  return {
    table: 'project', id: project,
    data: { project, name: { text: `name-${project}` }, template: 'pm2', templateVersion: '1.0.0', status: 'running', startedAt: AT,
      endedAt: null, heldAt: null, reason: null, roles: {}, changing: null, lostChildren: [], ...fields },
  };
}

export function approvalRow(id: string, waitingFor: readonly string[], fields: Record<string, unknown> = {}): Row {
  return {
    table: 'approval', id,
    data: { project: 'p1', phase: 'planning', gate: 'rfe', round: 1, status: 'open', digest: 'd', step: 's1', electorate: {},
      waitingFor, votes: [], openedAt: AT, endedAt: null, outcome: null, ...fields },
  };
}

export function notice(key: string, to: { persons?: string[]; roles?: string[] }, project = 'p1'): Notice {
  return { key, at: AT, persons: to.persons ?? [], roles: to.roles ?? [], kind: 'task-ready', about: { project, task: 't-1' } };
}
