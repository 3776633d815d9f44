// The Queues page in Chromium against the real server.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findings, inEveryLook, openPage, Server, until, withServer } from './server.mjs';

const { server, browser } = await withServer();

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
  await mails.getByText(/^Paused since \d\d:\d\d:\d\d$/).waitFor();
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

test('a reason that was typed for one queue and given up is not offered for another', async () => {
  await server.post('/jobs', { type: 'mail.send', queue: 'other', handler: 'remote', payload: {} });
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/queues`);
  await row(page, 'mails').getByRole('button', { name: 'Pause mails' }).click();
  const question = page.getByRole('alertdialog');
  await question.getByLabel(/Reason/).fill('the relay is down');
  await question.getByRole('button', { name: 'Leave as is' }).click();
  await question.waitFor({ state: 'detached' });
  await row(page, 'other').getByRole('button', { name: 'Pause other' }).click();
  assert.equal(await question.getByLabel(/Reason/).inputValue(), '');
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

test('a queue opens below the list: what waits over time, what was changed, its limit, its jobs', async () => {
  await fetch(`${server.url}/policies/gentle`, { method: 'PUT', body: '{"kind":"linear","base_ms":1000}' });
  for (let i = 0; i < 3; i++)
    await server.make('import.rows', 'imports', { i }, { handler: 'remote', retry: 'gentle' });
  await server.post('/queues/imports/pause', { reason: 'bad file' });
  await fetch(`${server.url}/queues/imports/limit`, { method: 'PUT', body: '{"concurrency":2}' });
  await server.worker('imports-1', 'imports', 0);
  await fetch(`${server.url}/leases`, {
    method: 'POST',
    body: '{"worker":"imports-1","queues":["imports","mails"]}',
  });
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/queues`);
  await row(page, 'imports').getByRole('link', { name: 'imports', exact: true }).click();
  await page.waitForURL(`${server.url}/ui/queues/imports`);
  const detail = page.getByRole('region', { name: 'imports', exact: true });
  await detail.getByText('3 queued, empties once it is resumed').waitFor();
  await detail.getByRole('img', { name: /^Depth over 60 minutes: now 3 jobs queued, 0 retrying/ }).waitFor();
  await detail.getByRole('region', { name: 'Policy in force' }).getByText('gentle v1').waitFor();
  await detail.getByRole('region', { name: 'Job types' }).getByText('100 %').waitFor();
  await detail.getByRole('region', { name: 'Workers' }).getByRole('link', { name: 'imports-1' }).waitFor();
  const changes = detail.getByRole('region', { name: 'Changes' });
  for (const words of ['policy gentle set', 'imports paused', 'imports limited to 2'])
    await changes.getByText(words).waitFor();

  await page.keyboard.press('t');
  const numbers = detail.getByRole('region', { name: 'The queue as numbers' });
  await numbers.getByRole('row', { name: /^now 3 0 0 2/ }).waitFor();
  await detail.getByRole('button', { name: 'Table' }).click();
  await numbers.waitFor({ state: 'detached' });

  await detail.getByRole('button', { name: 'One more, from now on' }).click();
  await changes.getByText('imports limited to 3').waitFor();
  assert.equal((await queue('imports')).concurrency, 3);

  await changes.getByText('imports paused').click();
  await page.waitForURL(/\/ui\/time-travel\?.*at=\d+/);
  await page.goBack();

  await detail.getByRole('button', { name: 'Cancel 3 queued' }).click();
  const question = page.getByRole('alertdialog', { name: 'Cancel 3 jobs?' });
  await question.getByLabel('Type 3 to go on').fill('3');
  await question.getByRole('button', { name: 'Cancel 3 jobs' }).click();
  await detail.getByText('0 queued').first().waitFor();
  assert.equal((await queue('imports')).by_status.CANCELLED, 3);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('how full a queue was is read from the log once, and goes on from there', async () => {
  await server.make('mail.send', 'mails', {}, { handler: 'remote' });
  const page = await openPage(browser);
  const asked = [];
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.pathname === '/state') asked.push(url.searchParams.get('at'));
  });
  await page.goto(`${server.url}/ui/queues/mails`);
  await row(page, 'mails').locator('.spark').waitFor();
  await until('all moments to be read', () => asked.length === 31);
  await page.getByRole('link', { name: 'Workers' }).first().click();
  await page.getByRole('heading', { name: 'Start a worker' }).waitFor();
  await page.goBack();
  await row(page, 'mails').locator('.spark').waitFor();
  assert.equal(new Set(asked).size, asked.length);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('a pause from before the time that is looked at is said to be so', async () => {
  const full = new Server('--clock', 'manual');
  await full.start();
  await full.post('/queues/old/pause', { reason: 'a while ago' });
  await full.post('/clock/advance', { by_ms: 2 * 3_600_000 });
  const page = await openPage(browser);
  // So little is in the log that all of it is looked at.
  await page.goto(`${full.url}/ui/queues`);
  await row(page, 'old')
    .getByText(/^Paused since \d/)
    .waitFor();
  const jobs = Array.from({ length: 1000 }, () => ({ type: 'many', handler: 'remote' }));
  for (let i = 0; i < 3; i++) await full.post('/jobs/bulk', jobs);
  await full.post('/clock/advance', { by_ms: 2 * 3_600_000 });
  await page.reload();
  await row(page, 'old').getByText('Paused over 60 min ago').waitFor();
  await page.context().close();
  await full.stop();
  await full.dispose();
});

