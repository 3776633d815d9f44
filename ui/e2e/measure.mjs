// What the dashboard costs while much happens: `npm run measure -- [--seconds 10] [--jobs 50000] [--events 1000]`, after a release
// build. Prints a table; nothing here fails, because times depend on the machine.

import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { binary, openBrowser, openPage, Server, until } from './server.mjs';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    jobs: { type: 'string', default: '50000' },
    events: { type: 'string', default: '1000' },
    pages: { type: 'string', default: 'jobs,scrolled,overview,events' },
  },
});
const seconds = Number(values.seconds);
const EVENTS_A_JOB = 6; // created, attempted, failed, retry scheduled, attempted, succeeded
const PAGES = {
  jobs: ['/ui/jobs', '[data-job]'],
  scrolled: ['/ui/jobs', '[data-job]'],
  overview: ['/ui/', '.kpi'],
  events: ['/ui/events', '[data-seq]'],
};

function bench(server, ...options) {
  const child = spawn(binary, ['bench', '--quiet', '--url', server.url, ...options], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', (code) => resolve(code)));
  return { child, ended };
}

// Runs in the page: every frame, every task over 50 ms, for so long.
function watch(ms) {
  return new Promise((resolve) => {
    const frames = [];
    const tasks = [];
    const observer = new PerformanceObserver((list) =>
      tasks.push(...list.getEntries().map((task) => task.duration)),
    );
    observer.observe({ type: 'longtask' });
    const began = performance.now();
    let last = began;
    const step = (now) => {
      frames.push(now - last);
      last = now;
      if (now - began < ms) return requestAnimationFrame(step);
      observer.disconnect();
      resolve({ frames, tasks });
    };
    requestAnimationFrame(step);
  });
}

const paint = () =>
  new Promise((resolve) => {
    new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime)).observe({
      type: 'largest-contentful-paint',
      buffered: true,
    });
  });

const share = (numbers, part) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(part * (numbers.length - 1))] ?? 0;

async function heap(session) {
  await session.send('HeapProfiler.collectGarbage');
  return (await session.send('Runtime.getHeapUsage')).usedSize / 1e6;
}

// As a wheel does it, 50 rows a second.
const scroll = (session) =>
  session.send('Input.synthesizeScrollGesture', {
    x: 700,
    y: 450,
    yDistance: -1800 * seconds,
    speed: 1800,
    gestureSourceType: 'mouse',
  });

async function busy(session) {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration').value;
}

async function measure(browser, server, name) {
  const [path, ready] = PAGES[name];
  const page = await openPage(browser);
  await page.goto(server.url + path);
  await page.locator(ready).first().waitFor();
  const painted = await page.evaluate(paint);
  const session = await page.context().newCDPSession(page);
  await page.evaluate(watch, 1500);
  const before = await heap(session);
  await session.send('Performance.enable');
  const busyBefore = await busy(session);
  const seqBefore = await server.newest();
  const [{ frames, tasks }] = await Promise.all([
    page.evaluate(watch, seconds * 1000),
    name === 'scrolled' && scroll(session),
  ]);
  const rate = ((await server.newest()) - seqBefore) / seconds;
  const busyFor = (await busy(session)) - busyBefore;
  const after = await heap(session);
  await page.context().close();
  return {
    page: name,
    'frames/s': (frames.length / (frames.reduce((sum, ms) => sum + ms, 0) / 1000)).toFixed(1),
    'p95 frame ms': share(frames, 0.95).toFixed(1),
    'longest frame ms': Math.max(...frames).toFixed(0),
    'tasks over 50 ms': tasks.length,
    'longest task ms': Math.max(0, ...tasks).toFixed(0),
    'main thread busy': `${((100 * busyFor) / seconds).toFixed(0)} %`,
    'heap MB': `${before.toFixed(1)} → ${after.toFixed(1)}`,
    'LCP ms': painted.toFixed(0),
    'events/s': rate.toFixed(0),
    problems: page.problems.length,
  };
}

const server = new Server();
await server.start();
const browser = await openBrowser();
try {
  await bench(
    server,
    ...[
      '--scenario',
      'bulk',
      '--requests',
      String(Math.ceil(Number(values.jobs) / 1000)),
      '--connections',
      '2',
    ],
    ...['--duration', '10m', '--payload', '{"force":"success","duration_ms":0}'],
  ).ended;
  const settled = async () => {
    const stats = await (await fetch(`${server.url}/stats`)).json();
    return stats.by_status.QUEUED + stats.by_status.RUNNING === 0;
  };
  await until('the jobs to settle', settled, 600);
  const load = bench(
    server,
    ...['--scenario', 'create', '--rate', String(Math.round(Number(values.events) / EVENTS_A_JOB))],
    ...['--connections', '4', '--duration', '600m', '--payload', '{"fail_times":1,"duration_ms":20}'],
  );
  load.ended.then((code) => code && console.error(`the load ended with ${code}`));
  const rows = [];
  for (const name of values.pages.split(',')) rows.push(await measure(browser, server, name));
  load.child.kill();
  await load.ended;
  console.table(Object.fromEntries(rows.map(({ page, ...figures }) => [page, figures])));
} finally {
  await browser.close();
  await server.dispose();
}
