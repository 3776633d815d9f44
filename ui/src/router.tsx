import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  retainSearchParams,
  stripSearchParams,
} from '@tanstack/react-router';
import { FILTER_PARAMETERS, type FilterParameters } from './core/filter';
import type { ZoomParameters } from './core/zoom';
import { Frame } from './pages/frame/Frame';
import { NotFound } from './pages/frame/NotFound';
import type { JobParameters } from './pages/job/parameters';
import type { LookParameters } from './pages/jobs/useListLook';
import type { LabParameters } from './pages/lab/useDraft';
import { atAnyTime } from './pages/past/atAnyTime';

// The address holds texts only; each page reads and writes its own parameters and leaves the others alone.

type Parameters = Record<string, string>;

const texts = (names: readonly string[]) => (search: Record<string, unknown>) => {
  const kept: Parameters = {};
  for (const [name, value] of Object.entries(search)) {
    if (typeof value === 'string' && (value !== '' || !names.includes(name))) kept[name] = value;
  }
  return kept;
};

/** The moment a page shows, where that is not now. Links keep it; `at: undefined` leaves it. */
interface MomentParameter {
  at?: string;
}

const rootRoute = createRootRoute({
  validateSearch: (search: Record<string, unknown>): MomentParameter => texts(['at'])(search),
  search: { middlewares: [retainSearchParams(['at'])] },
  component: Frame,
  notFoundComponent: NotFound,
});

/** Of the places that are about no moment of the log. */
const outsideOfTime = { middlewares: [stripSearchParams<MomentParameter>(['at'])] };

const indexRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  validateSearch: (search: Record<string, unknown>): { range?: string } & ZoomParameters =>
    texts(['range', 'from', 'to'])(search),
  component: atAnyTime(
    lazyRouteComponent(() => import('./pages/overview/OverviewPage'), 'OverviewPage'),
    lazyRouteComponent(() => import('./pages/past/OverviewPast'), 'OverviewPast'),
  ),
});

const jobsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/jobs',
  validateSearch: (search: Record<string, unknown>): FilterParameters & LookParameters & { peek?: string } =>
    texts([...FILTER_PARAMETERS, 'peek', 'sort', 'dir', 'cols'])(search),
  component: atAnyTime(
    lazyRouteComponent(() => import('./pages/jobs/JobsPage'), 'JobsPage'),
    lazyRouteComponent(() => import('./pages/past/JobsPast'), 'JobsPast'),
  ),
});

const jobRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/jobs/$id',
  validateSearch: (search: Record<string, unknown>): JobParameters =>
    texts(['event', 'tab', 'scale', 'generation', 'why'])(search),
  component: atAnyTime(
    lazyRouteComponent(() => import('./pages/job/JobPage'), 'JobPage'),
    lazyRouteComponent(() => import('./pages/past/JobPast'), 'JobPast'),
  ),
});

// One page at two addresses: the list, and the list with one of them open below.
const queuesLayout = createRoute({
  getParentRoute: () => rootRoute,
  path: '/queues',
  component: atAnyTime(
    lazyRouteComponent(() => import('./pages/queues/QueuesPage'), 'QueuesPage'),
    lazyRouteComponent(() => import('./pages/past/QueuesPast'), 'QueuesPast'),
  ),
});

const queuesRoute = createRoute({ getParentRoute: () => queuesLayout, path: '/' });
const queueRoute = createRoute({ getParentRoute: () => queuesLayout, path: '$name' });

// As the queues: the list, and the list with one of them first and open.
const workersLayout = createRoute({
  getParentRoute: () => rootRoute,
  path: '/workers',
  validateSearch: (search: Record<string, unknown>): { q?: string; kind?: string } =>
    texts(['q', 'kind'])(search),
  component: atAnyTime(
    lazyRouteComponent(() => import('./pages/workers/WorkersPage'), 'WorkersPage'),
    lazyRouteComponent(() => import('./pages/past/WorkersPast'), 'WorkersPast'),
  ),
});

const workersRoute = createRoute({ getParentRoute: () => workersLayout, path: '/' });
const workerRoute = createRoute({ getParentRoute: () => workersLayout, path: '$id' });

interface DeadLettersParameters {
  q?: string;
  queue?: string;
  sort?: string;
  group?: string;
}

const deadLettersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/dead-letters',
  validateSearch: (search: Record<string, unknown>): DeadLettersParameters =>
    texts(['q', 'queue', 'sort', 'group'])(search),
  component: atAnyTime(
    lazyRouteComponent(() => import('./pages/dead-letters/DeadLettersPage'), 'DeadLettersPage'),
    lazyRouteComponent(() => import('./pages/past/DeadLettersPast'), 'DeadLettersPast'),
  ),
});

const eventsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/events',
  validateSearch: (search: Record<string, unknown>): { type?: string; job?: string; open?: string } =>
    texts(['type', 'job', 'open'])(search),
  component: atAnyTime(
    lazyRouteComponent(() => import('./pages/events/EventsPage'), 'EventsPage'),
    lazyRouteComponent(() => import('./pages/past/EventsPast'), 'EventsPast'),
  ),
});

interface TimeTravelParameters {
  at?: string;
  range?: string;
  /** The end of what the track shows. */
  to?: string;
  a?: string;
  b?: string;
  /** How far one step goes. */
  step?: string;
}

const timeTravelRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/time-travel',
  validateSearch: (search: Record<string, unknown>): TimeTravelParameters =>
    texts(['at', 'range', 'to', 'a', 'b', 'step'])(search),
  component: lazyRouteComponent(() => import('./pages/time-travel/TimeTravelPage'), 'TimeTravelPage'),
});

// One page at two addresses, so that what is being composed stays when a run begins.
const labLayout = createRoute({
  getParentRoute: () => rootRoute,
  path: '/lab',
  validateSearch: (search: Record<string, unknown>): LabParameters =>
    texts(['scenario', 'seed', 'a', 'b', 'job'])(search),
  search: outsideOfTime,
  component: lazyRouteComponent(() => import('./pages/lab/LabPage'), 'LabPage'),
});
const labRoute = createRoute({ getParentRoute: () => labLayout, path: '/' });
const labRunRoute = createRoute({ getParentRoute: () => labLayout, path: 'runs/$run' });

const bulkRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/bulk/$id',
  search: outsideOfTime,
  component: lazyRouteComponent(() => import('./pages/bulk/BulkPage'), 'BulkPage'),
});

const referenceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reference',
  search: outsideOfTime,
  component: lazyRouteComponent(() => import('./pages/reference/ReferencePage'), 'ReferencePage'),
});

const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings',
  search: outsideOfTime,
  component: lazyRouteComponent(() => import('./pages/settings/SettingsPage'), 'SettingsPage'),
});

export const makeRouter = () =>
  createRouter({
    routeTree: rootRoute.addChildren([
      indexRoute,
      jobsRoute,
      jobRoute,
      queuesLayout.addChildren([queuesRoute, queueRoute]),
      workersLayout.addChildren([workersRoute, workerRoute]),
      deadLettersRoute,
      eventsRoute,
      labLayout.addChildren([labRoute, labRunRoute]),
      timeTravelRoute,
      bulkRoute,
      referenceRoute,
      settingsRoute,
    ]),
    basepath: '/ui',
    defaultPreload: 'intent',
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const entries = Object.entries(search).filter(([, value]) => value !== undefined);
      const query = new URLSearchParams(entries as [string, string][]).toString();
      return query && `?${query.replaceAll('%2C', ',')}`;
    },
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
