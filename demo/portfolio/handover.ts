/** Services on their way to operations, each in another place: late, short of knowledge, waiting for a signature, in early-life support, under a condition, taken over. */
import { answerOf, type BodyFor, type Schema } from '../../client';
import type { Driver, Project } from './driver';
import { evidenceFor } from './evidence';
import { MANAGER, OFFICE } from './people';

type Service = Schema<'Service'>;
type Entry = Service['entries'][number];
type Facts = BodyFor<'post', `/projects/${string}/phases/${string}/handover/services`>['services'][number];
type Day = Schema<'FiguresEntry'>['figures'];

const PHASE = 'handover';
const DAY_MS = 86_400_000;
/** All of these are posted below the handover, and answer as any command. */
type Address = '/api/v1/projects/{project}/phases/{phase}/handover/services/{service}/transfer';

const dayBefore = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
const figures = (p1: number, p2: number, p3: number, serviceLevel: number, defects: number, calls: number): Day => ({ incidents: { p1, p2, p3, p4: p3 + 2 }, serviceLevel, defects, calls });
/** It settles down: a bad third day, then fewer calls and defects. */
const settling = (index: number): Day => figures(index === 2 ? 1 : 0, index < 4 ? 1 : 0, Math.max(1, 5 - Math.floor(index / 4)), index === 2 ? 97.4 : (986 + (index % 4) * 3) / 10, Math.max(2, 11 - index), Math.max(6, 31 - 2 * index));
/** It runs, with one incident of the second priority less than would be too many. */
const strained = (index: number, count: number): Day => figures(0, index === count - 1 || index === count - 3 ? 1 : 0, 3 + (index % 3), (982 + (index % 5) * 3) / 10, Math.max(4, 9 - index), 24 - index + (index % 3) * 3);

class Handover {
  private constructor(private readonly driver: Driver, private readonly view: Project) {}

  static async of(driver: Driver, project: string): Promise<Handover> {
    await driver.until(project, 'the handover', ({ phases }) => phases.some(({ phase, status, openTasks }) => phase === PHASE && status === 'open' && openTasks > 0));
    const office = await driver.as(OFFICE);
    for (let round = 0; (await office.GET('/api/v1/projects/{project}/phases/{phase}/handover', { params: { path: { project, phase: PHASE } } })).response.status !== 200; round += 1) {
      if (round > 100) throw new Error(`${project}: there is no handover`);
      await new Promise((resolve) => { setTimeout(resolve, 150); });
    }
    return new Handover(driver, await driver.view(project));
  }

  /** Who holds a role, if it can be somebody who does not hand over. */
  holder(role: string): string {
    return this.view.roles.find(({ key }) => key === role)?.persons.find(({ id }) => id !== MANAGER)?.id ?? MANAGER;
  }

  async post(person: string, at: string, body: object = {}): Promise<void> {
    const path = `/api/v1/projects/${this.view.id}/phases/${PHASE}/handover/${at}` as Address;
    await this.driver.command(person, (client, header) => client.POST(path, { params: { path: { project: this.view.id, phase: PHASE, service: '' }, header }, body: body as Record<string, never> }));
  }

  async add(person: string, services: Facts[]): Promise<readonly string[]> {
    const answer = await this.driver.command(person, (client, header) => client.POST('/api/v1/projects/{project}/phases/{phase}/handover/services', { params: { path: { project: this.view.id, phase: PHASE }, header }, body: { services } }));
    return 'services' in answer ? answer.services : [];
  }

  private async read(service: string): Promise<Service> {
    return answerOf((await this.driver.as(OFFICE)).GET('/api/v1/projects/{project}/phases/{phase}/handover/services/{service}', { params: { path: { project: this.view.id, phase: PHASE, service } } }));
  }

  /** Shows that entries are met. @param which all, if nothing is said. */
  async meet(service: string, which: (entry: Entry) => boolean = () => true): Promise<void> {
    for (const entry of (await this.read(service)).entries.filter(which)) {
      const evidence = evidenceFor({ task: entry.key, fields: entry.fields }, new Map(), service.toUpperCase());
      await this.post(this.holder(entry.owner.key), `services/${service}/entries/${entry.key}/meet`, { evidence });
    }
  }

  /** Holds a session, of which who receives it says that it was enough, or what it was not. */
  async hold(service: string, session: string, missing?: string): Promise<void> {
    const receiver = this.holder('operations-manager');
    await this.post(MANAGER, `services/${service}/sessions/${session}/hold`, { heldAt: new Date(Date.now() - 3_600_000).toISOString(), attended: [receiver, this.holder('service-desk-manager')] });
    await this.post(receiver, `services/${service}/sessions/${session}/${missing === undefined ? 'confirm' : 'missing'}`, missing === undefined ? {} : { missing });
  }

