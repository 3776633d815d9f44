// The Time travel page in Chromium against the real server.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { findings, inEveryLook, openPage, Server, until, withServer } from './server.mjs';

const { server, browser } = await withServer();
const seqs = {};

before(async () => {
  await server.ended(
    await server.make('email.send', 'default', { force: 'success', duration_ms: 0 }),
    'SUCCEEDED',
  );
  await server.post('/jobs', { type: 'import.rows', queue: 'imports', handler: 'remote' });
  seqs.open = await server.newest();
  await server.post('/queues/imports/pause', { reason: 'bad supplier file' });
  seqs.paused = await server.newest();
  const more = { max_attempts: 2, retry: { base_ms: 1 } };
  seqs.broken = await server.make('charge.capture', 'payments', { force: 'fail', duration_ms: 0 }, more);
  await server.ended(seqs.broken, 'FAILED');
  await server.ended(
    await server.make('email.send', 'default', { force: 'success', duration_ms: 0 }),
    'SUCCEEDED',
  );
});

const current = (page) => page.locator('.ev.on');
const queue = (page, name) =>
  page.getByRole('region', { name: 'Queues' }).getByRole('row').filter({ hasText: name });
const playhead = (page) => page.getByRole('slider', { name: 'Playhead' });

test('one steps back to before the pause, on to the failure, and home again, with the keyboard alone', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/`);
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await page.getByRole('heading', { level: 1, name: 'Time travel' }).waitFor();
  await queue(page, 'imports').getByText('Paused').waitFor();
  assert.equal(await playhead(page).getAttribute('aria-valuetext'), 'now');

  await page.keyboard.press('Home');
  await page.getByText('before the first event').waitFor();
  assert.equal(await page.getByRole('region', { name: 'Queues' }).getByRole('row').count(), 0);
  await page.keyboard.press('m');
  await current(page).getByText('ServerStarted').waitFor();
  await page.keyboard.press('m');
  await current(page).getByText('QueuePaused').waitFor();
  await queue(page, 'imports').getByText('bad supplier file').waitFor();
  assert.match(page.url(), /\/ui\/time-travel/);

  await page.keyboard.press('ArrowLeft');
  await current(page).getByText('Created').waitFor();
  await queue(page, 'imports').getByText('Paused').waitFor({ state: 'detached' });
  await page.waitForURL(`**at=${seqs.open}*`);
  await page.keyboard.press('ArrowRight');
  await queue(page, 'imports').getByText('Paused').waitFor();
  await page.waitForURL(`**at=${seqs.paused}*`);

  await page.keyboard.press('f');
  await current(page).getByText('Failed').waitFor();
  await page.getByText('ForcedFailure').first().waitFor();
  await page.keyboard.press('d');
  await current(page).getByText('DeadLettered').waitFor();
  const dead = page.getByRole('region', { name: 'Dead letters' });
  await dead.getByRole('link', { name: 'charge.capture' }).waitFor();
  await page.keyboard.press('d');
  await page.getByText('No dead letter after this moment').waitFor();

  await page.keyboard.press('End');
  await page.getByText('You are looking at now').waitFor();
  await page.waitForURL((url) => !url.searchParams.has('at'));
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('the address alone shows the same moment, and a job opens at the event it had come to', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/time-travel?at=${seqs.paused}&range=1h&a=${seqs.open}&b=${seqs.paused}`);
  await current(page).getByText('QueuePaused').waitFor();
  assert.equal(
    await page.getByRole('radio', { name: '1 h', exact: true }).getAttribute('aria-checked'),
    'true',
  );
  await page.getByRole('region', { name: 'From A to B' }).getByText('1 event in').waitFor();
  await page.getByText('The counts are the same.').waitFor();
  await page.getByRole('button', { name: 'Earlier on the track' }).click();
  await page.waitForURL(/[?&]to=/);
  const from = await playhead(page).getAttribute('aria-valuemin');
  const address = page.url();
  await page.reload();
  await current(page).getByText('QueuePaused').waitFor();
  assert.equal(await playhead(page).getAttribute('aria-valuemin'), from);
  assert.equal(page.url(), address);
  await page.keyboard.press('d');
  await current(page).getByText('DeadLettered').waitFor();
  await page.getByRole('link', { name: 'Open job as of here' }).click();
  await page.waitForURL(`**/ui/jobs/${seqs.broken.id}?at=*`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('one goes back to a marker, by seconds, and zooms and pans with the wheel at the pointer', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/time-travel`);
  await current(page).waitFor();
  await page.getByRole('button', { name: 'Marker before (Shift+M)' }).click();
  await current(page).getByText('QueuePaused').waitFor();
  await queue(page, 'imports').getByRole('link', { name: 'imports' }).waitFor();
  await page.keyboard.press('Shift+M');
  await current(page).getByText('ServerStarted').waitFor();
  await page.getByRole('button', { name: 'Marker before (Shift+M)' }).click();
  await page.getByText('No marker before this moment on the track').waitFor();
  await page.keyboard.press('m');
  await current(page).getByText('QueuePaused').waitFor();

  await page.getByLabel('Step by').selectOption('minute');
  await page.waitForURL(/[?&]step=minute/);
  const place = async () => Number(await playhead(page).getAttribute('aria-valuenow'));
  const before = await place();
  await page.getByRole('button', { name: 'One minute back (←)' }).click();
  await page.getByText('before the first event').waitFor();
  assert.ok(Math.abs(before - (await place()) - 60_000) <= 1);

  const track = await playhead(page).boundingBox();
  const start = async () => Number(await playhead(page).getAttribute('aria-valuemin'));
  const range = (name) => page.getByRole('radio', { name, exact: true, checked: true });
  await page.getByRole('radio', { name: '1 h', exact: true }).click();
  await range('1 h').waitFor();
  const wide = await start();
  await page.mouse.move(track.x + track.width * 0.25, track.y + track.height / 2);
  await page.mouse.wheel(0, -120);
  await range('15 min').waitFor();
  const narrow = await start();
  assert.ok(Math.abs(wide + 900_000 - (narrow + 225_000)) < 3000, 'the time under the pointer stays');
  await page.keyboard.down('Shift');
  await until('the track to move', async () => {
    await page.mouse.wheel(0, -120);
    return (await start()) < narrow;
  });
  await page.keyboard.up('Shift');
  await page.goto(`${server.url}/ui/time-travel?at=${seqs.broken.seq}`);
  await page.getByRole('region', { name: 'Queues' }).getByRole('link', { name: 'imports' }).click();
  await page.waitForURL((url) => url.pathname === '/ui/queues/imports' && url.searchParams.has('at'));
  await page.getByRole('region', { name: 'imports', exact: true }).getByText('1 queued').first().waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('the whole log stands over the track, and moves its window but not the playhead', async (t) => {
  const old = new Server('--clock', 'manual');
  await old.start();
  t.after(() => old.dispose());
  await old.post('/jobs', { type: 'import.rows', queue: 'imports', handler: 'remote' });
  await old.post('/clock/advance', { by_ms: 5 * 3_600_000 });
  await old.post('/jobs', { type: 'import.rows', queue: 'imports', handler: 'remote' });
  const { now } = await (await fetch(`${old.url}/clock`)).json();
  await inEveryLook(browser, async (page, look) => {
    await page.clock.install({ time: Date.parse(now) });
    await page.goto(`${old.url}/ui/time-travel?at=2`);
    const map = page.getByRole('slider', { name: 'Window on the whole log' });
    await map.waitFor();
    await current(page).getByText('Created').waitFor();
    const words = await map.getAttribute('aria-valuetext');
    const box = await map.boundingBox();
    await page.mouse.click(box.x + box.width * 0.5, box.y + box.height / 2);
    await page.waitForURL(/[?&]to=/);
    assert.notEqual(await map.getAttribute('aria-valuetext'), words, look);
    assert.equal(new URL(page.url()).searchParams.get('at'), '2');
    const clicked = await map.getAttribute('aria-valuenow');
    await map.focus();
    await page.keyboard.press('ArrowLeft');
    await until('the window to move', async () => (await map.getAttribute('aria-valuenow')) < clicked);
    assert.equal(new URL(page.url()).searchParams.get('at'), '2');
    assert.deepEqual(await findings(page), [], look);
    assert.deepEqual(page.problems, [], look);
  });
});

test('a click on the track and one in the log strip go to that time; what has not happened is said', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/time-travel`);
  await current(page).waitFor();
  const track = await playhead(page).boundingBox();
  await page.mouse.click(track.x + track.width * 0.25, track.y + track.height / 2);
  await page.getByText('before the first event').waitFor();
  await page.waitForURL(/at=\d{4}-/);
  // Soon after midnight that is yesterday, and has its date.
  const words = /^(\d+ [A-Z][a-z]{2} )?\d\d:\d\d:\d\d, 1\d minutes ago$/;
  assert.match(await playhead(page).getAttribute('aria-valuetext'), words);
  await page.keyboard.press('Escape');
  await page.getByText('You are looking at now').waitFor();

  const strip = page.getByRole('region', { name: 'Event log' });
  await strip.getByRole('img', { name: /^Events of the last hour: [1-9]/ }).waitFor();
  const hour = await strip.locator('.track').boundingBox();
  await page.mouse.move(hour.x + hour.width * 0.6, hour.y + 10);
  await page.mouse.down();
  await page.mouse.move(hour.x + hour.width / 2, hour.y + 10);
  await strip.getByText(/^Release to look at/).waitFor();
  await page.mouse.up();
  await page.waitForURL(/\/ui\/time-travel\?.*at=\d{4}-/);
  await page.getByText('before the first event').waitFor();

  // A refusal of the server is also an error on the console.
  await page.goto(`${server.url}/ui/time-travel?at=999999`);
  await page.getByRole('heading', { name: 'This has not happened yet' }).waitFor();
  await page.getByRole('button', { name: 'Return to live' }).last().click();
  await current(page).waitFor();
  assert.deepEqual(
    page.problems.filter((problem) => !/status of 422/.test(problem)),
    [],
  );
  await page.context().close();
});

