/** The projects of the demo portfolio: each a scenario with a name, which pages, tests and pictures are made with. */
import type { Driver } from './driver';
import type { Wanted } from './evidence';
import { handOver } from './handover';
import type { PROGRAMS } from './organisation';
import { MANAGER, OFFICE } from './people';

export interface Scenario {
  readonly key: string;
  readonly name: string;
  readonly template: string;
  readonly program?: keyof typeof PROGRAMS;
  /** Values that make it what it is; the others are made up. */
  readonly parameters?: () => Readonly<Record<string, string | number>>;
  /** The last phase that is passed at once; none: it has just begun. */
  readonly passed?: string;
  /** What makes it what it is. */
  readonly story?: (driver: Driver, project: string, wanted: Wanted) => Promise<void>;
}

/** Opens the gate of a phase: all its work is done, nobody has decided yet. */
async function toGate(driver: Driver, project: string, wanted: Wanted, phase: string): Promise<string> {
  for (let round = 0; ; round += 1) {
    if (round > 300) throw new Error(`${project}: the gate of ${phase} does not open`);
    const view = await driver.view(project);
    const open = view.phases.find((each) => each.phase === phase)?.gate?.approval;
    if (open) return open;
    if (await driver.work(project, wanted, { phases: (each) => each === phase }) === 0) await new Promise((resolve) => { setTimeout(resolve, 150); });
  }
}

/** Does all that is left, until the project has ended. */
async function finish(driver: Driver, project: string, wanted: Wanted): Promise<void> {
  for (let round = 0; round < 100; round += 1) {
    if ((await driver.view(project)).endedAt !== null) return;
    if (await driver.work(project, wanted, {}) === 0) await new Promise((resolve) => { setTimeout(resolve, 200); });
  }
  throw new Error(`${project} does not end`);
}

const firstTask = async (driver: Driver, project: string, phase: string) => {
  await driver.until(project, `tasks of ${phase}`, (view) => (view.phases.find((each) => each.phase === phase)?.openTasks ?? 0) > 0);
  const found = (await driver.tasks(project)).find((task) => task.phase === phase && task.status === 'ready');
  if (!found) throw new Error(`${project}: nothing to do in ${phase}`);
  return found;
};

const hold = (reason: string) => async (driver: Driver, project: string): Promise<void> => {
  await driver.command(MANAGER, (client, header) => client.POST('/api/v1/projects/{project}/hold', { params: { path: { project }, header }, body: { reason } }));
};

const comment = async (driver: Driver, project: string, phase: string, person: string, text: string): Promise<void> => {
  const { task } = await firstTask(driver, project, phase);
  await driver.command(person, (client, header) => client.POST('/api/v1/projects/{project}/phases/{phase}/tasks/{task}/comments', { params: { path: { project, phase, task }, header }, body: { text } }));
};

interface FirstSprint {
  readonly team: string;
  /** The role of those who work in the team. */
  readonly developers: string;
  readonly productGoal: string;
  readonly sprintGoal: string;
  /** What is in the way. */
  readonly impediment: string;
  /** What goes well and what could be better, so far, and what somebody is thanked for. */
  readonly good: string;
  readonly improve: string;
  readonly thanks: string;
  /** The first six are what the release needs. */
  readonly stories: readonly string[];
  readonly label: string;
  /** Other labels, by the place of the story. */
  readonly labels?: Readonly<Record<number, string>>;
}

