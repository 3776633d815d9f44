// @vitest-environment jsdom
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Link,
  Outlet,
  RouterProvider,
  retainSearchParams,
} from '@tanstack/react-router';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveStore } from '../../live/store';
import { FakeEnvironment } from '../../testing/environment';
import { iso, T0 } from '../../testing/jobs';
import { useClock } from '../../ui/clock';
import { useShortcuts } from '../../ui/shortcuts';
import { useAnywhereKeys } from '../frame/useAnywhereKeys';
import { ServicesProvider, useRefusal, useStats } from '../services';
import { usePast, useTravelling } from './context';
import { PastProvider } from './PastProvider';

const stateAt = (seq: number) => ({
  seq,
  at: iso(seq * 1000),
  newest_seq: 90,
  total: seq,
  by_status: {},
  purged_jobs: 0,
  queues: [],
  workers: [],
  policies: [],
  rules: [],
  jobs: {},
  next_due: [],
});

const taken = vi.fn();

function Probe({ takesEscape = false }: { takesEscape?: boolean }) {
  const past = usePast();
  const { seek, isPast, canSeek } = useTravelling();
  const stats = useStats();
  const refusal = useRefusal();
  const time = useClock((now) => now);
  useShortcuts('Probe', takesEscape ? [{ keys: ['Escape'], label: 'Close', run: taken }] : []);
  return (
    <>
      <p data-testid="moment">{past ? JSON.stringify(past.moment) : 'none'}</p>
      <p data-testid="seq">{past?.state?.seq ?? 'unknown'}</p>
      <p data-testid="total">{stats?.total ?? 'unknown'}</p>
      <p data-testid="off">{refusal ?? 'on'}</p>
      <p data-testid="flags">{`${isPast} ${canSeek}`}</p>
      <p data-testid="clock">{time < T0 + 3_600_000 ? time - T0 : 'real'}</p>
      <button type="button" onClick={() => seek({ kind: 'seq', seq: 7 }, true)}>
        move
      </button>
      <button type="button" onClick={() => seek({ kind: 'seq', seq: 8 }, true)}>
        on
      </button>
      <Link to={'/queues' as '/'} search={{}}>
        Queues
      </Link>
    </>
  );
}

function Keys() {
  useAnywhereKeys(() => {});
  return null;
}

async function open(address: string, takesEscape = false) {
  const root = createRootRoute({
    validateSearch: (search: Record<string, unknown>): { at?: string } =>
      typeof search.at === 'string' ? { at: search.at } : {},
    search: { middlewares: [retainSearchParams(['at'])] },
    component: () => (
      <PastProvider stoppedAt={null}>
        <Keys />
        <Outlet />
      </PastProvider>
    ),
  });
  const page = (path: string) =>
    createRoute({
      getParentRoute: () => root,
      path,
      component: () => <Probe takesEscape={takesEscape} />,
    });
  const router = createRouter({
    routeTree: root.addChildren(['/jobs', '/queues', '/time-travel', '/lab'].map(page)),
    history: createMemoryHistory({ initialEntries: [address] }),
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: ({ at }: { at?: string }) => (at === undefined ? '' : `?at=${at}`),
  });
  const environment = new FakeEnvironment();
  environment.time = Date.now();
  await act(async () => {
    render(
      <ServicesProvider live={new LiveStore(environment)}>
        <RouterProvider router={router as never} />
      </ServicesProvider>,
    );
    await router.load();
  });
  return router;
}

const text = (id: string): string | null => screen.getByTestId(id).textContent;

beforeEach(() => {
  taken.mockClear();
  vi.stubGlobal('scrollTo', vi.fn());
  vi.stubGlobal(
    'fetch',
    vi.fn(async (path: string) => {
      const seq = Number(new URLSearchParams(path.split('?')[1]).get('at'));
      return new Response(JSON.stringify(stateAt(seq)));
    }),
  );
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('an address with a moment', () => {
  it('shows the system of then, with its counts and its clock, and turns actions off', async () => {
    await open('/jobs?at=5');
    await vi.waitFor(() => expect(text('seq')).toBe('5'));
    expect(text('moment')).toBe('{"kind":"seq","seq":5}');
    expect(text('total')).toBe('5');
    expect(text('off')).toMatch(/^You are looking at the past/);
    await vi.waitFor(() => expect(text('clock')).toBe('5000'));
  });
  it('is kept by links, and left by an address without one', async () => {
    const router = await open('/jobs?at=5');
    await act(async () => void fireEvent.click(screen.getByText('Queues')));
    expect(router.state.location.pathname).toBe('/queues');
    expect(router.state.location.search).toEqual({ at: '5' });
    expect(text('moment')).toContain('5');
    await act(() => router.navigate({ to: '.', search: { at: undefined } as never }));
    expect(text('moment')).toBe('none');
    expect(text('off')).toBe('on');
    await vi.waitFor(() => expect(text('clock')).toBe('real'));
  });
  it('leaves a page alone that has a playhead of its own, but for its actions', async () => {
    await open('/time-travel?at=5');
    expect(text('moment')).toBe('none');
    expect(text('flags')).toBe('true false');
    expect(text('off')).toMatch(/^You are looking at the past/);
    expect(fetch).not.toHaveBeenCalled();
  });
  it('that cannot be read is now', async () => {
    const router = await open('/jobs?at=yesterday');
    expect(text('moment')).toBe('none');
    await vi.waitFor(() => expect(router.state.location.search).toEqual({}));
  });
});

describe('the playhead of all pages', () => {
  it('moves at once; the address follows when it has come to rest', async () => {
    const router = await open('/jobs');
    expect(text('flags')).toBe('false true');
    const before = router.history.length;
    await act(async () => void fireEvent.click(screen.getByText('move')));
    await act(async () => void fireEvent.click(screen.getByText('on')));
    expect(text('moment')).toContain('8');
    expect(router.state.location.search).toEqual({});
    await vi.waitFor(() => expect(router.state.location.search).toEqual({ at: '8' }));
    await vi.waitFor(() => expect(text('seq')).toBe('8'));
    expect(router.history.length).toBe(before + 1);
  });
  it('returns to now with Escape', async () => {
    const router = await open('/jobs?at=5');
    await act(async () => void fireEvent.keyDown(document.body, { key: 'Escape' }));
    await vi.waitFor(() => expect(text('moment')).toBe('none'));
    expect(router.state.location.search).toEqual({});
  });
  it('leaves Escape to whatever else takes it', async () => {
    await open('/jobs?at=5', true);
    await act(async () => void fireEvent.keyDown(document.body, { key: 'Escape' }));
    expect(taken).toHaveBeenCalledOnce();
    expect(text('moment')).toContain('5');
  });
});
