// The columns and the order of the Jobs page, now and in the past.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { findings, inEveryLook, openPage, until, withServer } from './server.mjs';

const { server, browser } = await withServer();
let first;

const make = (order, more = {}) =>
  server.post('/jobs', {
    type: 'charge.capture',
    queue: 'payments',
    handler: 'remote',
    payload: { order, customer: { region: 'eu-west' } },
    ...more,
  });

before(async () => {
  first = await make(1, { tags: ['nightly', 'bulk'], priority: 2 });
  await make(2);
  await make(3);
});

const shownIds = (page) =>
  page.locator('[data-job]').evaluateAll((rows) => rows.map((row) => Number(row.dataset.job)));
const cellsOf = (page, id) => page.locator(`[data-job="${id}"] .c-x`).allTextContents();
const heads = (page) => page.getByRole('columnheader').allTextContents();

test('columns are chosen, any field of the payload among them, and stand in the address', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/jobs`);
  await page.locator('[data-job]').first().waitFor();
  await page.getByRole('button', { name: 'Columns and density' }).click();
  const menu = page.getByRole('dialog', { name: 'Columns and density' });
  await menu.getByRole('checkbox', { name: 'Tags' }).check();
  await menu.getByRole('checkbox', { name: 'order' }).check();
  await menu.getByRole('textbox', { name: 'Field of the payload' }).fill('customer.region');
  await page.keyboard.press('Enter');
  await menu.getByRole('checkbox', { name: 'customer.region', checked: true }).waitFor();
  await page.keyboard.press('Escape');
  await menu.waitFor({ state: 'detached' });
  await page.waitForURL('**/ui/jobs?cols=tags,payload.order,payload.customer.region');
  assert.deepEqual((await heads(page)).slice(-4), ['Tags', 'order', 'customer.region', 'Created']);
  assert.deepEqual(await cellsOf(page, first.id), ['nightly, bulk', '1', 'eu-west']);
  assert.equal(await page.getByRole('grid').getAttribute('aria-colcount'), '12');
  await page.reload();
  await page.locator('[data-job]').first().waitFor();
  assert.deepEqual(await cellsOf(page, first.id), ['nightly, bulk', '1', 'eu-west']);

  await page.goto(`${server.url}/ui/jobs?cols=queue,colour,payload.order&sort=size&queue=payments`);
  await page.getByText('Left out of the address: column “colour”, “sort=size”').waitFor();
  await page.waitForURL((url) => url.search === '?cols=queue,payload.order&queue=payments');
  assert.deepEqual(await cellsOf(page, first.id), ['payments', '1']);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('the list is turned round by key, and what is new comes at its end, where nothing moves for it', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/jobs?queue=payments`);
  await page.locator('[data-job]').first().waitFor();
  const newest = await shownIds(page);
  assert.deepEqual(
    newest,
    newest.toSorted((a, b) => b - a),
  );
  const created = page.getByRole('columnheader', { name: 'Created' });
  assert.equal(await created.getAttribute('aria-sort'), 'descending');
  await created.getByRole('button').focus();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/ui/jobs?queue=payments&sort=id&dir=asc');
  await until('the order', async () => (await shownIds(page)).join() === newest.toReversed().join());
  assert.equal(await created.getAttribute('aria-sort'), 'ascending');
  const button = created.getByRole('button');
  await until('the focus to be kept', () => button.evaluate((each) => each === document.activeElement));

  // The keyboard is in the table, so the new one is only counted.
  const { id } = await make(4);
  await page.getByRole('button', { name: /^1 new job/ }).waitFor();
  assert.deepEqual(await shownIds(page), newest.toReversed());
  await page.keyboard.press('.');
  await until('the new job last', async () => (await shownIds(page)).at(-1) === id);
  await button.evaluate((each) => each.blur());
  const { id: next } = await make(5);
  await until('the next one to come in by itself', async () => (await shownIds(page)).at(-1) === next);

  await page.goBack();
  await until('the newest first again', async () => (await shownIds(page))[0] === next);
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').waitFor();
  await page.keyboard.type('oldest');
  await page.keyboard.press('Enter');
  await page.waitForURL('**dir=asc');
  await until('the oldest first', async () => (await shownIds(page))[0] === first.id);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('a long list is read on to its newest job, which the pill then brings into view', async () => {
  await server.post(
    '/jobs/bulk',
    Array.from({ length: 230 }, () => ({ type: 'long', queue: 'long', handler: 'remote' })),
  );
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/jobs?queue=long&sort=id&dir=asc`);
  await page.locator('[data-job]').first().waitFor();
  const grid = page.getByRole('grid');
  await until('the end', async () => {
    await grid.evaluate((box) => box.scrollTo({ top: box.scrollHeight }));
    return (await grid.evaluate((box) => box.scrollHeight)) > 230 * 36;
  });
  const at = await grid.evaluate((box) => {
    box.scrollTo({ top: 1200 });
    return box.scrollTop;
  });
  const { id } = await server.post('/jobs', { type: 'long', queue: 'long', handler: 'remote' });
  // It counts on from the first reason to hold.
  await page.getByText(/order held for [1-9]\d* s while scrolled down/).waitFor();
  const pill = page.getByRole('button', { name: /^1 new job/ });
  await pill.waitFor();
  assert.equal(await grid.evaluate((box) => box.scrollTop), at);
  await pill.click();
  await page.locator(`[data-job="${id}"]`).waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('the past has the same columns and orders', async () => {
  const seq = await server.newest();
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/jobs?cols=payload.order&sort=id&dir=asc&queue=payments&at=${seq}`);
  await page.locator('[data-job]').first().waitFor();
  const ids = await shownIds(page);
  assert.equal(ids[0], first.id);
  assert.deepEqual(
    ids,
    ids.toSorted((a, b) => a - b),
  );
  assert.deepEqual(await cellsOf(page, first.id), ['1']);
  await page.getByRole('columnheader', { name: 'Created' }).getByRole('button').click();
  await until('the newest first', async () => (await shownIds(page)).at(-1) === first.id);
  await page.waitForURL((url) => url.searchParams.get('at') === String(seq) && !url.searchParams.has('dir'));
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('axe finds nothing with more columns and in their menu, at three widths', async () => {
  await inEveryLook(browser, async (page, look) => {
    await page.goto(
      `${server.url}/ui/jobs?cols=queue,worker,priority,tags,payload.order,payload.customer&sort=id&dir=asc`,
    );
    await page.locator('[data-job]').first().waitFor();
    assert.deepEqual(await findings(page), [], `columns ${look}`);
    const button = page.getByRole('button', { name: 'Columns and density' });
    if (look.endsWith('-390')) {
      assert.equal(await button.count(), 0);
      assert.equal(await page.locator('.c-x').first().isVisible(), false);
      return;
    }
    await button.click();
    await page.getByRole('dialog', { name: 'Columns and density' }).waitFor();
    assert.deepEqual(await findings(page), [], `menu ${look}`);
  });
});
