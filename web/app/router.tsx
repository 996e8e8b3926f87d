/** Which address opens which room. Rooms are loaded when they are entered. */
import { createRootRoute, createRoute, createRouter, Outlet, redirect } from '@tanstack/react-router';
import { ApiProblem, queryClient } from '../data/api';
import { meQuery } from '../data/me';
import { Crash, Gone, Structure } from './fallbacks';
import { Frame } from './frame';
import { chooseLanguage, hasChosenLanguage } from './i18n';
import { part } from '../parts/part';
import { readSearch as readAbsenceSearch } from '../rooms/absence/search';
import { readSearch as readCalendarsSearch } from '../rooms/calendars/search';
import { readSearch as readGateSearch } from '../rooms/gate/search';
import { readSearch as readInboxSearch } from '../rooms/inbox/search';
import { readSearch as readAgileSearch } from '../rooms/agile/search';
import { readSearch as readHandoverSearch } from '../rooms/handover/search';
import { readSearch as readMyWorkSearch } from '../rooms/my-work/search';
import { readSearch as readPeopleSearch } from '../rooms/people/search';
import { readSearch as readPortfolioSearch } from '../rooms/portfolio/search';
import { readSearch as readProjectSearch } from '../rooms/project/search';
import { readSearch as readProjectsSearch } from '../rooms/projects/search';
import { readSearch as readQuestion } from '../rooms/search/search';
import { readSearch as readServicesSearch } from '../rooms/services/search';
import { readSearch as readStartSearch } from '../rooms/start/search';
import { readSearch as readTemplateSearch } from '../rooms/templates/search';
import { readSearch as readWorkloadSearch } from '../rooms/workload/search';

const root = createRootRoute({ component: Outlet, errorComponent: Crash });

const signIn = createRoute({
  getParentRoute: () => root, path: '/sign-in', component: part(() => import('../rooms/sign-in'), 'SignIn'),
  validateSearch: (search: Record<string, unknown>): { to?: string } => (typeof search['to'] === 'string' && search['to'].startsWith('/') && !search['to'].startsWith('//') ? { to: search['to'] } : {}),
});

/** All rooms for people who are signed in. */
const inside = createRoute({
  getParentRoute: () => root, id: 'inside', component: Frame,
  async beforeLoad({ location }) {
    try {
      const me = await queryClient.ensureQueryData(meQuery);
      if (!hasChosenLanguage()) await chooseLanguage(me.language, { keep: false });
    } catch (error) {
      // Redirects are thrown: the router catches them.
      // oxlint-disable-next-line typescript/only-throw-error
      if (error instanceof ApiProblem && error.status === 401) throw redirect({ to: '/sign-in', search: { to: location.href } });
      throw error;
    }
  },
});

const myWork = createRoute({ getParentRoute: () => inside, path: '/', validateSearch: readMyWorkSearch, component: part(() => import('../rooms/my-work'), 'MyWork') });

const inbox = createRoute({ getParentRoute: () => inside, path: '/inbox', validateSearch: readInboxSearch, component: part(() => import('../rooms/inbox'), 'Inbox') });
const people = createRoute({ getParentRoute: () => inside, path: '/people', validateSearch: readPeopleSearch, component: part(() => import('../rooms/people'), 'Directory') });
const person = createRoute({ getParentRoute: () => inside, path: '/people/$person', component: part(() => import('../rooms/people/person'), 'Person') });
const programs = createRoute({
  getParentRoute: () => inside, path: '/programs', component: part(() => import('../rooms/programs'), 'Programs'),
  validateSearch: (search: Record<string, unknown>): { open?: string } => (typeof search['open'] === 'string' ? { open: search['open'].slice(0, 80) } : {}),
});
const calendars = createRoute({ getParentRoute: () => inside, path: '/calendars', validateSearch: readCalendarsSearch, component: part(() => import('../rooms/calendars'), 'Calendars') });
const workload = createRoute({ getParentRoute: () => inside, path: '/workload', validateSearch: readWorkloadSearch, component: part(() => import('../rooms/workload'), 'Workload') });
const absence = createRoute({ getParentRoute: () => inside, path: '/absence', validateSearch: readAbsenceSearch, component: part(() => import('../rooms/absence'), 'Absence') });

const projects = createRoute({ getParentRoute: () => inside, path: '/projects', validateSearch: readProjectsSearch, component: part(() => import('../rooms/projects'), 'Projects') });
const portfolio = createRoute({ getParentRoute: () => inside, path: '/portfolio', validateSearch: readPortfolioSearch, component: part(() => import('../rooms/portfolio'), 'Portfolio') });
const search = createRoute({ getParentRoute: () => inside, path: '/search', validateSearch: readQuestion, component: part(() => import('../rooms/search'), 'Search') });
const templates = createRoute({ getParentRoute: () => inside, path: '/templates', component: part(() => import('../rooms/templates'), 'Templates') });
const template = createRoute({ getParentRoute: () => inside, path: '/templates/$template/$version', validateSearch: readTemplateSearch, component: part(() => import('../rooms/templates/one'), 'Template') });
const templateEditor = createRoute({
  getParentRoute: () => inside, path: '/templates/edit', component: part(() => import('../rooms/templates/edit'), 'TemplateEditor'),
  validateSearch: (search: Record<string, unknown>): { from?: string } => (typeof search['from'] === 'string' ? { from: search['from'].slice(0, 200) } : {}),
});
const start = createRoute({ getParentRoute: () => inside, path: '/projects/new', validateSearch: readStartSearch, component: part(() => import('../rooms/start'), 'Start') });
const project = createRoute({
  getParentRoute: () => inside, path: '/projects/$project', validateSearch: readProjectSearch, component: part(() => import('../rooms/project'), 'Project'),
});

const agile = createRoute({
  getParentRoute: () => inside, path: '/projects/$project/phases/$phase/agile', validateSearch: readAgileSearch, component: part(() => import('../rooms/agile'), 'Agile'),
});
const handover = createRoute({
  getParentRoute: () => inside, path: '/projects/$project/phases/$phase/handover', validateSearch: readHandoverSearch, component: part(() => import('../rooms/handover'), 'Handover'),
});
const services = createRoute({ getParentRoute: () => inside, path: '/services', validateSearch: readServicesSearch, component: part(() => import('../rooms/services'), 'Services') });
const task = createRoute({ getParentRoute: () => inside, path: '/projects/$project/tasks/$phase/$task', component: part(() => import('../rooms/task'), 'Task') });
const gate = createRoute({ getParentRoute: () => inside, path: '/approvals/$', validateSearch: readGateSearch, component: part(() => import('../rooms/gate'), 'Gate') });
// Within the frame: one can go on from there.
const gone = createRoute({ getParentRoute: () => inside, path: '$', component: Gone });

export const router = createRouter({
  routeTree: root.addChildren([signIn, inside.addChildren([myWork, inbox, absence, people, person, programs, calendars, workload, portfolio, projects, search, templates, template, templateEditor, start, project, agile, handover, services, task, gate, gone])]),
  defaultPendingComponent: Structure, defaultPendingMs: 200, defaultErrorComponent: Crash, defaultPreload: 'intent', scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
