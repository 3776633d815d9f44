// The dashboard against the real server, in Chromium: what a person does in the first minutes.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findings, inEveryLook, openPage, withServer } from './server.mjs';

const { server, browser } = await withServer();

const FIRST_SIGN = { '/ui/jobs': '[data-job]', '/ui/workers': 'li.w', '/ui/queues': '.qs tbody tr' };
const row = (page, id) => page.locator(`[data-job="${id}"]`);

async function createInPage(page, type, behaviour, maxAttempts) {
  await page.getByRole('button', { name: 'New job' }).first().click();
  const drawer = page.getByRole('dialog', { name: 'New job' });
  await drawer.getByLabel('Type').fill(type);
  await drawer
    .getByRole('radiogroup', { name: 'How should it behave' })
    .getByRole('radio', { name: behaviour, exact: true })
    .click();
  await drawer.getByLabel('Takes, ms').fill('300');
  await drawer.getByLabel('Max attempts').fill(String(maxAttempts));
  await drawer.getByLabel('Base, ms').fill('100');
  const answer = page.waitForResponse((r) => r.url().endsWith('/jobs') && r.request().method() === 'POST');
  await drawer.getByRole('button', { name: 'Create job' }).click();
  const job = await (await answer).json();
  await drawer.waitFor({ state: 'hidden' });
  return job.id;
}

