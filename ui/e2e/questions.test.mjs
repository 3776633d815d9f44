// "Why is it not running?" and "why did it run more than once?" in Chromium against the real server.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { findings, inEveryLook, openBrowser, openPage, Server } from './server.mjs';

const server = new Server();
let browser;
let held;
let twice;

before(async () => {
  await server.start();
  browser = await openBrowser();
  const remote = { handler: 'remote', payload: {} };
  await server.post('/queues/imports/pause', { reason: 'bad supplier file' });
  held = await server.post('/jobs', { type: 'import.rows', queue: 'imports', ...remote });
  twice = await server.post('/jobs', { type: 'mail.send', queue: 'mails', ...remote });
  const [first] = await server.worker('mails-1', 'mails', 1);
  await server.post(`/leases/${first.fence}/release`, { reason: 'deploy' });
  await server.worker('mails-2', 'mails', 1);
});
after(async () => {
  await browser.close();
  await server.dispose();
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
  const seen = page.context().waitForEvent('page');
  await paused.getByRole('link', { name: /^event \d+$/ }).click();
  const [cause] = JSON.parse(await (await seen).locator('body').innerText());
  assert.deepEqual([cause.type, cause.data.reason], ['QueuePaused', 'bad supplier file']);

  await page.bringToFront();
  await paused.getByRole('button', { name: 'Resume imports' }).click();
  await paused.waitFor({ state: 'detached' });
  await page.locator('[data-gate=worker]').getByText('No worker listens to queue imports').waitFor();
  assert.equal((await (await fetch(`${server.url}/queues/imports`)).json()).paused, false);
  await page.keyboard.press('w');
  await page.waitForURL(/why=none/);
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

test('axe finds nothing in an open question, in both themes and at three widths', async () => {
  await inEveryLook(browser, async (page, look) => {
    for (const [job, why] of [
      [held, 'waiting'],
      [twice, 'twice'],
    ]) {
      await page.goto(`${server.url}/ui/jobs/${job.id}?why=${why}`);
      await page.locator('.question li').first().waitFor();
      assert.deepEqual(await findings(page), [], `${why} ${look}`);
      if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/${why}-${look}.png` });
    }
  });
});
