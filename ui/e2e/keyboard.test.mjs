// Without a pointer: every key of the main tasks, the list of keys and the palette.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findings, inEveryLook, openPage, until, withServer } from './server.mjs';

const { server, browser } = await withServer();
const get = async (path) => (await fetch(server.url + path)).json();
const job = (id) => get(`/jobs/${id}`);

// Tab by tab until the focus is on something of that name.
async function tabTo(page, name) {
  for (let tabs = 0; tabs < 80; tabs++) {
    await page.keyboard.press('Tab');
    const text = await page.evaluate(
      () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
    );
    if (name.test(text.trim())) return;
  }
  assert.fail(`the focus never came to ${name}`);
}

test('a job is created, found, retried and redriven with the keyboard alone', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/`);
  await page.getByRole('heading', { name: 'Nothing has been queued yet' }).waitFor();
  await page.keyboard.press('n');
  const drawer = page.getByRole('dialog', { name: 'New job' });
  await drawer.getByLabel('Type').waitFor();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('charge.capture');
  await tabTo(page, /^Default$/);
  for (let rights = 0; rights < 3; rights++) await page.keyboard.press('ArrowRight');
  await drawer.getByRole('radio', { name: 'Fail', exact: true, checked: true }).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('10');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('1');
  await drawer.getByText(/^Its only attempt fails/).waitFor();
  const answer = page.waitForResponse((r) => r.url().endsWith('/jobs') && r.request().method() === 'POST');
  await page.keyboard.press('Control+Enter');
  const { id } = await (await answer).json();
  await drawer.waitFor({ state: 'hidden' });
  await until('its end', async () => (await job(id)).status === 'FAILED');

  await page.keyboard.press('g');
  await page.keyboard.press('j');
  await page.locator('[data-job]').first().waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('type:charge.capture');
  await page.keyboard.press('Enter');
  await page.waitForURL('**type=charge.capture');
  await page.keyboard.press('Escape');
  await page.locator(`[data-job="${id}"]`).waitFor();
  await page.keyboard.press('j');
  await page.locator(`[data-job="${id}"]:focus`).waitFor();
  await page.keyboard.press('r');
  await page.getByText(`Retrying job ${id}`).waitFor();
  await until('generation 2', async () => {
    const { generation, status } = await job(id);
    return generation === 2 && status === 'FAILED';
  });

  await page.keyboard.press('g');
  await page.keyboard.press('d');
  await page.getByRole('navigation', { name: 'Error groups' }).getByText('ForcedFailure').waitFor();
  await page.keyboard.press('j');
  await page.waitForURL('**group=*');
  await tabTo(page, /^Redrive 1 job$/);
  await page.keyboard.press('Enter');
  await until('generation 3', async () => (await job(id)).generation === 3);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('rows are walked, selected and opened, and Escape lets them go', async () => {
  await server.post(
    '/jobs/bulk',
    Array.from({ length: 5 }, () => ({ type: 'walked', queue: 'walk', handler: 'remote' })),
  );
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/jobs?queue=walk`);
  const rows = page.locator('[data-job]');
  await rows.nth(4).waitFor();
  for (const key of ['j', 'ArrowDown', 'Space', 'Shift+J', 'Shift+ArrowDown']) await page.keyboard.press(key);
  const bar = page.getByRole('toolbar', { name: 'Actions for 3 selected jobs' });
  await bar.waitFor();
  await page.keyboard.press('Escape');
  await bar.waitFor({ state: 'detached' });
  await page.keyboard.press('Control+A');
  await page.getByRole('toolbar', { name: 'Actions for 5 selected jobs' }).waitFor();
  await page.keyboard.press('c');
  await page.getByText('Cancelling 5 jobs').waitFor();
  await until('the end of all', async () => (await get('/stats')).by_queue.walk.CANCELLED === 5);
  // The focus follows the key once the row is there: until then it is on the row below.
  const chosen = 1 + Number(await page.locator('[data-job]:focus').getAttribute('data-job'));
  await page.keyboard.press('k');
  await page.locator(`[data-job="${chosen}"]:focus`).getByText('Cancelled').waitFor();
  await page.keyboard.press('e');
  await page.getByRole('dialog', { name: `Edit and retry job ${chosen}` }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/ui/jobs/${chosen}`);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('the palette runs what the buttons do, and goes to pages, queues and jobs', async () => {
  const { id } = await server.post('/jobs', { type: 'held', queue: 'held-back', handler: 'remote' });
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/jobs/${id}`);
  await page.locator('.pill').getByText('Queued').waitFor();
  const palette = page.getByRole('dialog', { name: 'Search or run' });
  const find = async (text) => {
    await page.keyboard.press('Control+k');
    await palette.getByRole('combobox').waitFor();
    await page.keyboard.type(text);
  };
  await find('retry');
  const off = palette.getByRole('option', { name: /^Retry.*runs as soon as a slot is free/ });
  assert.equal(await off.getAttribute('aria-disabled'), 'true');
  await page.keyboard.press('Escape');
  await palette.waitFor({ state: 'detached' });

  await find('cancel');
  await palette.getByRole('option', { name: /^Cancel/, selected: true }).waitFor();
  await page.keyboard.press('Enter');
  await until('the cancellation', async () => (await job(id)).status === 'CANCELLED');

  await find('held-back');
  await palette.getByRole('option', { name: /^Queue held-back/, selected: true }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/ui/queues/held-back');
  await find(`${id}`);
  await palette.getByRole('option', { name: /^Cancelled held/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/ui/jobs/${id}`);
  await find('999999');
  await palette.getByText('There is no job 999,999').waitFor();
  await page.keyboard.press('Escape');
  await find('work');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/ui/workers');
  assert.deepEqual(
    page.problems.filter((problem) => !/status of 404/.test(problem)),
    [],
  );
  await page.context().close();
});

test('single keys can be switched off, and keys with Ctrl stay', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/jobs`);
  await page.locator('[data-job]').first().waitFor();
  await page.keyboard.press('?');
  const list = page.getByRole('dialog', { name: 'Keyboard' });
  for (const label of ['Next row', 'Select all that match', 'New job', 'Overview'])
    await list.getByText(label, { exact: true }).waitFor();
  await list.getByRole('checkbox').uncheck();
  await list.getByText('New job', { exact: true }).waitFor({ state: 'detached' });
  await list.getByText('Select all that match', { exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await list.waitFor({ state: 'detached' });
  await page.keyboard.press('n');
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Search or run' }).waitFor();
  assert.equal(await page.getByRole('dialog', { name: 'New job' }).count(), 0);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('axe finds nothing in the palette and the list of keys', async () => {
  await inEveryLook(browser, async (page, look) => {
    await page.goto(`${server.url}/ui/jobs`);
    await page.locator('[data-job]').first().waitFor();
    for (const [key, name] of [
      ['Control+k', 'Search or run'],
      ['?', 'Keyboard'],
    ]) {
      await page.keyboard.press(key);
      await page.getByRole('dialog', { name }).waitFor();
      if (name === 'Search or run') await page.getByRole('option').first().waitFor();
      assert.deepEqual(await findings(page), [], `${name} ${look}`);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
  });
});
