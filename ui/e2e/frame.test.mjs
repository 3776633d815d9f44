// What stands around every page: saved views, the log strip, pause, time zone, links.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { findings, inEveryLook, openPage, until, withServer } from './server.mjs';

const { server, browser } = await withServer();

before(async () => {
  await server.post('/jobs', { type: 'charge.capture', queue: 'payments', handler: 'remote' });
  await server.post('/jobs', { type: 'email.send', payload: { force: 'success', duration_ms: 0 } });
});

test('a filter gets a name, stays over a reload with its count, and goes again', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/jobs?queue=payments`);
  await page.getByRole('button', { name: 'Save view' }).click();
  const question = page.getByRole('alertdialog', { name: 'Save view' });
  await question.getByLabel('Name').fill('Payments that wait');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Payments that wait' }).waitFor();
  const link = page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: /^Payments that wait/ });
  await link.getByText('1', { exact: true }).waitFor();

  await page.goto(`${server.url}/ui/`);
  await server.post('/jobs', { type: 'charge.capture', queue: 'payments', handler: 'remote' });
  await link.getByText('2', { exact: true }).waitFor();
  await link.click();
  await page.waitForURL('**/ui/jobs?queue=payments');
  await page.getByRole('button', { name: 'Remove view' }).click();
  await link.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Save view' }).waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('the log strip shows the last hour on every page, and a pause holds everything still', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/jobs`);
  const strip = page.getByRole('region', { name: 'Event log' });
  const first = page.locator('[data-job]').first();
  await first.waitFor();
  await server.post('/jobs', { type: 'broken', payload: { force: 'fail', duration_ms: 0 }, max_attempts: 1 });
  await strip.getByRole('img', { name: /1 failed attempt, 1 dead letter$/ }).waitFor();

  await page.keyboard.press('Shift+L');
  await strip.getByText('Paused').waitFor();
  const seq = await strip.getByText(/^seq/).textContent();
  const { id } = await server.post('/jobs', { type: 'unseen', handler: 'remote' });
  const held = page.locator('.side .foot').getByText('Paused by you, 1 new');
  await held.waitFor();
  assert.equal(await held.evaluate((words) => words.scrollWidth > words.clientWidth), false);
  assert.equal(await page.locator(`[data-job="${id}"]`).count(), 0);
  assert.equal(await strip.getByText(/^seq/).textContent(), seq);
  await page.keyboard.press('Shift+L');
  await page.locator(`[data-job="${id}"]`).waitFor();
  await strip.getByText('Live').waitFor();
  assert.notEqual(await strip.getByText(/^seq/).textContent(), seq);

  for (const place of ['Overview', 'Event stream', 'Queues', 'Workers', 'Dead letters']) {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: place }).click();
    await page.getByRole('heading', { level: 1, name: place }).waitFor();
    await strip.getByRole('img', { name: /^Events of the last hour/ }).waitFor();
  }
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('one switch turns every time from local to UTC, also the one that is typed', async () => {
  const page = await openPage(browser, { timezoneId: 'Asia/Kathmandu' });
  await page.goto(`${server.url}/ui/jobs?queue=payments`);
  const time = page.locator('[data-job] .c-at time').first();
  await time.waitFor();
  const local = await time.textContent();
  const clock = () => page.getByRole('region', { name: 'Event log' }).locator('.mono').nth(1).textContent();
  const minutes = (text) => Number(text.slice(3, 5));
  const [before] = [await clock()];
  await page.keyboard.press('Shift+Z');
  await page.getByRole('button', { name: 'Time zone: UTC' }).waitFor();
  const shift = (minutes(before) - minutes(await clock()) + 60) % 60;
  assert.ok(shift === 45 || shift === 44, `the clock of the strip moved by ${shift} minutes`);
  const utc = await time.textContent();
  assert.equal((minutes(local) - minutes(utc) + 60) % 60, 45);

  await page.keyboard.press('n');
  const drawer = page.getByRole('dialog', { name: 'New job' });
  await drawer.getByRole('radio', { name: 'At a time' }).click();
  await drawer.getByLabel('Run at, UTC').fill('2031-02-03T04:05:06');
  await drawer.getByText('"run_at":"2031-02-03T04:05:06.000Z"').waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('a zone is chosen by its city, holds on every page and after a reload, and is in no link', async () => {
  const { id, created_at: at } = await server.post('/jobs', {
    type: 'zoned',
    queue: 'zones',
    handler: 'remote',
  });
  const clockIn = (timeZone) =>
    new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'medium' }).format(new Date(at));
  const page = await openPage(browser, { timezoneId: 'Europe/Berlin' });
  await page.goto(`${server.url}/ui/jobs?queue=zones`);
  const created = page.locator(`[data-job="${id}"] .c-at time`);
  await created.waitFor();
  assert.equal(await created.textContent(), clockIn('Europe/Berlin'));

  await page.getByRole('button', { name: 'Time zone: Europe/Berlin' }).click();
  const menu = page.getByRole('dialog', { name: 'Time zone' });
  await menu.getByRole('option', { name: /^Europe\/Berlin this browser UTC\+[12] chosen$/ }).waitFor();
  await page.keyboard.type('adelaide');
  await menu.getByRole('option', { name: /^Australia\/Adelaide UTC\+(9|10):30$/, selected: true }).waitFor();
  await page.keyboard.press('Enter');
  await menu.waitFor({ state: 'detached' });
  const chosen = page.getByRole('button', { name: 'Time zone: Australia/Adelaide' });
  await until('the focus to be back', () => chosen.evaluate((each) => each === document.activeElement));
  assert.equal(await created.textContent(), clockIn('Australia/Adelaide'));
  assert.equal(page.url(), `${server.url}/ui/jobs?queue=zones`);

  await page.goto(`${server.url}/ui/events?job=${id}`);
  const event = page.locator('[data-seq] time').first();
  await event.waitFor();
  assert.equal((await event.textContent()).slice(0, 8), clockIn('Australia/Adelaide'));
  await page.keyboard.press('Shift+Z');
  await page.getByRole('button', { name: 'Time zone: UTC' }).waitFor();
  assert.equal((await event.textContent()).slice(0, 8), clockIn('UTC'));
  await page.reload();
  await page.getByRole('button', { name: 'Time zone: UTC' }).waitFor();
  await page.keyboard.press('Shift+Z');
  await chosen.waitFor();

  await page.evaluate(() => localStorage.setItem('retrylab.zone', 'Mars/Olympus'));
  await page.reload();
  await page.getByRole('button', { name: 'Time zone: Europe/Berlin' }).waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('a time is copied in each of its forms, with the pointer and by keys', async () => {
  const job = await server.post('/jobs', { type: 'timed', queue: 'timed', handler: 'remote' });
  const iso = new Date(job.created_at).toISOString();
  const page = await openPage(browser, {
    permissions: ['clipboard-read', 'clipboard-write'],
    timezoneId: 'Australia/Adelaide',
  });
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  const card = page.getByRole('group', { name: 'This time, to copy' });
  const form = (label) => card.getByRole('button', { name: label });
  await page.goto(`${server.url}/ui/jobs/${job.id}`);
  await page.locator(`main time[datetime="${job.created_at}"]`).first().hover();
  await form(/^Australia\/Adelaide .* UTC\+(9|10):30 Copy$/).waitFor();
  await form('ISO 8601').click();
  await until('the time', async () => (await clipboard()) === iso);
  await form('Epoch, ms').click();
  await until('the same since the epoch', async () => (await clipboard()) === String(Date.parse(iso)));
  await page.getByRole('heading', { level: 1 }).hover();
  await card.waitFor({ state: 'detached' });

  await page.goto(`${server.url}/ui/events?job=${job.id}`);
  const row = page.locator('[data-seq]').first();
  await row.focus();
  await page.keyboard.press('i');
  await until('the focus in the card', () =>
    form('Australia').evaluate((each) => each === document.activeElement),
  );
  for (let i = 0; i < 3; i++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const seq = await row.getAttribute('data-seq');
  await until('the event', async () => (await clipboard()) === seq);
  await page.keyboard.press('Escape');
  await card.waitFor({ state: 'detached' });
  await until('the focus to be back', () => row.evaluate((each) => each === document.activeElement));
  assert.deepEqual(page.problems, []);
  await page.context().close();
  await inEveryLook(browser, async (each, look) => {
    await each.goto(`${server.url}/ui/jobs/${job.id}`);
    await each.locator('main time').first().hover();
    await each.getByRole('group', { name: 'This time, to copy' }).waitFor();
    assert.deepEqual(await findings(each), [], look);
  });
});

test('a filter by time is typed and shown in the zone, and linked in UTC', async () => {
  const page = await openPage(browser, { timezoneId: 'Europe/Berlin' });
  await page.goto(`${server.url}/ui/jobs`);
  await page.getByLabel('Filter jobs').fill('after:2026-07-01T08:30');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/ui/jobs?created_after=2026-07-01T06%3A30%3A00.000Z');
  await page
    .locator('.tok')
    .getByText('1 Jul 2026 08:30')
    .or(page.locator('.tok').getByText('1 Jul 08:30'))
    .waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+Z');
  await page
    .locator('.tok')
    .getByText(/1 Jul.* 06:30$/)
    .waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('the settings are found in the sidebar and the palette, hold after a reload, and single keys can be off', async () => {
  const page = await openPage(browser, { colorScheme: 'dark' });
  await page.goto(`${server.url}/ui/jobs`);
  const rowHeight = () =>
    page
      .locator('[data-job]')
      .first()
      .evaluate((row) => row.offsetHeight);
  await page.locator('[data-job]').first().waitFor();
  assert.equal(await rowHeight(), 36);
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
  const choose = (group, name) =>
    page.getByRole('radiogroup', { name: group }).getByRole('radio', { name }).click();
  const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
  assert.equal(await theme(), 'dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await until('the theme of the system', async () => (await theme()) === 'light');
  await choose('Theme', 'Dark');
  assert.equal(await theme(), 'dark');
  await choose('Density', 'Compact');
  await choose('Single keys', 'Off');

  await page.reload();
  await page.getByRole('radio', { name: 'Compact', checked: true }).waitFor();
  assert.equal(await theme(), 'dark');
  await page.keyboard.press('Shift+Z');
  await page.keyboard.press('n');
  await page.keyboard.press('?');
  assert.equal(await page.getByRole('dialog').count(), 0);
  await page.keyboard.press('g');
  await page.keyboard.press('j');
  assert.equal(new URL(page.url()).pathname, '/ui/settings');
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Search or run' }).getByRole('combobox').waitFor();
  await page.keyboard.type('go to jobs');
  await page.keyboard.press('Enter');
  await page.locator('[data-job]').first().waitFor();
  assert.equal(await rowHeight(), 30);
  await page.keyboard.press('Control+A');
  await page.getByRole('toolbar').waitFor();
  await page.keyboard.press('r');
  await page.keyboard.press('Escape');
  await page.getByRole('toolbar').waitFor({ state: 'detached' });
  assert.equal(await page.getByRole('status', { name: 'Notifications' }).textContent(), '');
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Search or run' }).getByRole('combobox').waitFor();
  await page.keyboard.type('settings');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/ui/settings');
  await choose('Single keys', 'On');
  await page.keyboard.press('g');
  await page.keyboard.press('j');
  await page.waitForURL('**/ui/jobs');
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('the link to the page is copied as it is', async () => {
  const page = await openPage(browser, { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.goto(`${server.url}/ui/jobs?queue=payments`);
  await page.getByRole('button', { name: /^Copy the link to this page/ }).click();
  await page.getByText('Copied the link to this page').waitFor();
  assert.equal(
    await page.evaluate(() => navigator.clipboard.readText()),
    `${server.url}/ui/jobs?queue=payments`,
  );
  await page.keyboard.press('Control+Shift+C');

  // With Alt, and from the menu, the moment is in it.
  const button = page.getByRole('button', { name: /^Copy the link to this page/ });
  const moment = `${server.url}/ui/jobs?queue=payments&at=${await server.newest()}`;
  const copied = async (link) =>
    until(
      `the link ${link}`,
      async () => (await page.evaluate(() => navigator.clipboard.readText())) === link,
    );
  await button.click({ modifiers: ['Alt'] });
  await copied(moment);
  await page.evaluate(() => navigator.clipboard.writeText(''));
  await button.click({ button: 'right' });
  await page.getByRole('menuitem', { name: /^Link to this moment/ }).click();
  await copied(moment);
  await page.goto(`${server.url}/ui/lab`);
  await button.click({ button: 'right' });
  await page.getByText('This page is about no moment of the log').waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('what a page cannot read of its address is named once and left out; what none knows stays', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/?range=3w&utm=mail`);
  await page.getByText('This page cannot read range=3w: it was left out of the address').waitFor();
  await page.waitForURL(`${server.url}/ui/?utm=mail`);
  await page.goto(`${server.url}/ui/jobs/1?tab=logs&scale=true`);
  await page.getByText('This page cannot read tab=logs').waitFor();
  await page.waitForURL(`${server.url}/ui/jobs/1?scale=true`);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('how far the page is behind is said from a second on', async () => {
  const page = await openPage(browser);
  let delay = 0;
  await page.routeWebSocket(/\/ws$/, (socket) => {
    const upstream = socket.connectToServer();
    upstream.onMessage((message) => setTimeout(() => socket.send(message), delay));
  });
  await page.goto(`${server.url}/ui/jobs`);
  const make = () => server.post('/jobs', { type: 'late', handler: 'remote' });
  const appears = ({ id }) => page.locator(`[data-job="${id}"]`).waitFor();
  await page.locator('.side .foot').getByText(/^Live/).waitFor();
  // The first may be in the list already when the stream begins; the others come with it.
  for (let i = 0; i < 3; i++) await appears(await make());
  assert.equal(await page.getByText(/^lag /).count(), 0);
  delay = 3000;
  await appears(await make());
  await page
    .locator('.side .foot')
    .getByText(/^lag [1-3]\.\d s$/)
    .waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('the sidebar is made slim and wide by key, and stays so; the log goes step by step', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/jobs`);
  const side = page.locator('.side');
  const width = () => side.evaluate((each) => each.offsetWidth);
  await page.locator('[data-job]').first().waitFor();
  assert.equal(await width(), 212);
  await page.keyboard.press('[');
  await until('the sidebar to be slim', async () => (await width()) === 56);
  await page.reload();
  await page.locator('[data-job]').first().waitFor();
  assert.equal(await width(), 56);
  await page.setViewportSize({ width: 1100, height: 800 });
  await page.keyboard.press('[');
  await until('the sidebar to be wide', async () => (await width()) === 212);
  await side.getByText('Observe').waitFor();

  const newest = await server.newest();
  await page.keyboard.press(',');
  await page.waitForURL(`**/ui/jobs?at=${newest - 1}`);
  await page.keyboard.press(',');
  await page.waitForURL(`**/ui/jobs?at=${newest - 2}`);
  await page.keyboard.press(';');
  await page.waitForURL(`**/ui/jobs?at=${newest - 1}`);
  await page.keyboard.press('Escape');
  await page.waitForURL('**/ui/jobs');
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('a page that was away says that it catches up until it has what it missed', async () => {
  const page = await openPage(browser);
  const held = [];
  let isHeld = false;
  let socket;
  await page.routeWebSocket(/\/ws$/, (opened) => {
    socket = opened;
    const upstream = opened.connectToServer();
    upstream.onMessage((message) => (isHeld ? held.push(() => opened.send(message)) : opened.send(message)));
  });
  await page.goto(`${server.url}/ui/jobs`);
  const foot = page.locator('.side .foot');
  await foot.getByText(/^Live, /).waitFor();
  isHeld = true;
  await socket.close();
  const { id } = await server.post('/jobs', { type: 'missed', handler: 'remote' });
  await foot.getByText('Catching up', { exact: true }).waitFor();
  isHeld = false;
  for (const send of held) send();
  await foot.getByText(/^Live, /).waitFor();
  await page.locator(`[data-job="${id}"]`).waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('a server that comes back with another dashboard is told of, and the page loads it when asked', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/queues`);
  await page.locator('.side .foot').getByText(/^Live/).waitFor();
  const restart = async () => {
    await server.stop();
    await page
      .locator('.side .foot')
      .getByText(/^(Reconnecting|Offline)/)
      .waitFor();
    await server.start();
    await page.locator('.side .foot').getByText(/^Live/).waitFor();
  };
  let asked = 0;
  let body = await (await fetch(`${server.url}/ui/`)).text();
  await page.route(`${server.url}/ui/`, (route) => {
    asked++;
    return route.fulfill({ body, contentType: 'text/html' });
  });
  await restart();
  await until('the build to be asked for', () => asked === 1);
  assert.equal(await page.getByText('A new version is ready').count(), 0);
  body = body.replace(/assets\/index-[\w-]+\.js/, 'assets/index-other.js');
  await restart();
  await page.getByText('A new version is ready').waitFor();
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Reload' }).click()]);
  await page.getByText('A new version is ready').waitFor({ state: 'detached' });
  await page.context().close();
});

test('a phone has five tabs, and the last one holds the other places, the zone and the theme', async () => {
  const page = await openPage(browser, { viewport: { width: 390, height: 844 } });
  await page.goto(`${server.url}/ui/jobs`);
  const tabs = page.getByRole('navigation', { name: 'Pages' });
  const more = tabs.getByRole('button', { name: 'More pages' });
  await more.waitFor();
  assert.equal(await tabs.locator('a, button').count(), 5);
  await more.click();
  await page.getByRole('menuitem', { name: 'Queues' }).click();
  await page.getByRole('heading', { level: 1, name: 'Queues' }).waitFor();
  await tabs.getByText('Queues').waitFor();
  await more.click();
  await page.getByRole('menuitem', { name: /theme$/ }).click();
  await page.getByRole('menu').waitFor({ state: 'detached' });

  await more.click();
  await page.getByRole('menuitem', { name: /^Time zone/ }).click();
  const zones = page.getByRole('dialog', { name: 'Time zone' });
  await zones.getByRole('combobox').fill('new york');
  await zones.getByRole('option', { name: /^America\/New York/ }).click();
  await zones.waitFor({ state: 'detached' });
  await more.click();
  await page.getByRole('menuitem', { name: 'Time zone America/New York' }).waitFor();
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Time zone: America/New York' }).waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('axe finds nothing in the frame with a saved view, while paused, in a menu and in an edit', async () => {
  const { id } = await server.post('/jobs', {
    type: 'broken',
    payload: { force: 'fail', duration_ms: 0 },
    max_attempts: 1,
  });
  await inEveryLook(browser, async (page, look) => {
    await page.addInitScript(() =>
      localStorage.setItem('retrylab.views', '[{"name":"Payments","query":"queue=payments"}]'),
    );
    await page.goto(`${server.url}/ui/jobs?queue=payments`);
    await page.getByRole('heading', { level: 1, name: 'Payments' }).waitFor();
    await page.keyboard.press('Shift+L');
    await page.getByRole('region', { name: 'Event log' }).getByText('Paused').waitFor();
    assert.deepEqual(await findings(page), [], `paused ${look}`);
    await page.goto(`${server.url}/ui/jobs/${id}`);
    await page.locator('.pill').getByText('Failed').waitFor();
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menu').waitFor();
    assert.deepEqual(await findings(page), [], `menu ${look}`);
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Edit and retry' }).click();
    await page.getByRole('dialog').getByRole('radio', { name: 'Sequence' }).click();
    assert.deepEqual(await findings(page), [], `edit ${look}`);
    await page.goto(`${server.url}/ui/settings`);
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    assert.deepEqual(await findings(page), [], `settings ${look}`);
    await page
      .locator('.settings')
      .getByRole('button', { name: /^Time zone/ })
      .click();
    await page.getByRole('option').first().waitFor();
    assert.deepEqual(await findings(page), [], `zones ${look}`);
  });
});