/** A team in its first sprint: some of the backlog planned, on its way over the board, and one thing in the way. */
const sprint = ({ team, developers, productGoal, sprintGoal, impediment, good, improve, thanks, stories, label, labels = {} }: FirstSprint) => async (driver: Driver, project: string): Promise<void> => {
  const phase = 'sprints';
  const { phases, roles } = await driver.until(project, 'the sprints', (view) => view.phases.some((each) => each.phase === phase && each.status === 'open'));
  if (phases.length === 0) return;
  const holder = (role: string): string => roles.find(({ key }) => key === role)?.persons[0]?.id ?? MANAGER;
  const [owner, developer] = [holder('product-owner'), holder(developers)];
  const path = { project, phase };
  const items = stories.map((title, index) => ({ title, estimate: [3, 5, 2, 8, 5, 1, 8, 13, 3, 5][index] ?? 3, labels: [...(index < 6 ? [label] : []), ...(labels[index] === undefined ? [] : [labels[index]])] }));
  for (let round = 0; ; round += 1) {
    const found = await (await driver.as(owner)).GET('/api/v1/projects/{project}/phases/{phase}/backlog', { params: { path } });
    if (found.response.status === 200) break;
    if (round > 100) throw new Error(`${project}: there is no backlog`);
    await new Promise((resolve) => { setTimeout(resolve, 150); });
  }
  await driver.command(owner, (client, header) => client.POST('/api/v1/projects/{project}/phases/{phase}/backlog/goal', { params: { path, header }, body: { goal: productGoal } }));
  await driver.command(owner, (client, header) => client.POST('/api/v1/projects/{project}/phases/{phase}/backlog/items', { params: { path, header }, body: { items } }));
  for (const item of ['1', '2', '3', '4']) {
    await driver.command(owner, (client, header) => client.POST('/api/v1/projects/{project}/phases/{phase}/backlog/items/{item}/change', { params: { path: { ...path, item }, header }, body: { tick: ['understood', 'fits'] } }));
  }
  await driver.command(developer, (client, header) => client.POST('/api/v1/projects/{project}/phases/{phase}/sprints', { params: { path, header }, body: { team } }));
  const of = { ...path, team, number: '1' };
  await driver.command(developer, (client, header) => client.POST('/api/v1/projects/{project}/phases/{phase}/sprints/{team}/{number}/plan', { params: { path: of, header }, body: { items: ['1', '2', '3', '4'] } }));
  await driver.command(developer, (client, header) => client.POST('/api/v1/projects/{project}/phases/{phase}/sprints/{team}/{number}/goal', { params: { path: of, header }, body: { goal: sprintGoal } }));
  await driver.command(developer, (client, header) => client.POST('/api/v1/projects/{project}/phases/{phase}/sprints/{team}/{number}/start', { params: { path: of, header }, body: {} }));
  for (const item of ['1', '2']) {
    await driver.command(developer, (client, header) => client.POST('/api/v1/projects/{project}/phases/{phase}/sprints/{team}/{number}/cards/{item}/move', { params: { path: { ...of, item }, header }, body: { from: 'to-do', to: 'in-progress' } }));
  }
  await driver.command(developer, (client, header) => client.POST('/api/v1/projects/{project}/phases/{phase}/sprints/{team}/{number}/impediments', { params: { path: of, header }, body: { text: impediment, owner } }));
  const [, colleague = owner] = roles.find(({ key }) => key === developers)?.persons.map(({ id }) => id) ?? [];
  for (const [item, person] of [['1', developer], ['2', colleague]] as const) {
    await driver.command(developer, (client, header) => client.POST('/api/v1/projects/{project}/phases/{phase}/sprints/{team}/{number}/cards/{item}/take', { params: { path: { ...of, item }, header }, body: { person } }));
  }
  await driver.command(developer, (client, header) => client.POST('/api/v1/projects/{project}/phases/{phase}/sprints/{team}/{number}/notes', { params: { path: of, header }, body: { kind: 'good', text: good } }));
  await driver.command(colleague, (client, header) => client.POST('/api/v1/projects/{project}/phases/{phase}/sprints/{team}/{number}/notes', { params: { path: of, header }, body: { kind: 'improve', text: improve } }));
  await driver.command(developer, (client, header) => client.POST('/api/v1/projects/{project}/phases/{phase}/sprints/{team}/{number}/notes/{note}/vote', { params: { path: { ...of, note: '2' }, header }, body: { vote: true } }));
  await driver.command(colleague, (client, header) => client.POST('/api/v1/projects/{project}/phases/{phase}/sprints/{team}/{number}/recognitions', { params: { path: of, header }, body: { person: developer, kind: 'help', text: thanks } }));
};

