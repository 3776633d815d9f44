// What the npm package faktory-worker does besides working: INFO, MUTATE, QUEUE, FLUSH. No worker
// runs here: jobs are fetched by the client itself, so that nothing happens unasked.

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import faktory from 'faktory-worker';
import { Server, until } from './server.mjs';

const server = new Server();
let client;

before(async () => {
  await server.start();
  client = await faktory.connect({ url: server.url });
});
beforeEach(() => client.flush());
after(async () => {
  await client.close();
  await server.dispose();
});

// A job of this type that has failed once; its jid.
async function failed(type, options = {}) {
  const jid = await client.push(Object.assign(client.job(type, 'x'), options));
  const got = await client.fetch('default');
  assert.equal(got.jid, jid);
  await client.fail(jid, new Error(`${type} broke`));
  return jid;
}

const sizes = async () => {
  const { faktory: f } = await client.info();
  const { scheduled, retries, dead, working } = f.sets;
  return { enqueued: f.total_enqueued, scheduled, retries, dead, working };
};
const none = { enqueued: 0, scheduled: 0, retries: 0, dead: 0, working: 0 };
const statuses = async (type) => (await server.jobs(type)).map((j) => j.status);
const newest = async (type) => (await server.jobs(type)).at(-1);

test('info counts what there is, as soon as it is there', async () => {
  assert.deepEqual(await sizes(), none);
  const before = (await client.info()).faktory;
  await client.job('counted').push();
  await Object.assign(client.job('counted'), { queue: 'second' }).push();
  await Object.assign(client.job('counted'), { at: '2031-01-01T00:00:00Z' }).push();
  assert.deepEqual(await sizes(), { ...none, enqueued: 2, scheduled: 1 });
  const got = await client.fetch('second');
  assert.deepEqual(await sizes(), { ...none, enqueued: 1, scheduled: 1, working: 1 });
  await client.ack(got.jid);
  const info = await client.info();
  assert.equal(info.faktory.total_processed, before.total_processed + 1);
  assert.deepEqual(info.faktory.queues, { default: 1, second: 0 });
  assert.equal(info.faktory.tasks.Scheduled.size, 1);
  assert.match(info.server.faktory_version, /^1\.\d+\.\d+$/);
});

test('retries.ofType().requeue() brings back that type only', async () => {
  const jid = await failed('red');
  await failed('blue');
  assert.deepEqual(await sizes(), { ...none, retries: 2 });
  await client.retries.ofType('red').requeue();
  assert.deepEqual(await sizes(), { ...none, enqueued: 1, retries: 1 });
  const got = await client.fetch('default');
  assert.deepEqual([got.jid, got.failure.message, got.failure.retry_count], [jid, 'red broke', 0]);
  await client.ack(jid);
  assert.deepEqual([(await newest('red')).status, (await newest('blue')).status], ['SUCCEEDED', 'RETRYING']);
});

test('retries.withJids().kill() makes dead letters, dead.requeue() jobs again', async () => {
  const [one, two] = [await failed('killed'), await failed('killed')];
  await client.retries.withJids(one).kill();
  assert.deepEqual(await sizes(), { ...none, retries: 1, dead: 1 });
  assert.deepEqual((await statuses('killed')).slice(-2), ['FAILED', 'RETRYING']);
  const [, job] = (await server.jobs('killed')).toReversed();
  assert.equal((await server.get(`/jobs/${job.id}/events`)).at(-1).data.reason, 'operator');
  await client.dead.withJids([one, two]).requeue();
  assert.equal((await client.fetch('default')).jid, one);
  await client.ack(one);
  const again = await server.get(`/jobs/${job.id}`);
  assert.deepEqual([again.status, again.generation], ['SUCCEEDED', 2]);
});

test('dead.matching().discard() removes what matches', async () => {
  await failed('rotten', { retry: -1, args: ['uid:12345'] });
  await failed('rotten', { retry: -1, args: ['uid:99'] });
  await client.dead.matching('*uid:12345*').discard();
  assert.deepEqual(await sizes(), { ...none, dead: 1 });
  assert.deepEqual(await statuses('rotten'), ['DISCARDED', 'FAILED']);
  await client.dead.clear();
  assert.deepEqual(await statuses('rotten'), ['DISCARDED', 'DISCARDED']);
});

