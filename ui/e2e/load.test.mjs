// What has to be loaded before a page is there. Times depend on the machine and are only measured (measure.mjs); bytes are promised.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { openPage, withServer } from './server.mjs';

const MOST = 200_000; // bytes of compressed JavaScript
// What reads and writes YAML comes after the page, as an editor would, and has a budget of its own.
const EDITOR = /\/(Bench|scenario)-/;
const MOST_EDITOR = 60_000;
const { server, browser } = await withServer();

before(async () => {
  await server.post('/jobs', { type: 'email.send', payload: { force: 'success', duration_ms: 0 } });
});

const scripts = () =>
  performance
    .getEntriesByType('resource')
    .filter(({ name }) => name.endsWith('.js'))
    .map(({ name, encodedBodySize }) => ({ name: new URL(name).pathname, bytes: encodedBodySize }));

for (const [path, ready] of [
  ['/ui/', '.kpi'],
  ['/ui/jobs', '[data-job]'],
  ['/ui/jobs/1', '.lane'],
  ['/ui/events', '[data-seq]'],
  ['/ui/dead-letters', 'h1'],
  ['/ui/queues', '.qs tbody tr'],
  ['/ui/workers', '.w'],
  ['/ui/time-travel', '.ev.on'],
  ['/ui/lab', '.pol'],
]) {
  test(`${path} needs no more than ${MOST / 1000} KB of JavaScript, and none of it for what is not shown`, async () => {
    const page = await openPage(browser);
    await page.goto(server.url + path);
    await page.locator(ready).first().waitFor();
    const loaded = await page.evaluate(scripts);
    const bytes = loaded
      .filter(({ name }) => !EDITOR.test(name))
      .reduce((sum, script) => sum + script.bytes, 0);
    assert.ok(loaded.length > 2 && bytes > 50_000, 'the sizes were not read');
    assert.ok(bytes <= MOST, `${bytes} bytes: ${JSON.stringify(loaded)}`);
    assert.ok(
      !loaded.some(({ name }) => /Palette|EditDrawer|Zone(Menu|List)|Settings/.test(name)),
      'a part that is not shown was loaded',
    );
    await page.context().close();
  });
}

test('the editor of the Lab comes after its page, and is small enough', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/lab`);
  await page.locator('.pol').first().waitFor();
  const editor = (await page.evaluate(scripts)).filter(({ name }) => EDITOR.test(name));
  const bytes = editor.reduce((sum, script) => sum + script.bytes, 0);
  assert.ok(bytes > 20_000 && bytes <= MOST_EDITOR, JSON.stringify(editor));
  await page.context().close();
});

test('the palette comes when it is asked for', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/jobs`);
  await page.locator('[data-job]').first().waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Search or run' }).waitFor();
  assert.ok((await page.evaluate(scripts)).some(({ name }) => name.includes('Palette')));
  await page.context().close();
});
