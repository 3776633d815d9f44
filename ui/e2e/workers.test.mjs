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

test('a worker has a page: it stands first, with what it runs and what it ended, now and then', async () => {
  const [lease] = await (async () => {
    await create('thumb.make', 'thumbs');
    return server.worker('thumbs-1', 'thumbs', 1);
  })();
  await server.post(`/leases/${lease.fence}/ack`, {});
  for (let i = 0; i < 6; i++) await create('thumb.make', 'thumbs');
  await server.worker('thumbs-1', 'thumbs', 6);
  const seq = await server.newest();
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/workers`);
  await page.getByRole('link', { name: 'thumbs-1', exact: true }).click();
  await page.waitForURL(`${server.url}/ui/workers/thumbs-1`);
  const open = page.locator('li.w').first();
  await open.getByRole('heading', { name: 'thumbs-1' }).waitFor();
  const lately = open.getByRole('region', { name: 'Ended lately' });
  const ended = lately.getByRole('listitem').filter({ hasText: `thumb.make ${lease.job.id}` });
  await ended.getByText('Succeeded').waitFor();
  assert.equal(await open.getByRole('link', { name: /thumb\.make/ }).count(), 7);
  await page.reload();
  await ended.waitFor();

  await page.goto(`${server.url}/ui/workers/thumbs-1?at=${seq}`);
  await page.getByText('You are looking at').waitFor();
  await ended.waitFor();
  await page.goto(`${server.url}/ui/workers/thumbs-1?at=${lease.fence}`);
  await open.getByRole('link', { name: /thumb\.make/ }).waitFor();
  await lately.getByText('Nothing in the newest').waitFor();

  await page.goto(`${server.url}/ui/events?open=${lease.fence}`);
  await page.getByRole('link', { name: 'Open worker' }).click();
  await page.waitForURL(/\/ui\/workers\/thumbs-1/);
  await page.goto(`${server.url}/ui/workers/nobody`);
  await page.getByText('No worker “nobody” is known.').waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('what runs inside the server has a card of its own, which nobody can end', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/workers`);
  await page.getByRole('heading', { name: 'Start a worker' }).waitFor();
  assert.equal(await page.getByRole('heading', { name: 'Inside the server' }).count(), 0);
  const slow = { force: 'success', duration_ms: 600_000 };
  const { id } = await server.make('report.sum', 'sums', slow);
  const card = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: 'Inside the server' }) });
  await card.getByRole('link', { name: /report\.sum/ }).waitFor();
  await card.getByText('simulator 1, without a worker').waitFor();
  assert.equal(await card.getByRole('button').count(), 0);

  await page.goto(`${server.url}/ui/jobs/${id}`);
  await page.getByRole('link', { name: 'simulator', exact: true }).click();
  await page.waitForURL(`${server.url}/ui/workers/in-process`);
  await page.locator('li.w').first().getByRole('heading', { name: 'Inside the server' }).waitFor();
  await card.getByRole('heading', { name: 'Ended lately' }).waitFor();
  await page.goto(`${server.url}/ui/workers/in-process?at=${await server.newest()}`);
  await card.getByRole('link', { name: /report\.sum/ }).waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
  await inEveryLook(browser, async (each, look) => {
    for (const name of ['thumbs-1', 'in-process']) {
      await each.goto(`${server.url}/ui/workers/${name}`);
      await each.locator('li.w.open').getByRole('heading', { name: 'Ended lately' }).waitFor();
      assert.deepEqual(await findings(each), [], `${name} ${look}`);
    }
  });
});

test('a queue that nobody asks for is named where a worker is started', async () => {
  for (let i = 0; i < 2; i++) await create('video.encode', 'videos');
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/workers`);
  await page.getByText('Nobody asks for videos: 2 jobs could start there.').waitFor();
  await page.getByText('retrylab worker --queues videos --exec ./run').waitFor();
  await server.worker('videos-1', 'videos', 1);
  await page.getByText('Nobody asks for videos').waitFor({ state: 'hidden' });
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