test('scheduled jobs can be requeued, killed, discarded', async () => {
  const later = (type) => Object.assign(client.job(type), { at: '2031-01-01T00:00:00Z' }).push();
  for (const type of ['now', 'dead-at-once', 'never']) await later(type);
  await client.scheduled.ofType('now').requeue();
  await client.scheduled.ofType('dead-at-once').kill();
  await client.scheduled.ofType('never').discard();
  assert.deepEqual(await sizes(), { ...none, enqueued: 1, dead: 1 });
  assert.equal((await client.fetch('default')).jobtype, 'now');
  assert.equal((await server.job('dead-at-once')).status, 'FAILED');
  assert.equal((await server.job('never')).status, 'CANCELLED');
});

test('clear of one set leaves the others', async () => {
  await failed('a');
  await failed('b', { retry: -1 });
  await Object.assign(client.job('c'), { at: new Date('2031-01-01') }).push();
  await client.retries.clear();
  assert.deepEqual(await sizes(), { ...none, scheduled: 1, dead: 1 });
  await client.scheduled.clear();
  assert.deepEqual(await sizes(), { ...none, dead: 1 });
});

test('flush cancels and erases nothing', async () => {
  await client.job('flushed').push();
  await client.fetch('default');
  await client.job('flushed').push();
  await client.flush();
  assert.deepEqual(await sizes(), none);
  assert.deepEqual(await statuses('flushed'), ['CANCELLED', 'CANCELLED']);
});

test('a paused queue gives nothing until it is resumed', async () => {
  await Object.assign(client.job('paused'), { queue: 'p' }).push();
  await client.send(['QUEUE', 'PAUSE', 'p']);
  assert.equal(await client.fetch('p'), null);
  assert.equal((await server.get('/queues/p')).paused, true);
  await client.send(['QUEUE', 'RESUME', 'p']);
  assert.equal((await client.fetch('p')).jobtype, 'paused');
});

test('FAIL may say when to try again, or that it is of no use', async () => {
  const fails = async (type, custom) => {
    const jid = await client.job(type).push();
    await client.fetch('default');
    await client.sendWithAssert(['FAIL', JSON.stringify({ jid, message: 'no', custom })], 'OK');
  };
  await fails('advised', { retry_after: 1.5 });
  const waits = (await server.events('advised')).at(-1).data;
  assert.deepEqual([waits.delay_ms, waits.rule], [1500, 'retry_after']);
  await fails('useless', { retryable: false });
  assert.equal((await server.job('useless')).status, 'FAILED');
});

test('numbers beyond those of JavaScript come back as they were sent', async () => {
  const args = '[12345678901234567890123,1.50,"\\u00fc"]';
  await client.send(['PUSH', `{"jid":"verbatim-1","jobtype":"verbatim","args":${args}}`]);
  assert.ok((await client.send(['FETCH', 'default'])).includes(`"args":${args}`));
});

test('a password is asked for, and only the right one opens', async (t) => {
  const guarded = await new Server('--faktory-password', 's3cret & more').start();
  t.after(() => guarded.dispose());
  const url = guarded.url.replace('tcp://', 'tcp://:s3cret%20%26%20more@');
  const inside = await faktory.connect({ url });
  t.after(() => inside.close());
  await inside.job('guarded').push();
  assert.equal((await guarded.job('guarded')).status, 'QUEUED');
  await assert.rejects(faktory.connect({ url: guarded.url, password: 'wrong' }), /Invalid password/);
  await assert.rejects(faktory.connect({ url: guarded.url }), /Invalid password/);
});

test('a client goes on after a restart of the server', async (t) => {
  const other = await new Server().start();
  t.after(() => other.dispose());
  const patient = await faktory.connect({ url: other.url });
  t.after(() => patient.close());
  await patient.job('before').push();
  await other.stop('SIGKILL');
  await other.start();
  const pushed = () =>
    patient
      .job('after')
      .push()
      .catch(() => null);
  await until(pushed, 'a push after the restart');
  assert.deepEqual([(await other.job('before')).status, (await other.jobs('after')).length], ['QUEUED', 1]);
});
