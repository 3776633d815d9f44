// Every page in the past, in Chromium against the real server: what was then is there, what came later is not.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { findings, openPage, withServer } from './server.mjs';

const { server, browser } = await withServer();
const then = {};

before(async () => {
  await server.ended(
    await server.make('email.send', 'default', { force: 'success', duration_ms: 0 }),
    'SUCCEEDED',
  );
  const once = { max_attempts: 1 };
  then.dead = await server.make('charge.capture', 'payments', { force: 'fail', duration_ms: 0 }, once);
  await server.ended(then.dead, 'FAILED');
  then.open = await server.post('/jobs', { type: 'import.rows', queue: 'imports', handler: 'remote' });
  await server.post('/jobs', { type: 'image.resize', queue: 'images', handler: 'remote' });
  [then.lease] = await server.worker('images-1', 'images', 1);
  await server.post('/queues/imports/pause', { reason: 'bad supplier file' });
  then.seq = await server.newest();
  await server.post('/queues/imports/resume', {});
  await server.post(`/jobs/${then.dead.id}/discard`, {});
  await server.post(`/jobs/${then.open.id}/cancel`, {});
  await server.post(`/leases/${then.lease.fence}/ack`, {});
  then.later = await server.post('/jobs', { type: 'report.build', queue: 'reports', handler: 'remote' });
  then.broken = await server.make('sync.stock', 'stock', { force: 'fail', duration_ms: 0 }, once);
  await server.ended(then.broken, 'FAILED');
});

const at = (path, more = '') => `${server.url}/ui${path}?at=${then.seq}${more}`;
const banner = (page) => page.locator('.ttb.past').filter({ hasText: 'You are looking at' });
const row = (page, job) => page.locator(`[data-job="${job.id}"]`);
const strip = (page) => page.getByRole('region', { name: 'Event log' });
const playhead = (page) => strip(page).getByRole('slider', { name: 'Playhead' });
const close = async (page, expected = []) => {
  assert.deepEqual(page.problems, expected);
  await page.context().close();
};

test('jobs are listed as they were; those that ended well are counted, and it is said', async () => {
  const page = await openPage(browser);
  await page.goto(at('/jobs'));
  await banner(page).getByText(`seq ${then.seq}`).waitFor();
  await row(page, then.open).getByText('Queued').waitFor();
  await row(page, then.dead).getByText('Failed', { exact: true }).waitFor();
  assert.equal(await page.locator('[data-job]').count(), 3);
  await page.getByText('3 listed of 4 jobs then').waitFor();
  await page.getByText('Of 1 Succeeded job only the number is known.').waitFor();
  const tab = (name) => page.getByRole('tab', { name });
  assert.match(await tab('Running').textContent(), /Running1$/);
  assert.match(await tab('Cancelled').textContent(), /Cancelled0$/);
  assert.match(await page.getByRole('link', { name: /^Jobs/ }).first().textContent(), /4$/);

  await tab('Failed').click();
  await page.waitForURL(`**/jobs?at=${then.seq}&status=failed`);
  await row(page, then.open).waitFor({ state: 'detached' });
  await row(page, then.dead).waitFor();
  await tab('Succeeded').click();
  await page.getByText('No listed job matches').waitFor();
  await page.getByText(/Look for one by its ID/).waitFor();
  await close(page);
});

test('a job is told up to then, and one that came later did not exist', async () => {
  const page = await openPage(browser);
  await page.goto(at(`/jobs/${then.dead.id}`));
  await page.getByRole('heading', { level: 1, name: 'charge.capture' }).waitFor();
  await page.locator('.jhead').getByText('Failed').waitFor();
  const events = page.getByRole('listbox', { name: 'Events of this job' });
  await events.getByText('DeadLettered').waitFor();
  assert.equal(await events.getByText('Discarded').count(), 0);
  const retry = page.getByRole('button', { name: /^Retry/ });
  assert.equal(await retry.getAttribute('aria-disabled'), 'true');
  await page.keyboard.press('r');
  await page.getByText('You are looking at the past: return to live first (Esc)').first().waitFor();
  assert.equal(await server.statusOf(then.dead.id), 'DISCARDED');
  await page.keyboard.press('Escape');
  await page.waitForURL((url) => !url.searchParams.has('at'));
  await events.getByText('Discarded').waitFor();
  await page.locator('.jhead').getByText('Discarded').waitFor();

  await page.goto(at(`/jobs/${then.later.id}`));
  await page.getByRole('heading', { name: 'This job did not exist yet' }).waitFor();
  await page.getByRole('link', { name: 'Go to that moment' }).click();
  await page.getByRole('heading', { level: 1, name: 'report.build' }).waitFor();
  await page.waitForURL(/at=\d+/);
  // A refusal of the server is also an error on the console.
  page.problems = page.problems.filter((problem) => !/status of 404/.test(problem));
  await close(page);
});