test('what is played runs up to now', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/time-travel?at=1`);
  await current(page).getByText('ServerStarted').waitFor();
  await page.getByRole('radio', { name: '600×' }).click();
  await page.getByRole('button', { name: 'Play (Space)' }).click();
  await page.getByText('You are looking at now').waitFor();
  await page.getByRole('button', { name: 'Play (Space)' }).waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('without the server what is known stays, and the moment comes by itself when it is back', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/time-travel?at=${seqs.paused}`);
  await current(page).getByText('QueuePaused').waitFor();
  await server.stop();
  await page.keyboard.press('ArrowLeft');
  const alert = page.getByRole('alert').filter({ hasText: 'This moment did not load' });
  await alert.getByText('The server does not answer').waitFor();
  await queue(page, 'imports').getByText('Paused').waitFor();
  await page
    .getByText(/^Offline since/)
    .first()
    .waitFor();
  await server.start();
  await current(page).getByText('Created').waitFor();
  await alert.waitFor({ state: 'detached' });
  await queue(page, 'imports').getByText('Paused').waitFor({ state: 'detached' });
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('between two pins there are attempts, first tries that succeed and dead letters', async () => {
  const page = await openPage(browser);
  // From the first event to the dead letter: one job succeeded at once, one failed twice.
  const events = await (await fetch(`${server.url}/jobs/${seqs.broken.id}/events`)).json();
  await page.goto(`${server.url}/ui/time-travel?a=1&b=${events.at(-1).seq}`);
  const compared = page.getByRole('region', { name: 'From A to B' });
  await compared.getByText('Attempts').waitFor();
  assert.deepEqual(await compared.locator('dd').allTextContents(), ['3', '50.0 % 1 of 2', '1']);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

for (const colorScheme of ['dark', 'light']) {
  for (const width of [1440, 1100, 390]) {
    test(`axe finds nothing in the past, ${colorScheme}, ${width} wide`, async () => {
      const page = await openPage(browser, {
        colorScheme,
        bypassCSP: true,
        viewport: { width, height: 850 },
      });
      await page.goto(`${server.url}/ui/time-travel?at=${seqs.paused}&a=1&b=${seqs.paused}`);
      await current(page).getByText('QueuePaused').waitFor();
      await page.getByRole('region', { name: 'From A to B' }).getByText('First-try success').waitFor();
      if (process.env.PICTURES)
        await page.screenshot({ path: `${process.env.PICTURES}/pins-${colorScheme}-${width}.png` });
      assert.deepEqual(await findings(page), []);
      await page.context().close();
    });
  }
}
