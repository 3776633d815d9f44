// The Event stream against the real server, in Chromium.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { findings, inEveryLook, openPage, until, withServer } from './server.mjs';

const { server, browser } = await withServer();

const get = async (path) => (await fetch(server.url + path)).json();

// More events in a second than one can read, some failures among them.
const burst = () =>
  server.post(
    '/jobs/bulk',
    Array.from({ length: 1500 }, (_, i) => ({
      type: 'burst',
      payload: { force: i % 30 === 0 ? 'fail' : 'success', duration_ms: 0 },
      max_attempts: 1,
    })),
  );

test('events come in by themselves, stand still while one reads, and are found again', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/events`);
  const rows = page.locator('[data-seq]');
  await rows.first().waitFor();
  const { id } = await server.post('/jobs', {
    type: 'seen.live',
    payload: { force: 'success', duration_ms: 0 },
  });
  const mine = page.getByRole('row').filter({ hasText: 'seen.live' });
  await mine.filter({ hasText: 'Succeeded' }).waitFor();

  await mine.filter({ hasText: 'Created' }).click();
  await page
    .getByRole('region', { name: /^Event \d+$/ })
    .getByText('"seen.live"')
    .waitFor();
  const { id: later } = await server.post('/jobs', {
    type: 'seen.later',
    payload: { force: 'success', duration_ms: 0 },
  });
  await page.getByRole('button', { name: /newer/ }).waitFor();
  await page.waitForURL(/[?&]open=\d+$/);
  assert.equal(await page.getByRole('row').filter({ hasText: 'seen.later' }).count(), 0);
  await page.keyboard.press('End');
  await page.getByRole('row').filter({ hasText: 'seen.later' }).first().waitFor();

  await page.getByLabel('Job ID').fill(String(id));
  await page.keyboard.press('Enter');
  await page.waitForURL(`**job=${id}`);
  await page.getByRole('row').filter({ hasText: 'seen.later' }).first().waitFor({ state: 'detached' });
  await until('three rows', async () => (await rows.count()) === 3);
  const created = await rows.first().getAttribute('data-seq');
  await page.goto(`${server.url}/ui/events?type=Succeeded&open=${created}`);
  await page.getByText('is not among these rows').waitFor();
  await page.getByRole('link', { name: 'See the log up to there' }).click();
  await page.waitForURL(`**/ui/events?at=${created}&open=${created}`);
  const raw = page.getByRole('region', { name: `Event ${created}` });
  await raw.getByText('"seen.live"').waitFor();
  await page.locator('.eop').getByText('Queued').waitFor();
  await page.getByRole('link', { name: 'Go to this moment' }).click();
  await page.waitForURL(
    (url) => url.pathname === '/ui/time-travel' && url.searchParams.get('at') === created,
  );
  await page.locator('.ev.on').getByText('Created').waitFor();
  await page.goto(`${server.url}/ui/events?type=Succeeded`);
  await page.getByRole('row').filter({ hasText: 'seen.later' }).waitFor();
  await page.getByRole('link', { name: String(later), exact: true }).click();
  await page.waitForURL(`**/ui/jobs/${later}`);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('an open event says why its retry waits so long, and what was written with it', async () => {
  const { id } = await server.post('/jobs', {
    type: 'slow.retry',
    payload: { force: 'fail', duration_ms: 0 },
    retry: { base_ms: 600_000, cap_ms: 600_000, jitter: 0 },
  });
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/events?job=${id}`);
  await page.getByRole('row').filter({ hasText: 'RetryScheduled' }).click();
  const open = page.locator('.eop');
  await open.getByText('Why 10 m 00 s').waitFor();
  await open.getByText('10 m 00 s by backoff').waitFor();
  await open.getByRole('link', { name: /^Failed \d+$/ }).click();
  await open.getByRole('link', { name: /^RetryScheduled \d+$/ }).waitFor();
  assert.equal(await open.getByText(/^Why/).count(), 0);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('chips choose types of events, and the address holds them', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/events?type=Succeeded`);
  const chips = page.getByRole('group', { name: /^Event types/ });
  const chip = (name) => chips.getByRole('button', { name: new RegExp(`^${name}`) });
  const shown = (types, address) =>
    until(`${types} alone`, async () => {
      const pressed = await chips.locator('[aria-pressed="true"]').allTextContents();
      const rows = await page.locator('[data-seq] .e-nm').allTextContents();
      const isChosen = pressed.map((text) => text.replace(/[\d,]*$/, '')).join() === types;
      return isChosen && [...new Set(rows)].sort().join() === types && page.url().endsWith(address);
    });
  await shown('Succeeded', '?type=Succeeded');
  await chip('Created').click();
  await server.post('/jobs', { type: 'both', payload: { force: 'success', duration_ms: 0 } });
  const both = page.getByRole('row').filter({ hasText: 'both' });
  await both.filter({ hasText: 'Succeeded' }).waitFor();
  await both.filter({ hasText: 'Created' }).waitFor();
  await shown('Created,Succeeded', '?type=Created,Succeeded');
  await chip('Succeeded').click();
  await shown('Created', '?type=Created');
  await chip('Attempted').click({ modifiers: ['Alt'] });
  await shown('Attempted', '?type=Attempted');
  await chip('Created').focus();
  await page.keyboard.press('Alt+Enter');
  await shown('Created', '?type=Created');
  await chip('Others').click();
  await page.getByRole('menuitemcheckbox', { name: 'ServerStarted' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'ServerStarted', checked: true }).waitFor();
  await page.keyboard.press('Escape');
  await chip('ServerStarted').dblclick();
  await shown('ServerStarted', '?type=ServerStarted');
  await chip('ServerStarted').click();
  await page.waitForURL('**/ui/events');
  await chip('All').and(page.locator('[aria-pressed="true"]')).waitFor();
  await page.goto(`${server.url}/ui/events?type=Exploded,Failed`);
  await page.getByText('This page cannot read type=Exploded,Failed').waitFor();
  await page.waitForURL('**/ui/events');
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('a stretch of the log is exported as it is stored', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/events`);
  await page
    .locator('.fig')
    .getByText(/^over 10 s, lag \d/)
    .waitFor();
  await page.locator('[data-seq]').first().waitFor();
  await page.getByRole('button', { name: 'Export' }).click();
  const drawer = page.getByRole('dialog', { name: 'Export events' });
  await drawer.getByLabel('From seq').fill('5');
  await drawer.getByLabel('To seq').fill('2');
  await drawer.getByRole('button', { name: 'Export' }).click();
  await drawer.getByText('Before the first one').waitFor();
  await drawer.getByLabel('To seq').fill('12');
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    drawer.getByRole('button', { name: 'Export' }).click(),
  ]);
  assert.equal(file.suggestedFilename(), 'events-5-12.ndjson');
  const lines = readFileSync(await file.path(), 'utf8')
    .trimEnd()
    .split('\n');
  assert.deepEqual(
    lines.map((line) => JSON.parse(line)),
    await get('/events?after=4&limit=8'),
  );
  await page.getByText('Exported 8 events').waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('older events are read back page by page', async () => {
  const many = Array.from({ length: 800 }, () => ({
    type: 'many',
    payload: { force: 'success', duration_ms: 0 },
  }));
  await server.post('/jobs/bulk', many);
  await until('all to succeed', async () => (await get('/stats')).by_type.many?.SUCCEEDED === 800);
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/events`);
  const table = page.getByRole('treegrid', { name: /^Events/ });
  await table.locator('[data-seq]').first().waitFor();
  const first = async () => Number(await table.locator('[data-seq]').first().getAttribute('data-seq'));
  await table.hover();
  await page.mouse.wheel(0, -100_000);
  await page.getByRole('button', { name: 'Read older events' }).waitFor();
  const before = await first();
  await page.getByRole('button', { name: 'Read older events' }).click();
  await until('older rows', async () => {
    await page.mouse.wheel(0, -100_000);
    return (await first()) < before;
  });
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('of more events than one can read a sample is shown, with a filter that shows all, and then all again', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/events`);
  await page.locator('[data-seq]').first().waitFor();
  const note = page.getByText(/^Showing 1 in \d+\.$/);
  const kept = page.locator('footer.status').getByText(/at most 5,000 kept/);
  assert.equal(await note.count(), 0);
  await burst();
  await note.waitFor();
  await page.getByRole('switch', { name: 'Follow' }).click();
  const all = page.getByRole('button', { name: 'Show all rows' });
  await all.waitFor();
  const [shown, held] = (await kept.textContent()).match(/[\d,]+/g).map((n) => Number(n.replaceAll(',', '')));
  assert.ok(shown < held, `${shown} of ${held} rows`);
  await all.click();
  await note.waitFor({ state: 'detached' });
  await kept.filter({ hasText: `${held.toLocaleString('en')} rows` }).waitFor();
  assert.doesNotMatch(await kept.textContent(), / of /);

  await page.keyboard.press('End');
  await burst();
  await page.getByRole('button', { name: 'Only Failed, shows all' }).click();
  await page.waitForURL('**type=Failed');
  const names = () => page.locator('[data-seq] .e-nm').allTextContents();
  await until('failures alone', async () => new Set(await names()).size === 1);
  assert.equal(await note.count(), 0);
  await page.goto(`${server.url}/ui/events`);
  await page.locator('[data-seq]').first().waitFor();
  await burst();
  await note.waitFor();
  await note.waitFor({ state: 'detached' });
  assert.doesNotMatch(await kept.textContent(), / of /);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('axe finds nothing on the page, in both themes and at three widths', async () => {
  await inEveryLook(browser, async (page, look) => {
    await page.goto(`${server.url}/ui/events?type=Created,Failed,Purged`);
    await page.locator('[data-seq]').last().click();
    await page.locator('.eop').waitFor();
    assert.deepEqual(await findings(page), [], `some types ${look}`);
    await page.getByRole('button', { name: /^Others/ }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Purged', checked: true }).waitFor();
    assert.deepEqual(await findings(page), [], `other types ${look}`);
    await page.goto(`${server.url}/ui/events`);
    await page.locator('[data-seq]').first().waitFor();
    await burst();
    await page.getByText(/^Showing 1 in/).waitFor();
    await page.getByRole('switch', { name: 'Follow' }).click();
    await page.getByRole('button', { name: 'Show all rows' }).waitFor();
    assert.deepEqual(await findings(page), [], `a sample ${look}`);
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('dialog', { name: 'Export events' }).waitFor();
    assert.deepEqual(await findings(page), [], `an export ${look}`);
  });
});
