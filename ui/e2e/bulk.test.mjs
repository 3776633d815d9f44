// Selection and bulk actions on the Jobs page, against the real server.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { findings, inEveryLook, openPage, until, withServer } from './server.mjs';

const { server, browser } = await withServer();
const get = async (path) => (await fetch(server.url + path)).json();
const failedJobs = (n, queue) =>
  server.post(
    '/jobs/bulk',
    Array.from({ length: n }, (_, i) => ({
      type: i % 2 === 0 ? 'charge.capture' : 'charge.refund',
      queue,
      payload: { order: 88_000 + i, force: 'fail', duration_ms: 0 },
      max_attempts: 1,
    })),
  );
const counted = (queue, status, n) =>
  until(`${n} ${status} in ${queue}`, async () => (await get('/stats')).by_queue[queue]?.[status] === n);
const toolbar = (page) => page.getByRole('toolbar', { name: /^Actions for/ });

before(async () => {
  await failedJobs(6, 'few');
  await failedJobs(150, 'many');
  await failedJobs(1200, 'most');
  await counted('few', 'FAILED', 6);
  await counted('many', 'FAILED', 150);
  await counted('most', 'FAILED', 1200);
});

test('rows are chosen with the pointer, and an action takes those it fits', async () => {
  const held = await server.post('/jobs', { type: 'charge.capture', queue: 'few', handler: 'remote' });
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/jobs?queue=few`);
  const rows = page.locator('[data-job]');
  await rows.nth(6).waitFor();
  await page.getByRole('checkbox', { name: `Select job ${held.id}` }).check();
  await toolbar(page).getByText('1 selected').waitFor();
  await rows.nth(2).click({ modifiers: ['Shift'] });
  await toolbar(page).getByText('3 selected').waitFor();

  const cancel = toolbar(page).getByRole('button', { name: 'Cancel 1 of 3' });
  await toolbar(page).getByRole('button', { name: 'Discard 2 of 3' }).waitFor();
  await cancel.click();
  await page.getByText('Cancelling 1 job').waitFor();
  await toolbar(page).waitFor({ state: 'detached' });
  await page.locator(`[data-job="${held.id}"]`).getByText('Cancelled').waitFor();
  assert.equal((await get('/jobs?queue=few&status=FAILED')).length, 6);

  await rows.nth(1).click({ modifiers: ['Control'] });
  const off = toolbar(page).getByRole('button', { name: 'Dead-letter' });
  await off.hover();
  await page.getByText('Dead-letter needs jobs that wait').waitFor();
  assert.equal(await off.getAttribute('aria-disabled'), 'true');
  await page.getByRole('button', { name: 'Clear the selection' }).click();
  await toolbar(page).waitFor({ state: 'detached' });
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('all that match is a query: it asks, says of what and as of when, and sends no list', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/jobs?queue=many`);
  await page.locator('[data-job]').first().waitFor();
  await page.getByRole('checkbox', { name: 'Select the loaded rows' }).check();
  await toolbar(page).getByText('100 selected').waitFor();
  await toolbar(page).getByRole('button', { name: 'Select all 150 that match' }).click();
  await toolbar(page)
    .getByText(/^as of seq [\d,]+$/)
    .waitFor();
  await toolbar(page).getByRole('button', { name: 'Retry now' }).click();
  const question = page.getByRole('alertdialog', { name: 'Retry 150 jobs?' });
  await question.getByText(/queue is many as of seq [\d,]+: 150 Failed\./).waitFor();
  const sent = page.waitForRequest((request) => request.url().endsWith('/jobs/actions'));
  await question.getByRole('button', { name: 'Retry 150 jobs' }).click();
  const body = (await sent).postDataJSON();
  assert.equal(body.ids, undefined);
  assert.equal(body.filter.queue, 'many');
  assert.ok(!body.filter.status.includes('RUNNING'));
  await page.getByRole('region', { name: 'Retry of 150 jobs' }).getByText('150 of 150 sent, done').waitFor();
  await until('second generations', async () =>
    (await get('/jobs?queue=many&limit=1000')).every((job) => job.generation === 2),
  );
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('more than a thousand are typed, and a large action is stopped from another page', async () => {
  await fetch(`${server.url}/queues/most/limit`, { method: 'PUT', body: '{"concurrency":1}' });
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/jobs?queue=most&status=failed`);
  await page.locator('[data-job]').first().waitFor();
  await page.keyboard.press('Control+Shift+A');
  await toolbar(page).getByText('1,200 selected').waitFor();
  await toolbar(page).getByRole('button', { name: 'Discard', exact: true }).click();
  const question = page.getByRole('alertdialog', { name: 'Discard 1,200 jobs?' });
  const go = question.getByRole('button', { name: 'Discard 1,200 jobs' });
  assert.equal(await go.getAttribute('aria-disabled'), 'true');
  await question.getByRole('textbox').fill('1199');
  assert.equal(await go.getAttribute('aria-disabled'), 'true');
  await question.getByRole('textbox').fill('1,200');
  await go.click();
  await counted('most', 'DISCARDED', 1200);
  // The page hears of it a little later than the counts do.
  await page.getByText('100 no longer match').waitFor();
  await page.getByRole('button', { name: 'Re-sort now' }).click();
  await page.getByRole('heading', { name: 'No job matches these filters' }).waitFor();

  const slow = await server.post('/jobs/actions', {
    action: 'retry',
    filter: { queue: 'most', status: 'DISCARDED' },
    per_second: 1,
  });
  await page.getByRole('link', { name: 'Queues' }).first().click();
  const card = page.getByRole('region', { name: 'Retry of 1,200 jobs' });
  await card.getByRole('link', { name: 'Retry of 1,200 jobs' }).click({ timeout: 30_000 });
  await page.waitForURL(`${server.url}/ui/bulk/${slow.id}`);
  await page.getByRole('heading', { name: 'Retry 1,200 jobs' }).waitFor();
  await page.getByText('At most 1 per second.').waitFor();
  await page.locator('.bulkpage').getByRole('button', { name: 'Stop' }).click();
  await page.locator('.bulkpage').getByText('Stopped').waitFor();
  await until('the stop', async () => (await get(`/jobs/actions/${slow.id}`)).state === 'STOPPED');
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('an operation has a page of its own: what was refused and why, and what is not known any more', async () => {
  const { id } = await server.post('/jobs', { type: 'kept', queue: 'kept', handler: 'remote' });
  const done = await server.post('/jobs/actions', { action: 'discard', ids: [id, 999_999] });
  await until('the end', async () => (await get(`/jobs/actions/${done.id}`)).state === 'FINISHED');
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/bulk/${done.id}`);
  await page.getByRole('heading', { name: 'Discard 2 jobs' }).waitFor();
  await page.getByText('Done', { exact: true }).waitFor();
  await page
    .getByRole('region', { name: 'Refused' })
    .getByRole('link', { name: String(id) })
    .click();
  await page.waitForURL(`${server.url}/ui/jobs/${id}`);
  assert.deepEqual(page.problems, []);
  await page.goto(`${server.url}/ui/bulk/4711`);
  await page.getByRole('heading', { name: 'No bulk operation 4711' }).waitFor();
  await page.context().close();
  await inEveryLook(browser, async (each, look) => {
    await each.goto(`${server.url}/ui/bulk/${done.id}`);
    await each.getByRole('region', { name: 'Refused' }).waitFor();
    assert.deepEqual(await findings(each), [], look);
  });
});

test('the tabs count inside a type and a queue at once', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/jobs?queue=few&type=charge.refund`);
  await page.getByRole('tab', { name: /^All 3$/ }).waitFor();
  await page.getByRole('tab', { name: /^Failed 3$/ }).waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('axe finds nothing with a selection and a question, in both themes and at three widths', async () => {
  await inEveryLook(browser, async (page, look) => {
    await page.goto(`${server.url}/ui/jobs?queue=few`);
    const boxes = page.getByRole('checkbox', { name: /^Select job/ });
    await boxes.nth(1).check();
    await boxes.nth(2).check();
    await toolbar(page).waitFor();
    assert.deepEqual(await findings(page), [], `selection ${look}`);
    await toolbar(page)
      .getByRole('button', { name: /^Discard/ })
      .click();
    await page.getByRole('alertdialog').waitFor();
    assert.deepEqual(await findings(page), [], `question ${look}`);
  });
});
