/** What goes on beside people's work: runs continue as new, as after an upgrade, projects move to and fro between versions, and clients ask again what became of old commands. */
import { Client, Connection } from '@temporalio/client';
import { SIGNAL_ROLLOVER, WORKFLOW_TYPE } from '../../../workflows/contract';
import type { Clients } from './client';
import type { Chance } from './random';
import type { Rig } from './rig';
import { TEMPLATE, VERSIONS } from './seed';

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What somebody was told of the move of a project. */
export interface Move {
  readonly project: string;
  readonly revision: number;
  readonly outcome: 'migrated' | 'moved-on';
}

export class Unrest {
  /** What was wrong with repeated answers. */
  readonly problems: string[] = [];
  rollovers = 0;
  repeats = 0;
  /** Moves whose end was told. */
  readonly moves: Move[] = [];
  private stopped = false;

  constructor(private readonly rig: Rig, private readonly clients: Clients, private readonly chance: Chance) {}

  async run(): Promise<void> {
    await Promise.all([this.rollOver(), this.move(), this.move(), this.doubt(), this.doubt()]);
  }

  stop(): void {
    this.stopped = true;
  }

  /** Asks running workflows, now and then, to continue as new. Servers that are away meanwhile are no matter. */
  private async rollOver(): Promise<void> {
    const types = Object.values(WORKFLOW_TYPE).map((type) => `'${type}'`).join(', ');
    while (!this.stopped) {
      await wait(this.chance.between(200, 1_500));
      let connection: Connection | undefined;
      try {
        connection = await Connection.connect({ address: this.rig.temporalAddress, connectTimeout: 1_000 });
        const client = new Client({ connection });
        const running: string[] = [];
        for await (const { workflowId } of client.workflow.list({ query: `ExecutionStatus = 'Running' AND WorkflowType IN (${types})` })) running.push(workflowId);
        for (const id of running.filter(() => this.chance.chance(30))) {
          await client.workflow.getHandle(id).signal(SIGNAL_ROLLOVER);
          this.rollovers += 1;
        }
      } catch {
        // The server is away, or the workflow has ended meanwhile.
      } finally {
        await connection?.close().catch(() => undefined);
      }
    }
  }

  /** Moves projects to one version or the other. Some moves end while nobody listens any more: those settle all the same. */
  private async move(): Promise<void> {
    while (!this.stopped) {
      await wait(this.chance.between(200, 1_500));
      const running = await this.clients.read<{ items: { id: string }[] }>('p-olga', `/projects?limit=200&template=${TEMPLATE}&status=running`);
      const project = this.chance.one(running?.items ?? []);
      if (!project) continue;
      const path = `/projects/${project.id}/migrations`;
      const reply = await this.clients.post('p-olga', path, { version: this.chance.one(VERSIONS) }, this.chance.chance(30) ? 500 : 6_000);
      const { outcome, revision } = reply?.status === 200 ? reply.body as { outcome: string; revision: number } : { outcome: '', revision: 0 };
      if (outcome === 'migrated' || outcome === 'moved-on') this.moves.push({ project: project.id, revision, outcome });
    }
  }

  /** Sends a command of the last ones that were acknowledged again, whatever is away at that moment. */
  private async doubt(): Promise<void> {
    while (!this.stopped) {
      await wait(this.chance.between(50, 400));
      const known = this.clients.sent.filter(({ outcome }) => outcome === 'acknowledged');
      const some = this.chance.one(this.chance.chance(70) ? known.slice(-15) : known);
      if (!some) continue;
      const difference = await this.clients.repeat(some);
      this.repeats += 1;
      if (difference !== undefined) this.problems.push(difference);
    }
  }
}