test('dead letters, queues, workers, events and the overview show then and not now', async () => {
  const page = await openPage(browser);
  await page.goto(at('/dead-letters'));
  await page.getByRole('region', { name: 'Jobs' }).getByText('charge.capture').waitFor();
  assert.equal(await page.getByText('sync.stock').count(), 0);

  const goTo = async (name) => {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await banner(page).getByText(`seq ${then.seq}`).waitFor();
    assert.equal(new URL(page.url()).searchParams.get('at'), String(then.seq));
  };
  await goTo('Queues');
  await page.getByRole('row').filter({ hasText: 'imports' }).getByText('bad supplier file').waitFor();
  assert.equal(await page.getByText('reports').count(), 0);

  await goTo('Workers');
  await page.locator('li.w').filter({ hasText: 'images-1' }).getByText('image.resize').waitFor();

  await goTo('Event stream');
  await page.locator(`[data-seq="${then.seq}"]`).getByText('QueuePaused').waitFor();
  assert.equal(await page.locator(`[data-seq="${then.seq + 1}"]`).count(), 0);
  await page.getByRole('button', { name: /^DeadLettered/ }).click();
  await page.getByRole('button', { name: /^Failed/ }).click();
  await page.waitForURL(
    ({ searchParams }) =>
      searchParams.get('type') === 'Failed,DeadLettered' && searchParams.get('at') === String(then.seq),
  );
  await page.locator('[data-seq]').filter({ hasText: 'DeadLettered' }).first().waitFor();
  await page.locator('[data-seq]').filter({ hasText: 'QueuePaused' }).waitFor({ state: 'detached' });

  await goTo('Overview');
  await page.getByRole('region', { name: 'Dead letters' }).getByText('charge.capture').waitFor();
  await page.getByRole('region', { name: 'Running at this moment' }).getByText('image.resize').waitFor();
  await page.locator('.ev.on').getByText('QueuePaused').waitFor();
  // Beside the events that were still to come.
  assert.equal(await page.locator('.col:not(.evs)').getByText('sync.stock').count(), 0);
  await page.locator('.ev.later').first().click();
  await page.locator('.ev.on').getByText('QueueResumed').waitFor();
  await close(page);
});

test('actions are off with the reason, on the page, by key and in the palette', async () => {
  const page = await openPage(browser);
  await page.goto(at('/queues'));
  const reason = 'You are looking at the past: return to live first (Esc)';
  const imports = page.getByRole('row').filter({ hasText: 'imports' });
  await imports.waitFor();
  const off = (within, name) => within.getByRole('button', { name }).getAttribute('aria-disabled');
  assert.equal(await off(page, 'New job'), 'true');
  for (const name of ['Resume imports', 'Limit imports'])
    assert.equal(await off(imports, name), 'true', name);
  await page.keyboard.press('n');
  await page.getByText(reason).first().waitFor();
  assert.equal(await page.getByRole('dialog').count(), 0);
  await page.locator('.side .foot').getByText('Live paused').waitFor();
  await page.keyboard.press('Control+k');
  const option = page.getByRole('option').filter({ hasText: 'New job' });
  await option.getByText(reason).waitFor();
  // The queues of then: this one is not paused any more.
  await page.getByRole('option').filter({ hasText: 'Queue imports' }).getByText('Paused').waitFor();
  assert.equal(await page.getByRole('option').filter({ hasText: 'Queue reports' }).count(), 0);
  assert.equal(await option.getAttribute('aria-disabled'), 'true');
  // It closes the palette first, and leaves the past only then.
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await banner(page).waitFor();
  await page.keyboard.press('Escape');
  await banner(page).waitFor({ state: 'detached' });
  await page.getByRole('row').filter({ hasText: 'reports' }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'New job' }).getAttribute('aria-disabled'), null);
  await close(page);
});

