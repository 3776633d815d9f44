// What needs a server of its own: the password, and a restart in the middle of a job.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import faktory from 'faktory-worker';
import { Server, until } from './server.mjs';

const { Client, Worker } = faktory;

async function started(t, ...flags) {
  const server = new Server(...flags);
  t.after(() => server.dispose());
  await server.start();
  return server;
}

test('who knows the password comes in, nobody else', async (t) => {
  const server = await started(t, '--faktory-password', 's3cret');
  await assert.rejects(
    new Client({ url: server.faktoryUrl, password: 'wrong' }).connect(),
    /Invalid password/,
  );
  await assert.rejects(new Client({ url: server.faktoryUrl }).connect(), /Invalid password/);
  const url = server.faktoryUrl.replace('//', '//:s3cret@');
  const client = new Client({ url });
  await client.push({ jobtype: 'secret' });
  await client.close();
  const worker = new Worker({ url, registry: { secret: () => {} } });
  await worker.work();
  await server.reach('secret', 'SUCCEEDED');
  await worker.stop();
});

for (const signal of ['SIGKILL', 'SIGTERM']) {
  test(`worker and client go on after a restart of the server (${signal}), and the attempt too`, async (t) => {
    t.mock.method(console, 'error', () => {}); // the client tells of every connection it loses
    const server = await started(t);
    const client = new Client({ url: server.faktoryUrl });
    let go;
    const gone = new Promise((resolve) => {
      go = resolve;
    });
    const worker = new Worker({
      url: server.faktoryUrl,
      concurrency: 2,
      registry: { long: () => gone, next: () => {} },
    });
    worker.on('error', () => {});
    await client.push({ jobtype: 'long' });
    await worker.work();
    await server.reach('long', 'RUNNING');
    await server.stop(signal);
    await server.start();
    await until(
      () => client.push({ jobtype: 'next' }).then(Boolean, () => false),
      'the client is connected again',
    );
    await until(
      async () => (await server.jobs('next')).some((job) => job.status === 'SUCCEEDED'),
      'the next job',
    );
    go();
    const [job] = await server.reach('long', 'SUCCEEDED');
    assert.deepEqual([job.executions, job.attempts], [1, 0]);
    assert.deepEqual(
      (await server.events(job)).map((event) => event.type),
      ['Created', 'Attempted', 'Succeeded'],
    );
    await worker.stop();
    await client.close();
  });
}