test('jobs created in the page reach their ends before the eyes, and a retry makes generation 2', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/`);
  await page.getByRole('heading', { name: 'Nothing has been queued yet' }).waitFor();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Jobs' }).click();
  let loads = 0;
  page.on('load', () => loads++);

  const good = await createInPage(page, 'email.send', 'Succeed', 3);
  await row(page, good).getByText('Succeeded').waitFor();
  const bad = await createInPage(page, 'charge.capture', 'Fail', 2);
  await row(page, bad).getByText('Failed').waitFor();
  await row(page, bad).getByText('Forced failure').waitFor();
  await page.getByRole('tab', { name: /^Failed 1$/ }).waitFor();

  await row(page, bad).click();
  await page.waitForURL(`**/ui/jobs/${bad}*`);
  await page.locator('.pill').getByText('Failed').waitFor();
  await page.getByRole('button', { name: 'Retry', exact: true }).click();
  await page.getByRole('listbox', { name: 'Events of this job' }).getByText('Requeued').waitFor();
  await page.getByRole('radiogroup', { name: 'Generation' }).getByRole('radio', { name: '2' }).waitFor();
  await page.locator('.pill').getByText('Failed').waitFor();
  const job = await (await fetch(`${server.url}/jobs/${bad}`)).json();
  assert.equal(job.generation, 2);
  assert.equal(loads, 0, 'the page was reloaded');
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('a job made elsewhere appears by itself, and the order holds still under the pointer', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/jobs`);
  const first = page.getByRole('grid', { name: 'Jobs' }).locator('[data-job]').first();
  await first.waitFor();
  const { id } = await server.post('/jobs', {
    type: 'made.elsewhere',
    payload: { force: 'success', duration_ms: 0 },
  });
  await row(page, id).waitFor();

  await first.hover();
  const under = await first.getAttribute('data-job');
  const next = await server.post('/jobs', {
    type: 'made.elsewhere',
    payload: { force: 'success', duration_ms: 0 },
  });
  await page.getByRole('button', { name: /new job/ }).waitFor();
  assert.equal(await first.getAttribute('data-job'), under);
  assert.equal(await row(page, next.id).count(), 0);
  await page.keyboard.press('.');
  await row(page, next.id).waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('the list goes on taking in new jobs while more of them come without a pause', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/jobs`);
  const first = page.getByRole('grid', { name: 'Jobs' }).locator('[data-job]').first();
  await first.waitFor();
  const top = async () => Number(await first.getAttribute('data-job'));
  const seen = new Set();
  for (let made = 0; seen.size < 4 && made < 3000; made++) {
    await server.post('/jobs', { type: 'stream', payload: { force: 'success', duration_ms: 0 } });
    seen.add(await top());
  }
  assert.ok(seen.size >= 4, `the list moved ${seen.size - 1} times`);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('a status that changes is tinted for a moment, unless motion is not wanted', async () => {
  for (const reducedMotion of ['no-preference', 'reduce']) {
    const page = await openPage(browser, { reducedMotion });
    await page.addInitScript(() => {
      const animate = Element.prototype.animate;
      globalThis.tinted = [];
      Element.prototype.animate = function (...how) {
        globalThis.tinted.push([this.closest('[data-job]')?.dataset.job, how[0][0].backgroundColor]);
        return animate.apply(this, how);
      };
    });
    const { id } = await server.post('/jobs', { type: 'tinted', queue: 'tints', handler: 'remote' });
    await page.goto(`${server.url}/ui/jobs?queue=tints`);
    const row = page.locator(`[data-job="${id}"]`);
    await row.getByText('Queued').waitFor();
    await server.post(`/jobs/${id}/cancel`, {});
    await row.getByText('Cancelled').waitFor();
    const tinted = await page.evaluate(() => globalThis.tinted);
    const expected = [[String(id), 'var(--cancelled-tint)']];
    assert.deepEqual(tinted, reducedMotion === 'reduce' ? [] : expected);
    await page.context().close();
  }
});

test('the page says that the server is gone, and resumes when it is back', async () => {
  const page = await openPage(browser);
  const { id } = await server.post('/jobs', {
    type: 'long',
    payload: { force: 'success', duration_ms: 1500 },
  });
  await page.goto(`${server.url}/ui/jobs/${id}`);
  await page.locator('.side .foot').getByText(/^Live/).waitFor();
  await server.stop('SIGKILL');
  await page
    .locator('.side .foot')
    .getByText(/Reconnecting|Offline/)
    .waitFor();
  const banner = page.locator('.strip').filter({ hasText: /^Offline since \d\d:\d\d:\d\d/ });
  await banner.getByText(/^next try in \d+ s/).waitFor();
  await server.start();
  await banner.getByRole('button', { name: 'Try now' }).click();
  await banner.waitFor({ state: 'detached' });
  await page.locator('.side .foot').getByText(/^Live/).waitFor();
  await page.getByRole('listbox', { name: 'Events of this job' }).getByText('Interrupted').first().waitFor();
  await page.locator('.pill').getByText('Succeeded').waitFor();
  assert.deepEqual(
    page.problems.filter((p) => !/WebSocket/.test(p)),
    [],
  );
  await page.context().close();
});

test('axe finds nothing while there is no stream, in any look', async () => {
  await inEveryLook(browser, async (page, look) => {
    await page.routeWebSocket(/\/ws$/, (socket) => socket.close());
    await page.goto(`${server.url}/ui/jobs`);
    await page
      .locator('.strip')
      .getByText(/^Offline since/)
      .waitFor();
    assert.deepEqual(await findings(page), [], look);
  });
});

test('what a job contains is shown as text and never runs', async () => {
  const page = await openPage(browser);
  const hostile = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
  const { id } = await server.post('/jobs', {
    type: hostile,
    queue: 'q',
    payload: { note: hostile, force: 'fail' },
    tags: [hostile],
    max_attempts: 1,
  });
  await page.goto(`${server.url}/ui/jobs`);
  await row(page, id).getByText(hostile).first().waitFor();
  await page.goto(`${server.url}/ui/jobs/${id}`);
  await page.locator('.pill').getByText('Failed').waitFor();
  assert.equal(await page.locator('img[src="x"]').count(), 0);
  assert.doesNotMatch(await page.title(), /^[12]$/);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('axe finds nothing on the pages, in both themes and at three widths', async () => {
  const { id } = await server.post('/jobs', {
    type: 'charge.capture',
    payload: { sequence: ['fail', 'timeout', 'success'], duration_ms: 50 },
    retry: { base_ms: 60000 },
  });
  await server.post('/jobs', { type: 'image.resize', queue: 'images', handler: 'remote', payload: {} });
  await server.worker('images-1', 'images', 1);
  await inEveryLook(browser, async (page, look) => {
    for (const path of ['/ui/jobs', `/ui/jobs/${id}`, '/ui/workers', '/ui/queues']) {
      await page.goto(server.url + path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page
        .locator(FIRST_SIGN[path] ?? 'li.lane')
        .first()
        .waitFor();
      assert.deepEqual(await findings(page), [], `${path} ${look}`);
    }
  });
});
