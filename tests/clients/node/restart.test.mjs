// Workers in processes of their own, as they run in production: they are told to end, they are
// killed, and the server goes away under them.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import faktory from 'faktory-worker';
import { ended, firstLine, gate, Server, until } from './server.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const server = new Server('--lease', '3s');
let client;

before(async () => {
  await server.start();
  client = await faktory.connect({ url: server.url });
});
after(async () => {
  await client.close();
  await server.dispose();
});

function run(t, script, env) {
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, FAKTORY_URL: server.url, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  t.after(async () => {
    child.kill('SIGKILL');
    await ended(child);
  });
  return child;
}

const push = (type) => Object.assign(client.job(type), { queue: type }).push();
const worker = (t, queue) => run(t, here('child.mjs'), { QUEUE: queue, WID: `child-${queue}` });
const isRunning = (type) => server.reaches(type, 'RUNNING');

test('SIGTERM: the running job ends first, then the process, with 0', async (t) => {
  const child = worker(t, 'graceful');
  await push('graceful');
  await isRunning('graceful');
  child.kill('SIGTERM');
  child.stdin.write('go on\n');
  assert.equal(await ended(child), 0);
  assert.deepEqual(await server.story('graceful'), ['Created', 'Attempted', 'Succeeded']);
});

test('SIGTERM: a job that does not end in time is failed, and tried again later', async (t) => {
  const child = worker(t, 'hanging');
  await push('hanging');
  await isRunning('hanging');
  child.kill('SIGTERM');
  assert.equal(await ended(child), 1);
  const job = await server.reaches('hanging', 'RETRYING');
  assert.equal(job.last_error, 'faktory worker shutdown timeout exceeded');
});

test('kill -9: another worker finishes the job, within the lease', async (t) => {
  const child = worker(t, 'killed');
  await push('killed');
  await isRunning('killed');
  child.kill('SIGKILL');
  await ended(child);
  const other = run(t, here('child.mjs'), { QUEUE: 'killed', WID: 'child-other' });
  other.stdin.write('go on\n');
  await server.reaches('killed', 'SUCCEEDED');
  const again = ['Failed', 'RetryScheduled', 'Attempted'];
  assert.deepEqual(await server.story('killed'), ['Created', 'Attempted', ...again, 'Succeeded']);
  const [, first, failed, , second] = (await server.events('killed')).map((e) => e.data);
  assert.deepEqual([first.worker, second.worker], ['child-killed', 'child-other']);
  assert.equal(failed.cause, 'worker_lost');
  assert.match(failed.error.message, /child-killed/);
});

test('the server is killed: the worker comes back and ACKs the same attempt', async (t) => {
  const other = await new Server().start();
  t.after(() => other.dispose());
  const hold = gate(t);
  const mine = new faktory.Worker({
    url: other.url,
    wid: 'patient',
    queues: ['restart'],
    beatInterval: 0.1,
    registry: { restart: () => hold.opened },
  });
  mine.on('error', () => {}); // of the time without a server
  mine.client.connectionFactory.onConnectionError = () => {};
  await mine.work();
  t.after(() => mine.stop());
  await mine.client.push({ jobtype: 'restart', queue: 'restart' });
  await other.reaches('restart', 'RUNNING');
  await other.stop('SIGKILL');
  await other.start();
  const back = async () => (await other.get('/workers')).find((w) => w.name === 'patient' && w.beats > 0);
  await until(back, 'the worker after the restart');
  hold.open();
  await other.reaches('restart', 'SUCCEEDED');
  assert.deepEqual(await other.story('restart'), ['Created', 'Attempted', 'Succeeded']);
});
