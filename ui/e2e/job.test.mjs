// What the page of a job leads to, and what it says when there is no such job, in Chromium against the real server.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findings, inEveryLook, openPage, until, withServer } from './server.mjs';

const { server, browser } = await withServer('--keep-succeeded', '1s');

const gone = (page) => page.problems.filter((problem) => !/status of 404/.test(problem));

test('a job leads to its queue and to the dead letters with its error, and an attempt to its events', async () => {
  await fetch(`${server.url}/policies/gentle`, { method: 'PUT', body: '{"kind":"fixed","base_ms":20}' });
  const failing = { force: 'fail', duration_ms: 0 };
  const job = await server.make('charge.capture', 'payments', failing, { max_attempts: 2, retry: 'gentle' });
  await server.ended(job, 'FAILED');
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/jobs/${job.id}?tab=error`);
  await page.getByText('gentle v1', { exact: true }).waitFor();
  await page.getByText(/^fixed, base 20 ms/).waitFor();
  await page.locator('.lane').nth(1).hover();
  await until('its events to be marked', async () => (await page.locator('.evl .of').count()) === 3);
  await page.getByRole('link', { name: 'Dead letters with this error' }).click();
  await page.getByRole('heading', { name: 'ForcedFailure' }).waitFor();
  await page.goBack();
  await page.getByRole('link', { name: 'payments', exact: true }).click();
  await page.waitForURL(`${server.url}/ui/queues/payments`);
  assert.deepEqual(page.problems, []);
  await page.context().close();
  await inEveryLook(browser, async (each, look) => {
    await each.goto(`${server.url}/ui/jobs/${job.id}?tab=error`);
    await each.getByRole('link', { name: 'Dead letters with this error' }).waitFor();
    assert.deepEqual(await findings(each), [], look);
  });
});

test('an attempt is chosen with the keyboard, and its events are marked meanwhile', async () => {
  const job = await server.make(
    'email.send',
    'mails',
    { fail_times: 2, duration_ms: 0 },
    { retry: 'gentle' },
  );
  await server.ended(job, 'SUCCEEDED');
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/jobs/${job.id}`);
  const lane = (n) => page.getByRole('button', { name: `Attempt ${n}`, exact: true });
  await lane(3).waitFor();
  // One stop for Tab: the current one.
  assert.deepEqual(
    await page.locator('.lane button').evaluateAll((all) => all.map((each) => each.tabIndex)),
    [-1, -1, 0],
  );
  await lane(3).focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  assert.ok(await lane(2).evaluate((each) => each === document.activeElement));
  assert.equal(new URL(page.url()).search, '');
  await until('its events to be marked', async () => (await page.locator('.evl .of').count()) === 3);
  await page.keyboard.press('Enter');
  await page.waitForURL(/event=5/);
  await page.locator('.lane.cur').getByText('Attempt 2').waitFor();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press(' ');
  await page.waitForURL(/event=2/);
  assert.equal(await lane(1).getAttribute('aria-pressed'), 'true');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+Tab');
  assert.ok(await lane(1).evaluate((each) => each === document.activeElement));
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('in a backtrace, what is not of a library stands out', async () => {
  const { id } = await server.make('traced', 'traces', {}, { handler: 'remote', max_attempts: 1 });
  const [lease] = await server.worker('traces-1', 'traces', 1);
  const own = 'at capture (/app/src/capture.ts:74:11)';
  const foreign = 'at post (/app/node_modules/got/index.js:3:1)';
  const error = { type: 'GatewayTimeout', message: 'timed out', backtrace: [own, foreign] };
  await server.post(`/leases/${lease.fence}/fail`, { error });
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/jobs/${id}?tab=error`);
  const trace = page.getByRole('region', { name: 'Error message and backtrace' });
  const colorOf = (text) => trace.getByText(text).evaluate((line) => getComputedStyle(line).color);
  assert.notEqual(await colorOf(own), await colorOf(foreign));
  const text = await page.evaluate(() => getComputedStyle(document.body).color);
  assert.equal(await colorOf(own), text);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('a job that was purged is told apart from one that never was', async () => {
  const job = await server.make('email.send', 'default', { force: 'success', duration_ms: 0 });
  // The newest job stays.
  await server.make('email.send', 'default', {}, { handler: 'remote' });
  const status = async () => (await fetch(`${server.url}/jobs/${job.id}`)).status;
  await until('the job to be purged', async () => (await status()) === 404, 60);
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/jobs/${job.id}`);
  await page.getByText(/^Job \d+ had ended and was purged; its events are in archive\//).waitFor();
  await page.goto(`${server.url}/ui/jobs/88213`);
  await page.getByText('There has never been one of this number here.').waitFor();
  assert.deepEqual(gone(page), []);
  await page.context().close();
});
