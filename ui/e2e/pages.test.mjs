// Overview, Dead letters and Reference against the real server, in Chromium.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findings, inEveryLook, openPage, Server, until, withServer } from './server.mjs';

const { server, browser } = await withServer();

const fail = (type, queue, more = {}) =>
  server.post('/jobs', { type, queue, payload: { force: 'fail', duration_ms: 0 }, max_attempts: 1, ...more });
const get = async (path) => (await fetch(server.url + path)).json();

const deadLetters = (n) =>
  until(`${n} dead letters`, async () => (await get('/stats')).by_status.FAILED === n);

test('the first page says how to begin, then shows figures, attempts and failures as they come', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/`);
  await page.getByRole('heading', { name: 'Nothing has been queued yet' }).waitFor();
  await page.getByRole('link', { name: 'Play a scenario in the Lab' }).click();
  await page.waitForURL('**/ui/lab?scenario=outage');
  await page.getByRole('button', { name: /^Run/ }).first().waitFor();
  await page.goBack();
  for (let i = 0; i < 4; i++)
    await server.post('/jobs', { type: 'email.send', payload: { force: 'success', duration_ms: 5 } });
  await fail('charge.capture', 'payments');
  await page
    .getByRole('img', { name: /^Attempts every 10 s: 4 attempts succeeded.*1 failed for good$/ })
    .waitFor();
  await page.getByRole('region', { name: 'Queues' }).getByText('payments').waitFor();
  const failing = page.getByRole('region', { name: 'Failing now' });
  await failing.getByText('ForcedFailure').waitFor();
  await failing.getByRole('link', { name: 'payments' }).waitFor();
  await failing.getByText('0.2/min').waitFor();
  await page.keyboard.press('t');
  await page.getByRole('region', { name: 'Attempts as numbers' }).getByRole('row').nth(1).waitFor();

  await page
    .getByRole('region', { name: 'Jobs by status' })
    .getByRole('link', { name: /Succeeded/ })
    .click();
  await page.waitForURL('**/ui/jobs?status=succeeded');
  await page.keyboard.press('g');
  await page.keyboard.press('o');
  await failing.getByRole('link', { name: /ForcedFailure/ }).click();
  await page.waitForURL('**/ui/dead-letters?group=*');
  await page.getByRole('heading', { name: 'ForcedFailure' }).waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('the first page says how long the oldest job of a queue has waited', async () => {
  const page = await openPage(browser);
  await server.post('/jobs', { type: 'waits', queue: 'unserved', handler: 'remote' });
  await page.goto(`${server.url}/ui/`);
  const queues = page.getByRole('region', { name: 'Queues' });
  await queues.getByRole('columnheader', { name: 'Oldest' }).waitFor();
  const wait = queues
    .getByRole('row', { name: /^unserved/ })
    .getByRole('cell')
    .nth(1);
  await until('the wait to be told', async () => /^[1-9]\d* s$/.test(await wait.textContent()));
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('flags stand over the attempts, a stretch of them is picked, and the address keeps it', async () => {
  await server.post('/queues/payments/pause', { reason: 'test' });
  await server.post('/queues/payments/resume');
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/`);
  const attempts = page.getByRole('region', { name: 'Attempts by outcome' });
  const flag = attempts.getByRole('link', { name: /payments paused at/ });
  await flag.waitFor();
  const latest = page.getByRole('region', { name: 'Latest' });
  await latest.getByText('QueueResumed').waitFor();
  await latest.getByRole('radio', { name: 'Failures' }).click();
  await latest.getByText('ForcedFailure').waitFor();

  const box = await attempts.locator('.brush').boundingBox();
  const drag = async (from, to) => {
    await page.mouse.move(box.x + box.width * from, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * to, box.y + box.height / 2, { steps: 4 });
    await page.mouse.up();
  };
  await drag(0.6, 0.9995);
  await page.waitForURL(/from=.*to=/);
  await attempts.getByRole('img', { name: /^Attempts every [25] s: 4 attempts succeeded/ }).waitFor();
  await page.reload();
  await attempts.getByRole('img', { name: /^Attempts every [25] s: 4 attempts succeeded/ }).waitFor();
  await attempts.getByRole('button', { name: 'Reset zoom' }).click();
  await page.waitForURL(`${server.url}/ui/`);
  await attempts.getByRole('img', { name: /^Attempts every 10 s/ }).waitFor();

  await flag.click();
  await page.waitForURL(/\/ui\/time-travel\?/);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('a group of dead letters is redriven as a whole, and the rest discarded once its number is typed', async () => {
  for (let i = 0; i < 6; i++) {
    const { id } = await server.post('/jobs', {
      type: 'row.import',
      queue: 'imports',
      handler: 'remote',
      max_attempts: 1,
    });
    const lease = await server.post('/leases', { worker: 'test', queues: ['imports'], wait_ms: 5000 });
    assert.equal(lease.job.id, id);
    const message = i < 5 ? `row ${id}: no such column` : 'disk full';
    const backtrace = ['import.rb:12', 'worker.rb:3'];
    await server.post(`/leases/${lease.fence}/fail`, { error: { type: 'ImportError', message, backtrace } });
  }
  for (let i = 0; i < 104; i++) await fail('bulk', 'bulk');
  await deadLetters(111);

  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/dead-letters`);
  const groups = page.getByRole('navigation', { name: 'Error groups' });
  await groups.getByRole('link', { name: /^ImportError ?5 ?row n: no such column/ }).click();
  await page.getByTitle('import.rb:12').getByText('thrown at').waitFor();
  await page.getByText('tick is the newest 6 jobs of imports').waitFor();
  const there = await page.getByRole('link', { name: 'Open in Jobs' }).getAttribute('href');
  assert.equal(there, '/ui/jobs?status=failed&queue=imports&error=ImportError');
  await page.getByLabel('Pace').selectOption('5 per second');
  await page.getByRole('img', { name: /^At most [\d.]+ attempts more at a time, for 1 s$/ }).waitFor();
  await page.getByLabel('Pace').selectOption('As fast as it goes');
  await page.getByRole('button', { name: 'Redrive 5 jobs' }).click();
  await page.getByText('Retrying 5 jobs').waitFor();
  await page.getByText('5 of 5 sent, done').waitFor();
  await groups.getByRole('link', { name: /no such column/ }).waitFor({ state: 'detached' });
  assert.equal((await get('/jobs?queue=imports&status=QUEUED')).length, 5);
  await page.getByRole('heading', { name: 'No dead letters in this group' }).waitFor();

  await page.getByLabel('Filter dead letters').fill('Forced');
  await page.waitForURL('**q=Forced*');
  await groups.getByText('ImportError').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Discard 105 jobs' }).click();
  const question = page.getByRole('alertdialog');
  await question.getByLabel('Type 105 to go on').fill('105');
  await question.getByRole('button', { name: 'Discard 105 jobs' }).click();
  await deadLetters(1);
  await page.getByRole('heading', { name: 'No dead letter matches this filter' }).waitFor();
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await groups.getByText('disk full').waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('what was changed about the queue of a group stands over its time', async () => {
  const own = new Server();
  await own.start();
  const job = await own.make('fails', 'flagged', { force: 'fail', duration_ms: 0 }, { max_attempts: 1 });
  await own.ended(job, 'FAILED');
  const before = await own.newest();
  await own.post('/queues/flagged/pause', { reason: 'test' });
  await own.post('/queues/unrelated/pause', { reason: 'test' });
  const page = await openPage(browser);
  await page.goto(`${own.url}/ui/dead-letters?at=${before}`);
  const over = page.getByRole('region', { name: 'Dead-lettered over time' });
  await over.getByRole('img').waitFor();
  const flag = over.getByRole('link', { name: /flagged paused at/ });
  assert.equal(await flag.count(), 0);
  await page.goto(`${own.url}/ui/dead-letters`);
  await flag.waitFor();
  assert.equal(await over.getByRole('link', { name: /unrelated/ }).count(), 0);
  await flag.click();
  await page.waitForURL(/\/ui\/time-travel\?/);
  assert.deepEqual(page.problems, []);
  await page.context().close();
  await inEveryLook(browser, async (each, look) => {
    await each.goto(`${own.url}/ui/dead-letters?group=all`);
    await each.getByRole('link', { name: /flagged paused at/ }).waitFor();
    assert.deepEqual(await findings(each), [], look);
  });
  await own.stop();
  await own.dispose();
});

test('a page without dead letters says when the last one was taken out, now and then', async () => {
  const fresh = new Server();
  await fresh.start();
  const page = await openPage(browser);
  await page.goto(`${fresh.url}/ui/dead-letters`);
  await page.getByRole('heading', { name: 'No dead letters' }).waitFor();
  const job = await fresh.make('fails', 'q', { force: 'fail', duration_ms: 0 }, { max_attempts: 1 });
  await fresh.ended(job, 'FAILED');
  await page.getByRole('navigation', { name: 'Error groups' }).waitFor();
  await fresh.post(`/jobs/${job.id}/discard`, {});
  await page.getByText(/^The last one was discarded \d+ s ago\.$/).waitFor();
  const seq = await fresh.newest();
  await page.goto(`${fresh.url}/ui/dead-letters?at=${seq}`);
  await page.getByText(/^The last one was discarded /).waitFor();
  await page.goto(`${fresh.url}/ui/dead-letters?at=1`);
  await page.getByRole('heading', { name: 'There were no dead letters' }).waitFor();
  assert.equal(await page.getByText('The last one').count(), 0);
  assert.deepEqual(page.problems, []);
  await page.context().close();
  await fresh.stop();
  await fresh.dispose();
});

test('a bulk operation shows how far it is and can be stopped', async () => {
  for (let i = 0; i < 30; i++) await fail('slow', 'slow');
  await deadLetters(31);
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/dead-letters?queue=slow`);
  await page.getByLabel('Pace').selectOption('1');
  await page.getByRole('button', { name: 'Redrive 30 jobs' }).click();
  const card = page.getByRole('region', { name: 'Redrive of All dead letters' });
  await card.getByRole('progressbar').waitFor();
  await card.getByRole('button', { name: 'Stop' }).click();
  await card.getByText(/of 30 sent, stopped/).waitFor();
  assert.equal((await get('/jobs/actions'))[0].state, 'STOPPED');
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('what a job or an error contains is shown as text on every page', async () => {
  const hostile = '<img src=x onerror="document.title=1">';
  await server.post('/jobs', { type: hostile, queue: 'hostile', handler: 'remote', max_attempts: 1 });
  const lease = await server.post('/leases', { worker: 'test', queues: ['hostile'], wait_ms: 5000 });
  await server.post(`/leases/${lease.fence}/fail`, { error: { type: hostile, message: hostile } });
  const page = await openPage(browser);
  for (const path of ['/ui/', '/ui/dead-letters?queue=hostile', '/ui/events?type=Failed']) {
    await page.goto(server.url + path);
    await page.getByText(hostile).first().waitFor();
    assert.equal(await page.locator('img[src="x"]').count(), 0);
    assert.notEqual(await page.title(), '1');
  }
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('the reference shows every operation, the fields of its body and the schema behind a name', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/docs`);
  await page.waitForURL('**/ui/reference');
  const create = page.locator('#createJob');
  await create.getByText('max_attempts').first().waitFor();
  await create.getByRole('link', { name: 'Job', exact: true }).first().click();
  await page.waitForURL('**/ui/reference#schema-Job');
  await page.locator('#schema-Job').getByText('next_attempt_at').waitFor();
  const { paths } = await get('/openapi.json');
  const described = Object.values(paths).flatMap((methods) => Object.keys(methods)).length;
  assert.equal(await page.locator('.ref-op .ref-method').count(), described);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('axe finds nothing on the pages, in both themes and at three widths', async () => {
  const places = [
    ['/ui/', '.kpi'],
    ['/ui/dead-letters', '[data-group]'],
    ['/ui/reference', '.ref-op'],
  ];
  await inEveryLook(browser, async (page, look) => {
    for (const [path, ready] of places) {
      await page.goto(server.url + path);
      await page.locator(ready).first().waitFor();
      if (path === '/ui/dead-letters') await page.locator(ready).nth(1).click();
      assert.deepEqual(await findings(page), [], `${path} ${look}`);
    }
  });
});
