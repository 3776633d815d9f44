// @vitest-environment jsdom
import { fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../api/client';
import type { PastQueue } from '../../api/past';
import { LIVE } from '../../core/moment';
import type { PlayheadView } from '../../live/playhead';
import { makeCounts, makeJob, T0 } from '../../testing/jobs';
import { show, showWithLinks } from '../../testing/render';
import { QueuesThen } from './QueuesThen';
import { Scrubber } from './Scrubber';
import { StatesThen } from './StatesThen';
import { Then } from './Then';
import type { Pins } from './usePins';
import type { Travel } from './useTravel';
import { WorkersThen } from './WorkersThen';

const view = (part: Partial<PlayheadView>): PlayheadView => ({
  moment: LIVE,
  state: null,
  loaded: null,
  isStale: false,
  reading: null,
  error: null,
  retryAt: null,
  ...part,
});

const travelAt = (part: Partial<Travel>): Travel => ({
  view: view({}),
  isLive: false,
  time: T0,
  now: T0 + 22 * 60_000,
  span: '1h',
  stretch: { from: T0 - 1_800_000, to: T0 + 1_800_000 },
  go: vi.fn(),
  setSpan: vi.fn(),
  zoomAt: vi.fn(),
  shift: vi.fn(),
  retry: vi.fn(),
  ...part,
});

const pins: Pins = { list: [], set: vi.fn(), clear: vi.fn() };
const showThen = (travel: Travel, newest = 0) =>
  show(<Then travel={travel} now={null} events={[]} pins={pins} newest={newest} />);

describe('a past that cannot be shown', () => {
  it('says how far it was read', () => {
    showThen(travelAt({ view: view({ moment: { kind: 'seq', seq: 4000 }, reading: 3000 }) }));
    expect(screen.getByRole('status').textContent).toContain('event 3,000 of 4,000');
  });
  it('says that it has not happened, and leads back', () => {
    const travel = travelAt({
      view: view({
        moment: { kind: 'seq', seq: 4000 },
        error: new ApiError(422, 'at is beyond the newest event, 12'),
      }),
    });
    showThen(travel, 12);
    expect(screen.getByText('Event 4,000 is beyond the newest one, 12.')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Return to live' }));
    expect(travel.go).toHaveBeenCalledWith(LIVE);
  });
  it('says what went wrong, and tries again', () => {
    const travel = travelAt({ view: view({ error: new ApiError(0, 'The server does not answer') }) });
    showThen(travel);
    expect(screen.getByRole('alert').textContent).toContain('No answer to GET /state');
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(travel.retry).toHaveBeenCalledOnce();
  });
});

describe('the playhead', () => {
  beforeEach(() =>
    vi.stubGlobal('matchMedia', () => ({
      matches: false,
      addEventListener: () => {},
      removeEventListener: () => {},
    })),
  );
  afterEach(() => vi.unstubAllGlobals());
  const scrubber = (travel: Travel) =>
    show(
      <Scrubber
        travel={travel}
        track={{ bars: [], barMs: 60_000 }}
        groups={[]}
        flagsSince={null}
        kept={null}
        pins={pins}
        isDragging={false}
        onDragging={() => {}}
      />,
    );
  it('is told in words', () => {
    scrubber(travelAt({}));
    const text = screen.getByRole('slider', { name: 'Playhead' }).getAttribute('aria-valuetext');
    expect(text).toMatch(/^\d\d:\d\d:\d\d, 22 minutes ago$/);
  });
  it('veils what it has not reached; live, there is nothing to veil', () => {
    const { container, unmount } = scrubber(travelAt({}));
    expect((container.querySelector('.veil') as HTMLElement).style.left).toBe('50%');
    unmount();
    expect(scrubber(travelAt({ isLive: true })).container.querySelector('.veil')).toBeNull();
  });
});

it('the counts of then stand beside what has changed since', () => {
  show(
    <StatesThen then={makeCounts({ QUEUED: 40, FAILED: 3 })} now={makeCounts({ QUEUED: 10, FAILED: 5 })} />,
  );
  const rows = screen.getAllByRole('listitem').map((row) => row.textContent);
  expect(rows).toContain('Queued40−30');
  expect(rows).toContain('Failed3+2');
  expect(rows).toContain('Running0');
});

it('queues are as they were: paused ones first, with the reason, and limits beside what ran', () => {
  const queue = (name: string, part: Partial<PastQueue>): PastQueue => ({
    name,
    paused: false,
    pause_reason: '',
    concurrency: null,
    by_status: makeCounts(),
    ...part,
  });
  showWithLinks(
    <QueuesThen
      queues={[
        queue('busy', { concurrency: 4, by_status: makeCounts({ RUNNING: 2 }) }),
        queue('imports', { paused: true, pause_reason: '<b>bad</b> file' }),
      ]}
    />,
  );
  const rows = screen.getAllByRole('row').map((row) => row.textContent);
  expect(rows.slice(1)).toEqual(['importsPaused<b>bad</b> file0000', 'busy002 of 40']);
});

it('workers show their jobs, retries told apart, and those that are known only by their jobs too', () => {
  const running = [
    makeJob({ id: 1, status: 'RUNNING', worker: 'w-1', executions: 1 }),
    makeJob({ id: 2, status: 'RUNNING', worker: 'w-1', executions: 2 }),
    makeJob({ id: 3, status: 'RUNNING', worker: 'simulator', executions: 1 }),
  ];
  const worker = { host: 'h', state: 'running' as const, lost: false, since: '', seen_at: '' };
  show(
    <WorkersThen
      workers={[
        { ...worker, name: 'w-0', lost: true },
        { ...worker, name: 'w-1' },
      ]}
      running={running}
      total={3}
    />,
  );
  expect(screen.getByRole('img', { name: 'w-1: 2 jobs, 1 of them retried' })).toBeTruthy();
  expect(screen.getAllByRole('listitem').map((row) => row.textContent)).toEqual([
    'w-1',
    'simulator',
    'w-0idleLost',
  ]);
});
