// When jobs were created, over the list of them, against the real server with a clock that is moved by hand.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { findings, inEveryLook, openPage, until, withServer } from './server.mjs';

const { server, browser } = await withServer('--clock', 'manual');
const remote = (n, queue) =>
  server.post(
    '/jobs/bulk',
    Array.from({ length: n }, () => ({ type: 'charge', queue, handler: 'remote' })),
  );

before(async () => {
  await remote(2, 'billing');
  await server.post('/clock/advance', { by_ms: 3_600_000 });
  await remote(3, 'billing');
  await server.post('/jobs', {
    type: 'charge',
    queue: 'billing',
    payload: { force: 'fail', duration_ms: 0 },
    max_attempts: 1,
  });
  await server.post('/clock/advance', { by_ms: 3_600_000 });
});

test('a stretch is dragged over, the list holds those jobs, and a double click takes it back', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/jobs?queue=billing`);
  const rows = page.locator('[data-job]');
  const picture = (n) =>
    page.getByRole('img', { name: new RegExp(`^When ${n} matching jobs? w.* created: `) });
  await picture(6).waitFor();
  const box = await page.locator('.created').boundingBox();
  const at = (share) => box.x + share * box.width;
  const middle = box.y + box.height / 2;
  await page.mouse.move(at(0.998), middle);
  await page.mouse.move(at(0.002), middle);
  await page.locator('.ptip').getByText('Jobs2').waitFor();

  await page.mouse.move(at(0.4), middle);
  await page.mouse.down();
  await page.mouse.move(at(0.6), middle);
  await page.mouse.move(at(0.999), middle);
  await page.mouse.up();
  await page.waitForURL(/created_after=/);
  assert.ok(!page.url().includes('created_before'));
  await picture(4).waitFor();
  await until('the rows of that time', async () => (await rows.count()) === 4);
  await page.reload();
  await picture(4).waitFor();
  await page.locator('.created').dblclick();
  await page.waitForURL((url) => !url.search.includes('created_after'));
  await until('all rows', async () => (await rows.count()) === 6);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('it counts inside the filter, and axe finds nothing, in both themes and at three widths', async () => {
  await inEveryLook(browser, async (page, look) => {
    await page.goto(`${server.url}/ui/jobs?queue=billing&status=failed`);
    await page.getByRole('img', { name: 'When 1 matching job was created: between' }).waitFor();
    assert.deepEqual(await findings(page), [], look);
    assert.deepEqual(page.problems, [], look);
  });
});
