// The Workers page, and what a job says of its worker, in Chromium against the real server.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findings, inEveryLook, openPage, Server, until, withServer } from './server.mjs';

const { server, browser } = await withServer();

const create = (type, queue, more = {}) =>
  server.post('/jobs', { type, queue, handler: 'remote', payload: {}, ...more });
const stateOf = async (name) =>
  (await (await fetch(`${server.url}/workers`)).json()).find((worker) => worker.name === name)?.state;

test('a worker appears with the jobs that run there, and is made quiet and ended from the page', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/workers`);
  await page.getByRole('heading', { name: 'Start a worker' }).waitFor();

  await create('image.resize', 'images');
  await server.worker('images-1', 'images', 1);
  const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'images-1' }) });
  await card.getByRole('link', { name: /image\.resize/ }).waitFor();
  await page.getByText('1 healthy').waitFor();

  for (const [verb, state, shown] of [
    ['Quiet', 'quiet', 'Quiet'],
    ['Terminate', 'terminate', 'Terminating'],
  ]) {
    await card.hover();
    await card.getByRole('button', { name: `${verb} images-1` }).click();
    const question = page.getByRole('alertdialog', { name: `${verb} images-1` });
    await question.getByText('image.resize').waitFor();
    await question.getByRole('button', { name: `${verb} images-1` }).click();
    await card.getByText(shown, { exact: true }).first().waitFor();
    assert.equal(await stateOf('images-1'), state);
  }
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('what is looked for stands in the address', async () => {
  await server.worker('mails-1', 'mails', 1);
  await server.worker('reports-1', 'reports', 1);
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/workers`);
  await page.getByRole('heading', { name: 'mails-1' }).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('reports');
  await page.getByRole('heading', { name: 'mails-1' }).waitFor({ state: 'hidden' });
  assert.equal(new URL(page.url()).search, '?q=reports');
  await page.reload();
  await page.getByRole('heading', { name: 'reports-1' }).waitFor();
  assert.equal(await page.getByRole('heading', { name: 'mails-1' }).count(), 0);
  await page.getByText('asks for').getByRole('link', { name: 'reports', exact: true }).click();
  await page.waitForURL(`${server.url}/ui/queues/reports`);
  await page.context().close();
});

test('a job names its worker, its lease, how far it is and its batch', async () => {
  const batch = await server.post('/batches', { description: 'nightly', complete: { type: 'done' } });
  const { id } = await create('import', 'imports', { batch: batch.id });
  await server.post(`/batches/${batch.id}/commit`);
  const [lease] = await server.worker('imports-1', 'imports', 1);
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/jobs/${id}`);
  await page.getByText('Lease ends').waitFor();
  await page.getByText('nightly: 0 of 1 ended').waitFor();

  await server.post(`/leases/${lease.fence}/progress`, { percent: 40, text: 'page 4' });
  await page.getByText('page 4', { exact: true }).waitFor();
  assert.equal(await page.getByRole('progressbar', { name: 'Progress' }).getAttribute('value'), '40');
  await page.getByRole('link', { name: 'imports-1' }).click();
  await page.getByRole('heading', { name: 'imports-1' }).waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('a queue that nobody asks for is named where a worker is started', async () => {
  for (let i = 0; i < 2; i++) await create('video.encode', 'videos');
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/workers`);
  await page.getByText('Nobody asks for videos: 2 jobs could start there.').waitFor();
  await page.getByText('retrylab worker --queues videos --exec ./run').waitFor();
  await server.worker('videos-1', 'videos', 1);
  await page.getByText('Nobody asks for').waitFor({ state: 'hidden' });
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('a job that takes longer than its type usually does is told apart', async () => {
  for (let i = 0; i < 6; i++) {
    await create('sync.stock', 'stock');
    const [{ fence }] = await server.worker('stock-1', 'stock', 1);
    await server.post(`/leases/${fence}/ack`, {});
  }
  await create('sync.stock', 'stock');
  await server.worker('stock-1', 'stock', 1);
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/workers?q=stock-1`);
  await page.locator('li.w .sl.o').waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('a lost worker stands first, with what it ran and when it was lost before', async () => {
  const short = new Server('--lease', '500ms');
  await short.start();
  const { id } = await short.make('report.render', 'reports', { name: 'nightly' }, { handler: 'remote' });
  const isLost = async () => (await (await fetch(`${short.url}/workers`)).json())[0]?.lost;
  for (let i = 0; i < 2; i++) {
    await short.worker('reports-1', 'reports', 1);
    await until('the worker to be lost', isLost);
  }
  const page = await openPage(browser);
  await page.goto(`${short.url}/ui/workers`);
  const card = page.locator('li.w.lost');
  await card.getByRole('heading', { name: '1 job it ran' }).waitFor();
  await card.getByRole('link', { name: `report.render name nightly ${id}` }).waitFor();
  await card.getByText('Lost before:').waitFor();
  await inEveryLook(browser, async (each, look) => {
    await each.goto(`${short.url}/ui/workers`);
    await each.locator('li.w.lost').getByRole('heading', { name: '1 job it ran' }).waitFor();
    assert.deepEqual(await findings(each), [], look);
  });
  await card.getByRole('link', { name: 'See that moment' }).click();
  await page.locator('.ev.on').getByText('WorkerLost').waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
  await short.stop();
  await short.dispose();
});
