// The Queues page in Chromium against the real server.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser, openPage, Server } from './server.mjs';

const server = new Server();
let browser;

before(async () => {
  await server.start();
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
  await server.dispose();
});

const queue = async (name) => (await fetch(`${server.url}/queues/${name}`)).json();
const row = (page, name) =>
  page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });

test('a queue is paused with its reason, limited and resumed, and the page shows it', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/queues`);
  await page.getByText('No queue has jobs or settings yet').waitFor();
  await server.post('/jobs', { type: 'mail.send', queue: 'mails', handler: 'remote', payload: {} });
  const mails = row(page, 'mails');
  await mails.waitFor();

  await mails.getByRole('button', { name: 'Pause mails' }).click();
  const question = page.getByRole('alertdialog', { name: 'Pause mails' });
  await question.getByLabel(/Reason/).fill('the relay is down');
  await question.getByRole('button', { name: 'Pause mails' }).click();
  await mails.getByText('the relay is down').waitFor();
  assert.deepEqual((({ paused, pause_reason }) => [paused, pause_reason])(await queue('mails')), [
    true,
    'the relay is down',
  ]);

  await mails.getByRole('button', { name: 'Limit mails' }).click();
  const limit = page.getByRole('alertdialog', { name: 'Limit mails' });
  await limit.getByLabel(/Attempts at a time/).fill('0');
  await limit.getByText(/A whole number/).waitFor();
  await limit.getByLabel(/Attempts at a time/).fill('7');
  await limit.getByRole('button', { name: 'Set the limit' }).click();
  await mails.getByText('of 7').waitFor();
  assert.equal((await queue('mails')).concurrency, 7);

  await mails.getByRole('button', { name: 'Resume mails' }).click();
  await mails.getByRole('button', { name: 'Pause mails' }).waitFor();
  assert.equal((await queue('mails')).paused, false);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('a number leads to the jobs it counts', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/queues`);
  await row(page, 'mails').getByRole('link', { name: '1', exact: true }).click();
  await page.waitForURL(/\/ui\/jobs\?/);
  const { searchParams } = new URL(page.url());
  assert.deepEqual([searchParams.get('queue'), searchParams.get('status')], ['mails', 'QUEUED']);
  await page.getByText('mail.send').first().waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});
