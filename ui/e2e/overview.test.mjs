// What the Overview compares and groups, in Chromium against the real server.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findings, inEveryLook, openPage, withServer } from './server.mjs';

// Its clock stands still until a test moves it, so an hour is gone at once.
const { server, browser } = await withServer('--clock', 'manual');

const clock = async () => Date.parse((await (await fetch(`${server.url}/clock`)).json()).now);
const figure = (page) => page.locator('.kpi').filter({ hasText: 'Backlog' });

// The page has the clock of the server.
const openThere = async (options) => {
  const page = await openPage(browser, options);
  await page.clock.install({ time: await clock() });
  return page;
};

test('the backlog is compared with that of one hour ago, as the log tells it', async () => {
  const wait = (n) =>
    Promise.all(
      Array.from({ length: n }, () => server.make('mail.send', 'mails', {}, { handler: 'remote' })),
    );
  await wait(3);
  const young = await openThere();
  await young.goto(`${server.url}/ui/`);
  await figure(young).getByText('queued, oldest').waitFor();
  assert.equal(await figure(young).getByTitle('Against one hour ago').count(), 0);
  await young.context().close();

  await server.post('/clock/advance', { by_ms: 90 * 60_000 });
  await server.make('mail.late', 'mails', {}, { handler: 'remote', delay_ms: 60_000 });
  await wait(9);
  const [lease] = await server.worker('mails-1', 'mails', 1);
  await server.post(`/leases/${lease.fence}/ack`, {});
  await server.post('/clock/advance', { by_ms: 120_000 });
  const page = await openThere();
  await page.goto(`${server.url}/ui/`);
  await figure(page).getByText('12').first().waitFor();
  await figure(page).getByTitle('Against one hour ago').getByText('+9').waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

const fail = async (queue, message) => {
  await server.make('row.import', queue, {}, { handler: 'remote', max_attempts: 1 });
  const [lease] = await server.worker('rows-1', queue, 1);
  await server.post(`/leases/${lease.fence}/fail`, { error: { type: 'ImportError', message } });
};

test('what fails now names its queues, the most frequent first, and its pace', async () => {
  for (const queue of ['eu', 'us', 'us', 'asia'])
    await fail(queue, `row ${queue.length * 7}: no such column`);
  const page = await openThere();
  await page.goto(`${server.url}/ui/`);
  const failing = page.getByRole('region', { name: 'Failing now' });
  const row = failing.getByRole('listitem').filter({ hasText: 'ImportError' });
  await row.getByRole('link', { name: 'us', exact: true }).waitFor();
  await row.getByText('+2').waitFor();
  await row.getByText('0.8/min').waitFor();
  await row.getByTitle('us 2, asia 1, eu 1').waitFor();
  await row.getByRole('link', { name: 'us', exact: true }).click();
  await page.waitForURL(`${server.url}/ui/queues/us`);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('a row of what fails keeps to its line at every width, and axe finds nothing', async () => {
  const queue = 'a-queue-with-a-name-that-is-much-longer-than-the-column-it-has-to-fit-in';
  for (let i = 0; i < 3; i++) await fail(queue, `a message that goes on and on ${'and on '.repeat(12)}`);
  await inEveryLook(browser, async (page, look) => {
    await page.clock.install({ time: await clock() });
    await page.goto(`${server.url}/ui/`);
    const rows = page.getByRole('region', { name: 'Failing now' }).getByRole('listitem');
    await rows.getByText(queue).waitFor();
    const spills = await rows.evaluateAll((items) =>
      items.flatMap((item) => {
        const box = item.getBoundingClientRect();
        return [...item.children]
          .map((child) => child.getBoundingClientRect())
          .filter(
            ({ width, bottom, right }) => width > 0 && (bottom > box.bottom + 1 || right > box.right + 1),
          )
          .map(({ bottom, right }) => `${bottom - box.bottom} ${right - box.right}`);
      }),
    );
    assert.deepEqual(spills, [], look);
    assert.deepEqual(await findings(page), [], look);
  });
});

test('a panel that fails says so and is asked again by itself, while the others go on', async () => {
  const page = await openPage(browser, { bypassCSP: true });
  let asked = 0;
  let isBroken = true;
  await page.route(`${server.url}/queues`, async (route) => {
    asked++;
    if (isBroken) await route.fulfill({ status: 500, json: { detail: 'the disk is full' } });
    else await route.continue();
  });
  await page.goto(`${server.url}/ui/`);
  const queues = page.getByRole('region', { name: 'Queues' });
  await queues.getByRole('heading', { name: 'Queues did not load' }).waitFor();
  await queues.getByText('500 from GET /queues: the disk is full').waitFor();
  // The second wait is twice the first, the third twice the second.
  await queues.getByText('next try in 2 s').waitFor();
  await queues.getByText('next try in 4 s').waitFor();
  assert.ok(asked <= 3, `asked ${asked} times`);
  await page
    .getByRole('region', { name: 'Jobs by status' })
    .getByRole('link', { name: /Failed/ })
    .waitFor();
  assert.equal(await page.getByRole('button', { name: 'Try again' }).count(), 1);
  assert.deepEqual(await findings(page), []);
  isBroken = false;
  await queues.getByRole('link', { name: 'mails', exact: true }).waitFor();
  assert.equal(await page.getByText('did not load').count(), 0);
  assert.deepEqual(
    page.problems.filter((problem) => !/status of 500/.test(problem)),
    [],
  );
  await page.context().close();
});

test('what the server refuses for good is asked again by a person only', async () => {
  const page = await openThere({ bypassCSP: true });
  const asked = { queues: 0, jobs: 0, events: 0 };
  let isRefused = true;
  const refuse = (what, json) => async (route) => {
    asked[what]++;
    if (isRefused) await route.fulfill({ status: 422, json });
    else await route.continue();
  };
  await page.route(`${server.url}/queues`, refuse('queues', { detail: 'the proxy does not like queues' }));
  await page.route(`${server.url}/jobs?*`, refuse('jobs', { detail: 'queue must not be "mails"' }));
  await page.goto(`${server.url}/ui/`);
  const queues = page.getByRole('region', { name: 'Queues' });
  await queues.getByText('422 from GET /queues: the proxy does not like queues').waitFor();
  await page.clock.fastForward(120_000);
  assert.equal(await page.getByText(/next try in/).count(), 0);
  assert.equal(asked.queues, 1);
  isRefused = false;
  await queues.getByRole('button', { name: 'Try again' }).click();
  await queues.getByRole('link', { name: 'mails', exact: true }).waitFor();

  isRefused = true;
  asked.jobs = 0;
  await page.goto(`${server.url}/ui/jobs?queue=mails`);
  const list = page.getByRole('tabpanel', { name: 'Jobs' });
  await list.getByText(/^422 from GET .jobs\?queue=mails: queue must not be "mails"$/).waitFor();
  const before = asked.jobs;
  await page.clock.fastForward(120_000);
  assert.equal(await list.getByText(/next try in/).count(), 0);
  assert.equal(asked.jobs, before);
  assert.deepEqual(await findings(page), []);
  isRefused = false;
  await list.getByRole('button', { name: 'Try again' }).click();
  await list.getByRole('row').nth(1).waitFor();

  isRefused = true;
  await page.route(`${server.url}/events?*`, refuse('events', { detail: 'type must not be "Nothing"' }));
  await page.goto(`${server.url}/ui/events`);
  await page.getByText('422 from GET /events: type must not be "Nothing"').waitFor();
  const events = asked.events;
  await page.clock.fastForward(120_000);
  assert.equal(await page.getByText(/next try in/).count(), 0);
  assert.equal(asked.events, events);
  isRefused = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.locator('[data-seq]').first().waitFor();
  assert.deepEqual(
    page.problems.filter((problem) => !/status of 422/.test(problem)),
    [],
  );
  await page.context().close();
});

test('a server that says when it wants to be asked again is asked then', async () => {
  const page = await openThere();
  await page.route(`${server.url}/queues`, (route) =>
    route.fulfill({ status: 429, headers: { 'Retry-After': '20' }, json: { detail: 'too many reads wait' } }),
  );
  await page.goto(`${server.url}/ui/`);
  await page.getByRole('region', { name: 'Queues' }).getByText('next try in 20 s').waitFor();
  let isBusy = true;
  await page.route(`${server.url}/events?*`, (route) =>
    isBusy ? route.fulfill({ status: 503, json: { detail: 'too many reads wait' } }) : route.continue(),
  );
  await page.goto(`${server.url}/ui/events`);
  await page.getByText('next try in 1 s').waitFor();
  await page.getByText('next try in 2 s').waitFor();
  isBusy = false;
  await page.locator('[data-seq]').first().waitFor();
  await page.context().close();
});

test('beyond the seven busiest queues, the panel says how many there are and leads to them', async () => {
  for (let i = 0; i < 9; i++) await server.make('mail.send', `lane-${i}`, {}, { handler: 'remote' });
  await inEveryLook(browser, async (page, look) => {
    await page.goto(`${server.url}/ui/`);
    await page.getByRole('link', { name: /^and \d+ more with less to do$/ }).waitFor();
    assert.deepEqual(await findings(page), [], look);
  });
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/`);
  await page.getByRole('link', { name: /more with less to do$/ }).click();
  await page.waitForURL(`${server.url}/ui/queues`);
  await page.getByRole('link', { name: 'lane-8', exact: true }).waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});