test('the playhead is dragged, stepped and typed at the foot, and the page stays', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/jobs`);
  await row(page, then.later).waitFor();
  assert.equal(await playhead(page).getAttribute('aria-valuetext'), 'now');
  const hour = await strip(page).locator('.track').boundingBox();
  await page.mouse.move(hour.x + hour.width - 4, hour.y + 10);
  await page.mouse.down();
  await page.mouse.move(hour.x + hour.width / 2, hour.y + 10);
  await strip(page)
    .getByText(/^Release to look at/)
    .waitFor();
  await page.mouse.up();
  await page.waitForURL(/\/ui\/jobs\?at=\d{4}-/);
  await banner(page).getByText('before the first event').waitFor();
  await page.getByText('There was no job yet').waitFor();
  assert.match(
    await playhead(page).getAttribute('aria-valuetext'),
    /^(\d+ [A-Z][a-z]{2} )?\d\d:\d\d:\d\d, \d+ minutes ago$/,
  );
  await strip(page).getByRole('button', { name: 'Past' }).click();
  await row(page, then.later).waitFor();
  await page.goBack();
  await banner(page).getByText('before the first event').waitFor();
  await page.goForward();
  await row(page, then.later).waitFor();

  await strip(page).getByRole('button', { name: 'To the event before' }).click();
  await page.waitForURL(/\/ui\/jobs\?at=\d+$/);
  const before = Number(new URL(page.url()).searchParams.get('at'));
  await strip(page).getByRole('button', { name: 'To the event before' }).click();
  await page.waitForURL(`**/ui/jobs?at=${before - 1}`);
  await banner(page)
    .getByText(`seq ${before - 1}`)
    .waitFor();

  await playhead(page).focus();
  await page.keyboard.press('ArrowLeft');
  await page.waitForURL(/\/ui\/jobs\?at=\d{4}-/);
  assert.match(await playhead(page).getAttribute('aria-valuetext'), /1 minute ago$/);
  await page.keyboard.press('Home');
  await page.waitForFunction(() =>
    /5\d minutes ago|1 hour ago/.test(
      document.querySelector('.spine [role="slider"]').getAttribute('aria-valuetext'),
    ),
  );
  await page.keyboard.press('End');
  await page.waitForURL(`${server.url}/ui/jobs`);
  await row(page, then.later).waitFor();
  await close(page);
});

test('the address alone shows the page of then again, and a live page is live again afterwards', async () => {
  const page = await openPage(browser);
  await page.goto(at('/jobs', `&queue=imports&peek=${then.open.id}`));
  const peek = page.locator('.peek');
  await peek.getByText('import.rows').waitFor();
  await page.reload();
  await peek.getByText('Queued').waitFor();
  await banner(page).waitFor();
  await page.keyboard.press('Escape');
  // First what lies above the page.
  await peek.waitFor({ state: 'detached' });
  await banner(page).waitFor();
  await page.keyboard.press('Escape');
  await banner(page).waitFor({ state: 'detached' });
  await row(page, then.open).getByText('Cancelled').waitFor();
  const fresh = await server.post('/jobs', { type: 'import.rows', queue: 'imports', handler: 'remote' });
  await row(page, fresh).waitFor();
  await strip(page).getByText('Live', { exact: true }).waitFor();
  await page.goto(at('/jobs'));
  await banner(page).getByRole('link', { name: 'Open in Time travel' }).click();
  await page.getByRole('heading', { level: 1, name: 'Time travel' }).waitFor();
  await page.locator('.ev.on').getByText('QueuePaused').waitFor();

  // The Lab is about no moment: going there leaves the past.
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Lab' }).click();
  await page.waitForURL(`${server.url}/ui/lab`);
  await close(page);
});

test('what has not happened, what is no moment, and a server that is gone are told apart', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/queues?at=999999`);
  await page.getByRole('heading', { name: 'This has not happened yet' }).waitFor();
  await page.getByRole('button', { name: 'Return to live' }).last().click();
  await page.getByRole('row').filter({ hasText: 'reports' }).waitFor();
  await page.goto(`${server.url}/ui/queues?at=2031-01-01T00:00:00Z`);
  await banner(page)
    .getByText(/yet to come, .*, in \d+ d/)
    .waitFor();
  await page.goto(`${server.url}/ui/queues?at=yesterday`);
  await page.getByText('“yesterday” is no event and no time: this is now').waitFor();
  await page.waitForURL(`${server.url}/ui/queues`);

  await page.goto(at('/queues'));
  await page.getByText('bad supplier file').waitFor();
  await server.stop();
  await strip(page).getByRole('button', { name: 'To the event before' }).click();
  const alert = page.getByRole('alert').filter({ hasText: 'This moment did not load' });
  await alert.getByText('The server does not answer').waitFor();
  await page.getByText('bad supplier file').waitFor();
  await server.start();
  await alert.waitFor({ state: 'detached' });
  await page.getByText('bad supplier file').waitFor({ state: 'detached' });
  page.problems = page.problems.filter((problem) => !/status of 422/.test(problem));
  await close(page);
});

const PAGES = [
  ['/', '.ev.on'],
  ['/jobs', '[data-job]'],
  ['/jobs/2', '.lane'],
  ['/dead-letters', '[data-group]'],
  ['/queues', '.qs tbody tr'],
  ['/workers', 'li.w'],
  ['/events', '[data-seq]'],
];

for (const colorScheme of ['dark', 'light']) {
  for (const width of [1440, 1100, 390]) {
    test(`axe finds nothing on any page in the past, ${colorScheme}, ${width} wide`, async () => {
      const page = await openPage(browser, {
        colorScheme,
        bypassCSP: true,
        viewport: { width, height: 850 },
      });
      for (const [path, ready] of PAGES) {
        await page.goto(at(path));
        await page.locator(ready).first().waitFor();
        await banner(page).waitFor();
        assert.deepEqual(await findings(page), [], path);
      }
      await close(page);
    });
  }
}
