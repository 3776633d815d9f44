// Lists that the server takes long for: that is said, and can be stopped.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { findings, inEveryLook, openPage, until, withServer } from './server.mjs';

const JOBS = 150;
const { server, browser } = await withServer();

before(async () => {
  const jobs = Array.from({ length: JOBS }, () => ({ type: 'many', queue: 'slow', handler: 'remote' }));
  await server.post('/jobs/bulk', jobs);
});

// Holds back what the list asks for, as long as `isHeld`, and counts what was given up.
async function holdLists(page, path) {
  const held = { isHeld: true, asked: 0, givenUp: 0 };
  page.on('requestfailed', (request) => {
    if (path.test(request.url()) && /ABORTED/.test(request.failure().errorText)) held.givenUp++;
  });
  await page.route(path, async (route) => {
    held.asked++;
    if (!held.isHeld) await route.continue();
  });
  return held;
}

const LIST = /\/jobs\?queue=slow&limit=100$/;
const MORE = /\/jobs\?.*cursor=/;
const row = (page) => page.locator('[data-job]').first();

test('a search that takes long is stopped and taken up again', async () => {
  const page = await openPage(browser);
  const held = await holdLists(page, LIST);
  await page.goto(`${server.url}/ui/jobs?queue=slow`);
  await page.getByText('Still searching').waitFor();
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByText('Stopped. Nothing had been found by then.').waitFor();
  await until('the request to be given up', () => held.givenUp === 1);
  assert.equal(held.asked, 1);

  held.isHeld = false;
  // The button says now what it does now, and has kept the focus.
  await page.keyboard.press('Enter');
  await row(page).waitFor();
  assert.equal(await page.getByText(/Still searching|Stopped/).count(), 0);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('when the rest of a list is stopped, what is there stays', async () => {
  const page = await openPage(browser);
  const held = await holdLists(page, MORE);
  await page.goto(`${server.url}/ui/jobs?queue=slow`);
  await row(page).waitFor();
  await page.getByRole('grid', { name: 'Jobs' }).evaluate((grid) => grid.scrollTo(0, grid.scrollHeight));
  const status = page.locator('footer.status');
  await status.getByText('Still searching').waitFor();
  const shown = await page.locator('[data-job]').count();
  await status.getByRole('button', { name: 'Stop' }).click();
  await status.getByText('Stopped', { exact: true }).waitFor();
  assert.equal(await page.locator('[data-job]').count(), shown);
  held.isHeld = false;
  await status.getByRole('button', { name: 'Search again' }).click();
  await status.getByText('Stopped', { exact: true }).waitFor({ state: 'detached' });
  const oldest = page.locator(`[data-job="1"]`);
  await until('the oldest job to be scrolled to', async () => {
    await page.getByRole('grid', { name: 'Jobs' }).evaluate((grid) => grid.scrollTo(0, grid.scrollHeight));
    return (await oldest.count()) === 1;
  });
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('who comes to the end of a list while it is read anew gets the rest after that', async () => {
  const page = await openPage(browser);
  let asked = 0;
  let answer;
  const held = new Promise((done) => {
    answer = done;
  });
  await page.route(LIST, async (route) => {
    if (++asked > 1) await held;
    await route.continue();
  });
  await page.goto(`${server.url}/ui/jobs?queue=slow`);
  await row(page).waitFor();
  await until('the list to be read anew', () => asked === 2);
  const grid = page.getByRole('grid', { name: 'Jobs' });
  const height = () => grid.evaluate((each) => each.scrollHeight);
  const before = await height();
  await grid.evaluate((each) => each.scrollTo(0, each.scrollHeight));
  await page.locator(`[data-job="${JOBS - 99}"]`).waitFor();
  answer();
  await until('the rest to be there', async () => (await height()) > before + 40 * 36);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('a list of the past is stopped as well', async () => {
  const page = await openPage(browser);
  const held = await holdLists(page, /\/state\?list=QUEUED&/);
  const seq = await server.newest();
  await page.goto(`${server.url}/ui/jobs?status=queued&at=${seq}`);
  await page.getByText('Still searching').waitFor();
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByText('Stopped. Nothing had been found by then.').waitFor();
  await until('the request to be given up', () => held.givenUp === 1);
  held.isHeld = false;
  await page.getByRole('button', { name: 'Search again' }).click();
  await row(page).waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('the dead letters are stopped as well, and what comes in does not begin them again', async () => {
  const page = await openPage(browser);
  await page.clock.install();
  const held = await holdLists(page, /\/jobs\?status=FAILED&/);
  await page.goto(`${server.url}/ui/dead-letters`);
  await page.getByText('Still searching').waitFor();
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByText('Stopped. Nothing had been found by then.').waitFor();
  await until('the request to be given up', () => held.givenUp === 1);
  // The page is told of this one, and it would be time to read anew.
  const { id } = await server.post('/jobs', { type: 'fails', payload: { force: 'fail' }, max_attempts: 1 });
  await page.getByRole('link', { name: /^Dead letters ?1$/ }).waitFor();
  await page.clock.fastForward(10_000);
  assert.equal(held.asked, 1);
  await page.getByText('Stopped. Nothing had been found by then.').waitFor();
  held.isHeld = false;
  await page.getByRole('button', { name: 'Search again' }).click();
  await page.locator(`[href*="/jobs/${id}"]`).first().waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('the first look at the event stream is stopped, and taken up again', async () => {
  const page = await openPage(browser);
  const held = await holdLists(page, /\/events\?after=/);
  await page.goto(`${server.url}/ui/events`);
  await page.getByText('Still searching').waitFor();
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByText('Stopped. Nothing had been found by then.').waitFor();
  await until('the request to be given up', () => held.givenUp > 0);
  held.isHeld = false;
  await server.post('/jobs', { type: 'later', queue: 'other', handler: 'remote' });
  await page.getByText('Stopped. Nothing had been found by then.').waitFor();
  await page.getByRole('button', { name: 'Search again' }).click();
  await page.getByRole('row').filter({ hasText: 'later' }).waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('a line in the title bar says that a page waits for what it has never had', async () => {
  const page = await openPage(browser);
  let answer;
  const held = new Promise((done) => {
    answer = done;
  });
  await page.route(`${server.url}/queues`, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`${server.url}/ui/queues`);
  const busy = page.locator('.bar.busy');
  await busy.waitFor();
  answer();
  await page.getByRole('link', { name: 'slow', exact: true }).waitFor();
  await busy.waitFor({ state: 'detached' });
  // What is only read anew shows nothing.
  const again = page.waitForResponse(`${server.url}/queues`);
  await server.post('/jobs', { type: 'one more', queue: 'other', handler: 'remote' });
  await again;
  assert.equal(await busy.count(), 0);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('axe finds nothing while it is searched and when that is stopped, in any look', async () => {
  await inEveryLook(browser, async (page, look) => {
    await holdLists(page, LIST);
    await page.goto(`${server.url}/ui/jobs?queue=slow`);
    await page.getByText('Still searching').waitFor();
    assert.deepEqual(await findings(page), [], `searching ${look}`);
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('Stopped. Nothing had been found by then.').waitFor();
    assert.deepEqual(await findings(page), [], `stopped ${look}`);
  });
});