export const SCENARIOS: readonly Scenario[] = [
  {
    key: 'handover', name: 'Overdracht van de werkplekdiensten', template: 'transition-to-operations', passed: 'preparation', program: 'digital-workplace',
    story: (driver, project) => handOver(driver, project),
  },
  { key: 'just-started', name: 'Nieuwe firewalls voor het hoofdkantoor', template: 'system-implementation' },
  {
    key: 'in-the-middle', name: 'Serverzaal Gent: twaalf racks', template: 'datacenter-installation', passed: 'l0-design-review', program: 'datacenter-2027',
    story: async (driver, project, wanted) => {
      await firstTask(driver, project, 'l1-factory-acceptance');
      await driver.work(project, wanted, { phases: (phase) => phase === 'l1-factory-acceptance', atMost: 2 });
      await comment(driver, project, 'l1-factory-acceptance', MANAGER, 'De leverancier bevestigt: de testbank is vrij op dinsdag.');
      // Beyond what the template lets the project manager spend without asking.
      await driver.command(MANAGER, (client, header) => client.POST('/api/v1/projects/{project}/costs', {
        params: { path: { project }, header }, body: { phase: 'l1-factory-acceptance', committed: 96_500, actual: 41_200, toComplete: 97_300, note: 'Bestelling van de racks, met de toeslag op koper' },
      }));
    },
  },
  {
    key: 'gate-waits', name: 'Verhuis van de loonadministratie', template: 'pm2', passed: 'initiating',
    story: async (driver, project, wanted) => {
      const approval = await toGate(driver, project, wanted, 'planning');
      await driver.decide(approval, { atMost: 1 });
    },
  },
  {
    key: 'conditions-open', name: 'Migration des applications financières', template: 'application-migration', passed: 'discovery', program: 'datacenter-2027',
    story: async (driver, project, wanted) => {
      const approval = await toGate(driver, project, wanted, 'design');
      const conditions = [{ defect: 'Le plan de retour n’a pas été essayé', plan: 'Essai complet sur l’environnement de recette', owner: 'project-manager', dueDays: 5 }];
      await driver.decide(approval, { atMost: 1, body: { outcome: 'approve-with-conditions', conditions } });
      await driver.decide(approval);
    },
  },
  {
    key: 'overdue', name: 'Werkplek 2027: Windows-uitrol', template: 'workplace-rollout', passed: 'initiation', program: 'digital-workplace',
    // What has to be ready ten working days before is late already.
    parameters: () => ({ 'rollout-start': new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10), 'production-rings': 3 }),
    story: async (driver, project, wanted) => {
      await firstTask(driver, project, 'preparation');
      // A test ring, a pilot, three in production and the last.
      await driver.work(project, new Map([...wanted, ['design-rings/number-of-rings', 6]]), { phases: (phase) => phase === 'preparation', atMost: 5 });
    },
  },
  {
    key: 'on-hold', name: 'Réseau des agences : SD-WAN', template: 'network-rollout', passed: 'preparation', program: 'digital-workplace',
    story: hold('Les lignes de l’opérateur arrivent six semaines plus tard.'),
  },
  {
    key: 'change-waits', name: 'Datacenter move Zaventem–Mechelen', template: 'datacenter-migration', passed: 'mandate', program: 'datacenter-2027',
    story: async (driver, project) => {
      const { phase, task } = await firstTask(driver, project, 'discovery');
      await driver.command(MANAGER, (client, header) => client.POST('/api/v1/projects/{project}/changes', {
        params: { path: { project }, header },
        body: {
          title: 'Two more weeks for the inventory', reason: 'The second data hall was not on the list.', impact: { scope: 'One more hall', days: 10 },
          operations: [{ op: 'set-task', phase, task, set: { estimate: [15, 20, 30] } }],
        },
      }));
    },
  },
  {
    key: 'blocked', name: 'Stockage pour l’imagerie médicale', template: 'stage-gate', passed: 'requirements',
    story: async (driver, project) => {
      const { phase, task, role } = await firstTask(driver, project, 'design');
      const holder = (await driver.view(project)).roles.find(({ key }) => key === role.key)?.persons[0]?.id ?? MANAGER;
      await driver.command(holder, (client, header) => client.POST('/api/v1/projects/{project}/phases/{phase}/tasks/{task}/block', { params: { path: { project, phase, task }, header }, body: { reason: 'Le fournisseur n’a pas encore livré les schémas.' } }));
    },
  },
  {
    key: 'sprints', name: 'Selfserviceportaal voor medewerkers', template: 'scrum', passed: 'set-up', program: 'digital-workplace',
    story: sprint({
      team: 'scrum-team', developers: 'developers', label: 'release',
      productGoal: 'Elke medewerker regelt zijn zaken zelf, ook op een telefoon.', sprintGoal: 'Verlof en loonbrief, van begin tot eind.',
      impediment: 'De testomgeving van de loonmotor ligt stil.', good: 'De verhalen zijn klein genoeg om in twee dagen af te werken.', improve: 'Gebruikers zien ons werk pas op het einde.', thanks: 'Samen tot laat gezocht waarom de loonbrief leeg bleef.',
      stories: ['Verlof aanvragen', 'Loonbrief bekijken', 'Adres wijzigen', 'Ziekte melden', 'Opleiding kiezen', 'Fietsvergoeding', 'Team op één kalender', 'Onkosten indienen', 'Handleiding in drie talen', 'Zoeken in vragen'],
    }),
  },
  {
    key: 'hybrid', name: 'Nouveau réseau du campus, automatisé', template: 'hybrid', passed: 'planning',
    story: sprint({
      team: 'delivery-team', developers: 'delivery-team', label: 'must', labels: { 1: 'platform', 4: 'platform', 7: 'hardware' },
      productGoal: 'Un port s’ouvre en une minute, sans intervention sur place.', sprintGoal: 'Le premier bâtiment se configure tout seul.',
      impediment: 'Les commutateurs du bâtiment B arrivent une semaine plus tard.', good: 'Le modèle de configuration sert déjà à deux bâtiments.', improve: 'Les essais attendent trop souvent le matériel.', thanks: 'A expliqué le retour arrière à toute l’équipe.',
      stories: ['Inventaire des ports', 'Modèle de configuration', 'Accès par certificat', 'Retour arrière automatique', 'Alertes vers la supervision', 'Sauvegarde des configurations', 'Demande de port par formulaire', 'Plan du bâtiment', 'Rapport d’occupation', 'Mises à jour sans coupure'],
    }),
  },
  {
    key: 'cancelled', name: 'Vervanging van de telefooncentrale', template: 'hybrid',
    story: async (driver, project, wanted) => {
      await driver.command(OFFICE, (client, header) => client.POST('/api/v1/projects/{project}/cancel', { params: { path: { project }, header }, body: { reason: 'Opgenomen in het Teams-programma.' } }));
      await finish(driver, project, wanted);
    },
  },
  {
    key: 'closed', name: 'Backup as a service', template: 'pm2', passed: 'closing',
    story: finish,
  },
  { key: 'staged', name: 'Netwerkbeveiliging in drie fasen', template: 'staged-management', passed: 'starting-up' },
];