  /** All that is asked of a service is there, and its sign-off is asked for. @returns the approval. */
  async prepare(service: string): Promise<string> {
    await this.meet(service);
    for (const { key } of (await this.read(service)).sessions) await this.hold(service, key);
    await this.post(MANAGER, `services/${service}/sign-off`);
    for (let round = 0; ; round += 1) {
      const { approval } = (await this.read(service)).signOff;
      if (approval !== null) return approval;
      if (round > 100) throw new Error(`${this.view.id}: the sign-off of ${service} does not open`);
      await new Promise((resolve) => { setTimeout(resolve, 100); });
    }
  }

  /** Tells figures of all days that are over. */
  async tell(service: string, of: (index: number, count: number) => Day): Promise<void> {
    const { days } = await answerOf((await this.driver.as(OFFICE)).GET('/api/v1/projects/{project}/phases/{phase}/handover/services/{service}/support', { params: { path: { project: this.view.id, phase: PHASE, service } } }));
    const over = days.filter(({ expected, isOver }) => expected && isOver);
    if (over.length > 0) await this.post(this.holder('operations-manager'), 'figures', { entries: over.map(({ date }, index) => ({ service, date, figures: of(index, over.length) })) });
  }

  async decide(approval: string, more: Parameters<Driver['decide']>[1] = {}): Promise<void> {
    await this.driver.decide(approval, more);
  }
}

async function support(handover: Handover, service: string): Promise<void> {
  await handover.tell(service, strained);
  const desk = handover.holder('service-desk-manager');
  await handover.post(MANAGER, `services/${service}/contacts`, { contacts: [
    { side: 'project', what: 'War room', who: 'Marc', how: '+32 2 555 01 23' }, { side: 'operations', what: 'Wachtdienst', who: 'Servicedesk', how: '+32 2 555 01 00' },
  ] });
  const days = Array.from({ length: 3 }, (_, index) => dayBefore(-index));
  await handover.post(MANAGER, `services/${service}/duty`, { days: days.flatMap((date, index) => [{ date, side: 'project', persons: [index % 2 === 0 ? 'p-tess' : 'p-sam'] }, { date, side: 'operations', persons: [desk] }]) });
  await handover.post(desk, `services/${service}/articles`, { title: 'Geen kiestoon na een update', text: 'Meld het toestel af en weer aan. Helpt dat niet, wis dan het profiel en laat de gebruiker opnieuw aanmelden.' });
}

/** Six services of one project, each where another one is not. */
export async function handOver(driver: Driver, project: string): Promise<void> {
  const handover = await Handover.of(driver, project);
  const owner = handover.holder('service-owner');
  const level = (target: number): Facts['levels'] => [{ name: 'Beschikbaarheid', target, unit: 'percent' }];
  const [printing = '', files = '', mobile = ''] = await handover.add(MANAGER, [
    { name: 'Printen op elke verdieping', owner }, { name: 'Bestanden delen', owner, levels: level(99.5) }, { name: 'Mobiele toestellen', owner, teams: ['service-desk'] },
  ]);
  const [mail = '', calls = '', passwords = ''] = await handover.add(OFFICE, [
    { name: 'E-mail en agenda', owner, levels: level(99.9), adopted: { since: dayBefore(40) } },
    { name: 'Bellen met de laptop', owner, levels: level(99), adopted: { since: dayBefore(60), accepted: { on: dayBefore(18), by: 'Overdrachtscomité' } } },
    { name: 'Wachtwoorden herstellen', adopted: { since: dayBefore(120), accepted: { on: dayBefore(45), by: 'Overdrachtscomité' } } },
  ]);
  await Promise.all([
    handover.meet(mail, ({ kind, area }) => kind === 'readiness' && (area === 'monitoring' || area === 'runbooks' || area === 'access')),
    handover.meet(printing).then(async () => {
      for (const session of ['session-2', 'session-3', 'session-4']) await handover.hold(printing, session);
      await handover.hold(printing, 'session-1', 'Wat te doen wanneer een wachtrij blijft hangen');
      await handover.post(MANAGER, `services/${printing}/sessions/session-5/plan`, { at: new Date(Date.now() + 5 * DAY_MS).toISOString() });
    }),
    handover.prepare(files).then((approval) => handover.decide(approval, { atMost: 1 })),
    handover.prepare(mobile).then(async (approval) => {
      const conditions = [{ defect: 'Verloren toestellen worden nog met de hand gewist', plan: 'Het wissen op afstand inschakelen voor alle modellen', owner: 'delivering-team', dueDays: 15 }];
      await handover.decide(approval, { atMost: 1, body: { outcome: 'approve-with-conditions', reason: 'Op één punt na in orde', conditions } });
      await handover.decide(approval);
    }),
    support(handover, calls),
    handover.tell(passwords, settling).then(() => handover.post(handover.holder('operations-manager'), `services/${passwords}/transfer`)),
    handover.post(MANAGER, 'webhooks', { name: 'Ticketsysteem van de servicedesk' }),
  ]);
}