test('a queue that is not there is named, and the list stays', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/queues/nobody`);
  await page.getByText('There is no queue “nobody”').waitFor();
  await row(page, 'mails').waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

const then = {};

test('a queue in the past is what it was, with what led there; actions are off and links keep the moment', async () => {
  const put = (path, body) => fetch(server.url + path, { method: 'PUT', body: JSON.stringify(body) });
  await put('/policies/steady', { kind: 'fixed', base_ms: 2000 });
  for (let i = 0; i < 3; i++)
    await server.make('ledger.close', 'ledger', { i }, { handler: 'remote', retry: 'steady' });
  const [lease] = await server.worker('ledger-1', 'ledger', 1);
  await server.post('/queues/ledger/pause', { reason: 'books are open' });
  await put('/queues/ledger/limit', { concurrency: 2 });
  then.seq = await server.newest();
  await put('/queues/ledger/limit', { concurrency: null });
  await server.post('/queues/ledger/resume', {});
  await server.post(`/leases/${lease.fence}/ack`, {});
  await server.make('ledger.open', 'ledger', {}, { handler: 'remote' });
  await server.make('tax.file', 'taxes', {}, { handler: 'remote' });

  const page = await openPage(browser);
  const looks = [];
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.pathname === '/state') looks.push(url.searchParams.get('at'));
  });
  await page.goto(`${server.url}/ui/queues/ledger?at=${then.seq}`);
  const detail = page.getByRole('region', { name: 'ledger', exact: true });
  await detail.getByText('2 queued, empties once it is resumed').waitFor();
  await detail.getByRole('img', { name: /^Depth over 60 minutes: then 2 jobs queued, 0 retrying/ }).waitFor();
  await detail.getByRole('img', { name: /^Running over 60 minutes: then 1 of 2/ }).waitFor();
  await detail.getByRole('region', { name: 'Policy in force' }).getByText('steady v1').waitFor();
  const changes = detail.getByRole('region', { name: 'Changes' });
  for (const words of ['policy steady set', 'ledger paused', 'ledger limited to 2'])
    await changes.getByText(words).waitFor();
  assert.equal(await changes.getByText(/ledger resumed|ledger without limit/).count(), 0);
  const types = detail.getByRole('region', { name: 'Job types' });
  await types.getByText('100 %').waitFor();
  assert.equal(await types.getByText('ledger.open').count(), 0);
  const workers = detail.getByRole('region', { name: 'Workers' });
  await workers.getByTitle('ledger-1 ran 1 job of this queue').waitFor();
  await workers.getByText('Who else asked for it then is not in the log.').waitFor();
  await row(page, 'ledger').getByText('books are open').waitFor();
  await row(page, 'ledger')
    .getByText(/^Paused since \d\d:\d\d:\d\d$/)
    .waitFor();
  await row(page, 'ledger').getByText('of 2').waitFor();
  await row(page, 'ledger').locator('.spark').waitFor();
  assert.equal(await row(page, 'taxes').count(), 0);
  for (const name of ['Resume ledger', 'Cancel 2 queued', 'One more, from now on'])
    assert.equal(await detail.getByRole('button', { name }).getAttribute('aria-disabled'), 'true', name);

  await page.getByRole('button', { name: 'To the next event' }).click();
  await detail.getByText('1 of 2', { exact: true }).waitFor({ state: 'detached' });
  await changes.getByText('ledger without limit').waitFor();
  await page.getByRole('button', { name: 'To the event before' }).click();
  await changes.getByText('ledger without limit').waitFor({ state: 'detached' });
  const times = looks.filter((at) => at.includes('T'));
  assert.equal(new Set(times).size, times.length, 'no time is looked at twice');
  await page.keyboard.press('t');
  await detail.getByRole('row', { name: /^then 2 0 1 2/ }).waitFor();
  await types.getByRole('link', { name: 'ledger.close' }).click();
  await page.waitForURL(
    (url) => url.pathname === '/ui/jobs' && url.searchParams.get('at') === String(then.seq),
  );
  await page.goto(`${server.url}/ui/queues/taxes?at=${then.seq}`);
  await page.getByText('There was no queue “taxes” then').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('region', { name: 'taxes', exact: true }).getByText('1 queued').first().waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('axe finds nothing on the page of a queue, in any look', async () => {
  await inEveryLook(browser, async (page, look) => {
    await page.goto(`${server.url}/ui/queues/imports`);
    await page.getByRole('region', { name: 'Changes' }).getByText('imports paused').waitFor();
    await page.getByRole('region', { name: 'Wait before start' }).waitFor();
    assert.deepEqual(await findings(page), [], look);
    await page.keyboard.press('t');
    await page.getByRole('region', { name: 'The queue as numbers' }).waitFor();
    assert.deepEqual(await findings(page), [], `${look}, as numbers`);
    await page.goto(`${server.url}/ui/queues/ledger?at=${then.seq}`);
    await page.getByRole('region', { name: 'Changes' }).getByText('ledger paused').waitFor();
    await page.getByText('Who else asked for it then').waitFor();
    assert.deepEqual(await findings(page), [], `${look}, in the past`);
  });
});
