// Time travel in a log that old jobs have left, against the real server.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { findings, inEveryLook, openPage, Server, until, withServer } from './server.mjs';

const { server, browser } = await withServer('--keep-succeeded', '1s');
let newest;

const quick = () => server.make('mail.send', 'mails', { force: 'success', duration_ms: 0 });

before(async () => {
  const old = await quick();
  await server.ended(old, 'SUCCEEDED');
  newest = await server.make('mail.send', 'mails', {}, { handler: 'remote' });
  await until(
    'the old job to be purged',
    async () => (await fetch(`${server.url}/jobs/${old.id}`)).status === 404,
    60,
  );
});

test('the part of the track whose jobs have left the log is hatched, and says until when', async () => {
  const [created] = await (await fetch(`${server.url}/jobs/${newest.id}/events`)).json();
  const time = new Date(created.at).toISOString().slice(11, 19);
  await inEveryLook(browser, async (page, look) => {
    await page.goto(`${server.url}/ui/time-travel`);
    await page.getByText(`events before ${time} are purged`).first().waitFor();
    const box = await page.locator('.zoom .purged').boundingBox();
    const track = await page.getByRole('slider', { name: 'Playhead' }).boundingBox();
    assert.ok(box.width >= 3 && box.x > track.x && box.x + box.width <= track.x + track.width + 1, look);
    assert.deepEqual(await findings(page), [], look);
    if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/purged-${look}.png` });
    assert.deepEqual(page.problems, []);
  });
});

test('a log that is whole has no such part', async () => {
  const whole = new Server();
  await whole.start();
  await whole.make('mail.send', 'mails', {}, { handler: 'remote' });
  const page = await openPage(browser);
  const answered = page.waitForResponse(/\/events\?after=0&limit=1000$/);
  await page.goto(`${whole.url}/ui/time-travel`);
  await answered;
  await page.locator('.ev.on').waitFor();
  assert.equal(await page.locator('.purged').count(), 0);
  await page.context().close();
  await whole.dispose();
});
