// "Why is it not running?" and "why did it run more than once?" in Chromium against the real server.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { findings, inEveryLook, openPage, until, withServer } from './server.mjs';

const { server, browser } = await withServer();
let held;
let twice;
let retrying;
let dead;

before(async () => {
  const remote = { handler: 'remote', payload: {} };
  await server.post('/queues/imports/pause', { reason: 'bad supplier file' });
  held = await server.post('/jobs', { type: 'import.rows', queue: 'imports', ...remote });
  const failing = { force: 'fail', duration_ms: 0 };
  const slowly = { base_ms: 600_000, cap_ms: 600_000, jitter: 0.1 };
  retrying = await server.make('charge.capture', 'payments', failing, { retry: slowly });
  dead = await server.make('charge.refund', 'payments', failing, { max_attempts: 1 });
  await server.ended(retrying, 'RETRYING');
  await server.ended(dead, 'FAILED');
  twice = await server.post('/jobs', { type: 'mail.send', queue: 'mails', ...remote });
  const [first] = await server.worker('mails-1', 'mails', 1);
  await server.post(`/leases/${first.fence}/release`, { reason: 'deploy' });
  await server.worker('mails-2', 'mails', 1);
});

test('on the way to another moment the page is still about now', async () => {
  const page = await openPage(browser);
  const scripts = [];
  await page.route('**/TimeTravelPage-*.js', (route) => scripts.push(route));
  await page.goto(`${server.url}/ui/jobs/${held.id}?why=waiting`);
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await page
    .locator('[data-gate=queue]')
    .getByRole('link', { name: /^event \d+$/ })
    .click();
  await until('the next page to be on its way', () => scripts.length > 0);
  // What is drawn in one frame may ask in the next.
  for (let frame = 0; frame < 3; frame++) await page.evaluate(() => new Promise(requestAnimationFrame));
  assert.ok(new URL(page.url()).searchParams.has('at'));
  assert.equal(await page.getByText('You are looking at').count(), 0);
  assert.deepEqual(
    asked.filter((url) => url.includes('at=')),
    [],
  );
  for (const route of scripts) await route.continue();
  await page.getByRole('heading', { level: 1, name: 'Time travel' }).waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('the page names what holds a job, and removes it', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/jobs/${held.id}`);
  const question = page.getByRole('button', { name: 'Why is it not running?' });
  await question.waitFor();
  assert.equal(await question.getAttribute('aria-expanded'), 'false');
  await page.keyboard.press('w');
  await page.waitForURL(/why=waiting/);
  const paused = page.locator('[data-gate=queue]');
  await paused.getByText('(“bad supplier file”)').waitFor();
  const cause = paused.getByRole('link', { name: /^event \d+$/ });
  const seq = (await cause.textContent()).replace('event ', '');
  await cause.click();
  await page.waitForURL(`**/ui/time-travel?at=${seq}`);
  await page.getByText('bad supplier file').first().waitFor();
  const log = await (await fetch(`${server.url}/events?after=${seq - 1}&limit=1`)).json();
  assert.equal(log[0].type, 'QueuePaused');

  await page.goBack();
  await paused.getByRole('button', { name: 'Resume imports' }).click();
  await paused.waitFor({ state: 'detached' });
  const alone = page.locator('[data-gate=worker]');
  await alone.getByText('No worker listens to queue imports').waitFor();
  assert.equal(await alone.getByRole('link', { name: 'Start a worker' }).getAttribute('href'), '/ui/workers');
  assert.equal((await (await fetch(`${server.url}/queues/imports`)).json()).paused, false);
  await page.keyboard.press('w');
  await page.waitForURL(/why=none/);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('each reason to wait comes with what takes it away', async () => {
  const page = await openPage(browser);
  await server.post('/jobs', { type: 'report', queue: 'later', payload: {}, delay_ms: 3_600_000 });
  await page.goto(`${server.url}/ui/jobs?queue=later`);
  await page.locator('[data-job]').first().click();
  await page.waitForURL(/\/jobs\/\d+/);
  await page.getByRole('button', { name: 'Why is it not running?' }).click();
  await page.locator('[data-gate=due]').getByRole('button', { name: 'Retry now' }).click();
  await page.locator('.jhead').getByText('Succeeded').waitFor();

  await fetch(`${server.url}/queues/narrow/limit`, { method: 'PUT', body: '{"concurrency":1}' });
  const slow = { type: 'slow', queue: 'narrow', payload: { force: 'success', duration_ms: 60_000 } };
  await server.post('/jobs', slow);
  const { id } = await server.post('/jobs', slow);
  await page.goto(`${server.url}/ui/jobs/${id}?why=waiting`);
  await page.locator('[data-gate=concurrency]').getByRole('link', { name: 'Change its limit' }).click();
  await page.waitForURL('**/ui/queues/narrow');
  await page.getByRole('button', { name: /limit/i }).first().waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('every run of a job that ran again has its worker, its reason and its event', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/jobs/${twice.id}?why=twice`);
  const second = page.locator('[data-reason=released]');
  await second.getByText('Run 2 on mails-2').waitFor();
  await second.getByText('because mails-1 gave attempt 1 back').waitFor();
  await second.getByRole('button', { name: /^Released \d+$/ }).click();
  await page.waitForURL(/event=\d+/);
  await page.getByRole('option', { selected: true }).getByText('Released').waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('the delay of a retry is taken apart, and each part leads to its event', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/jobs/${retrying.id}`);
  await page.getByRole('button', { name: 'Why this delay?' }).click();
  await page.waitForURL(/why=delay/);
  await page
    .getByText(/^Attempt 2 comes 10 m .+ after the failure: 10 m 00 s by backoff, .+ by jitter\.$/)
    .waitFor();
  const backoff = page.locator('[data-part=backoff]');
  await backoff.getByText('exponential, base 10 m, cap 10 m, jitter 0.1; after attempt 1').waitFor();
  await page.locator('[data-part=jitter]').getByText('drawn between 0 and 1 m 00 s').waitFor();
  await page
    .locator('[data-part=jitter]')
    .getByRole('button', { name: /^RetryScheduled \d+$/ })
    .waitFor();
  await backoff.getByRole('button', { name: /^Failed \d+$/ }).click();
  await page.waitForURL(/event=3/);
  await page.getByRole('option', { selected: true }).getByText('Failed').waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('a dead letter says what made it one, in the past too', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/jobs/${dead.id}?why=failed`);
  const sentence = page.getByText('Attempt 1 failed with ForcedFailure, and it was the last of 1.');
  await sentence.waitFor();
  await page
    .locator('[data-part=failed]')
    .getByRole('button', { name: /^Failed \d+$/ })
    .waitFor();
  await page.locator('[data-part=ended]').getByText('attempts used up').waitFor();
  await page
    .locator('[data-part=ended]')
    .getByRole('button', { name: /^DeadLettered \d+$/ })
    .click();
  await page.getByRole('option', { selected: true }).getByText('DeadLettered').waitFor();
  await page.goto(`${server.url}/ui/jobs/${dead.id}?why=failed&at=${await server.newest()}`);
  await page.getByText('You are looking at').waitFor();
  await sentence.waitFor();
  await page.goto(`${server.url}/ui/jobs/${held.id}?at=${await server.newest()}`);
  await page.getByRole('heading', { name: 'Timeline' }).waitFor();
  assert.equal(await page.getByRole('button', { name: /^Why/ }).count(), 0);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('axe finds nothing in an open question, in both themes and at three widths', async () => {
  await inEveryLook(browser, async (page, look) => {
    for (const [job, why] of [
      [held, 'waiting'],
      [twice, 'twice'],
      [retrying, 'delay'],
      [dead, 'failed'],
    ]) {
      await page.goto(`${server.url}/ui/jobs/${job.id}?why=${why}`);
      await page.locator('.question li').first().waitFor();
      assert.deepEqual(await findings(page), [], `${why} ${look}`);
      if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/${why}-${look}.png` });
    }
  });
});
