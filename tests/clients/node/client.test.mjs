// The npm package faktory-worker, as it is published, against the real server.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import faktory from 'faktory-worker';
import { Server, until } from './server.mjs';

const { Client, Worker } = faktory;
const soon = { kind: 'fixed', base_ms: 5, jitter: 0 };
const farAway = '2061-01-01T00:00:00Z';

const server = new Server();
const workers = [];
let client;

// A worker of the test's own queue; it ends with the file, so that no test waits for its last FETCH.
async function work(queues, registry, options = {}) {
  const worker = new Worker({ url: server.faktoryUrl, queues, registry, ...options });
  workers.push(worker);
  return worker.work();
}

const push = (jobtype, options = {}) => client.push({ jobtype, queue: jobtype, ...options });
const track = async (jid) => JSON.parse(await client.send(['TRACK', 'GET', jid]));
const types = (events) => events.map((event) => event.type);

before(async () => {
  process.setMaxListeners(0); // each worker listens for signals
  await server.start();
  client = new Client({ url: server.faktoryUrl });
  await client.connect();
});
after(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  await client.close();
  await server.dispose();
});

test('a pushed job is worked on once, with its arguments as they were', async () => {
  const seen = [];
  const jid = await push('greet', { args: ['Zoë', { n: [1.5, null] }], custom: { locale: 'nl' } });
  const greet =
    (...args) =>
    ({ job }) =>
      seen.push({ jid: job.jid, custom: job.custom, args });
  const worker = await work(['greet'], { greet }, { wid: 'greeter-1', labels: ['a', 'b'] });
  const [job] = await server.reach('greet', 'SUCCEEDED');
  assert.deepEqual(seen, [{ jid, custom: { locale: 'nl' }, args: ['Zoë', { n: [1.5, null] }] }]);
  assert.deepEqual([job.executions, job.attempts], [1, 0]);
  const events = await server.events(job);
  assert.deepEqual(types(events), ['Created', 'Attempted', 'Succeeded']);
  assert.equal(events[1].data.worker, worker.wid);
  const known = (await server.get('/workers')).find((w) => w.name === worker.wid);
  assert.deepEqual([known.pid, known.labels, known.protocol], [process.pid, ['a', 'b'], 'faktory']);
});

test('a bulk push takes what is right and names the rest', async () => {
  const jobs = Array.from({ length: 250 }, (_, n) => ({ jobtype: 'bulk', queue: 'bulk', args: [n] }));
  jobs.push({ jid: 'short', jobtype: 'bulk', queue: 'bulk', args: [] });
  const rejected = await client.pushBulk(jobs);
  assert.deepEqual(
    Object.entries(rejected).map(([jid, { reason }]) => [jid, reason]),
    [['short', 'jobs must have a reasonable jid parameter']],
  );
  const seen = new Set();
  await work(['bulk'], { bulk: (n) => seen.add(n) });
  assert.equal((await server.reach('bulk', 'SUCCEEDED', 250)).length, 250);
  assert.equal(seen.size, 250);
});

test('a job that throws is tried again, and its errors are on record', async () => {
  let calls = 0;
  await push('flaky', { retry: 5, custom: { retry_policy: soon } });
  await work(['flaky'], {
    flaky: () => {
      if (++calls < 3) throw Object.assign(new Error(`failure ${calls}`), { code: 'EFLAKY' });
    },
  });
  const [job] = await server.reach('flaky', 'SUCCEEDED');
  assert.deepEqual([job.attempts, job.executions, job.max_attempts, calls], [2, 3, 6, 3]);
  const failed = (await server.events(job)).filter((event) => event.type === 'Failed');
  assert.deepEqual(
    failed.map(({ data }) => [data.cause, data.error.type, data.error.message]),
    [
      ['error', 'EFLAKY', 'failure 1'],
      ['error', 'EFLAKY', 'failure 2'],
    ],
  );
  assert.match(failed[0].data.error.backtrace[0], /failure 1/);
});

test('without a policy of its own a failed job waits as in Faktory', async () => {
  await push('patient');
  await work(['patient'], { patient: () => Promise.reject(new Error('no')) });
  const [job] = await server.reach('patient', 'RETRYING');
  const { data } = (await server.events(job)).find((event) => event.type === 'RetryScheduled');
  assert.ok(data.delay_ms >= 15_000 && data.delay_ms <= 44_000, `${data.delay_ms} ms`);
});

test('retry -1 ends in the dead letters, 0 is discarded, 2 has three attempts', async () => {
  await push('doomed', { args: [-1], retry: -1 });
  await push('doomed', { args: [0], retry: 0 });
  await push('doomed', { args: [2], retry: 2, custom: { retry_policy: soon } });
  await work(['doomed'], { doomed: () => Promise.reject(new Error('no')) });
  const jobs = await server.reach('doomed', 'FAILED', 2);
  await server.reach('doomed', 'DISCARDED');
  assert.deepEqual(
    (await server.jobs('doomed')).map((job) => [job.status, job.executions]),
    [
      ['FAILED', 1],
      ['DISCARDED', 1],
      ['FAILED', 3],
    ],
  );
  assert.equal(jobs.length, 3);
});

test('a scheduled job does not start before its time', async () => {
  const at = new Date(Date.now() + 400).toISOString();
  await push('later', { at });
  const job = client.job('far.away', 1);
  job.at = new Date(farAway);
  job.queue = 'later';
  await job.push();
  await work(['later'], { later: () => {} });
  const [done] = await server.reach('later', 'SUCCEEDED');
  const attempted = (await server.events(done)).find((event) => event.type === 'Attempted');
  assert.ok(new Date(attempted.at) >= new Date(at), `${attempted.at} is before ${at}`);
  const [waiting] = await server.reach('far.away', 'SCHEDULED');
  assert.equal(new Date(waiting.run_at).toISOString(), new Date(farAway).toISOString());
});

test('queues are served in the given order, each first in, first out', async () => {
  for (const n of [1, 2, 3]) await client.push({ jobtype: 'ordered', queue: 'low', args: [`low ${n}`] });
  for (const n of [1, 2, 3]) await client.push({ jobtype: 'ordered', queue: 'high', args: [`high ${n}`] });
  await work(['high', 'low'], { ordered: () => {} }, { concurrency: 1 });
  const jobs = await server.reach('ordered', 'SUCCEEDED', 6);
  const started = jobs.sort((a, b) => a.started_at.localeCompare(b.started_at));
  assert.deepEqual(
    started.map((job) => job.payload.args[0]),
    ['high 1', 'high 2', 'high 3', 'low 1', 'low 2', 'low 3'],
  );
});

test('info tells queues and sets', async () => {
  await push('info.a');
  await push('info.a', { at: farAway });
  const { faktory: told, server: about } = await client.info();
  const { by_status } = await server.get('/stats');
  assert.equal(told.queues['info.a'], 1);
  assert.deepEqual(
    [told.tasks.Scheduled.size, told.tasks.Retries.size, told.tasks.Dead.size],
    [by_status.SCHEDULED, by_status.RETRYING, by_status.FAILED],
  );
  assert.match(about.faktory_version, /^1\./);
});

// Jobs of these numbers, failed once, with so many retries.
async function fail(jobtype, numbers, retry) {
  const jids = [];
  for (const n of numbers) jids.push(await push(jobtype, { args: [n], retry }));
  for (const _ of numbers) await client.fail((await client.fetch(jobtype)).jid, new Error('no'));
  return jids;
}
const statuses = async (jobtype) => (await server.jobs(jobtype)).map((job) => job.status);

test('mutations of retries: kill by pattern, discard by jid, requeue by type', async () => {
  const [first] = await fail('mutate.retries', [1, 2, 3], 5);
  assert.deepEqual(await statuses('mutate.retries'), ['RETRYING', 'RETRYING', 'RETRYING']);
  await client.retries.withJids(first).discard();
  await client.retries.ofType('mutate.retries').matching('*"args":\\[2\\]*').kill();
  assert.deepEqual(await statuses('mutate.retries'), ['CANCELLED', 'FAILED', 'RETRYING']);
  await client.retries.ofType('mutate.retries').requeue();
  assert.deepEqual(await statuses('mutate.retries'), ['CANCELLED', 'FAILED', 'QUEUED']);
  assert.deepEqual((await client.fetch('mutate.retries')).args, [3]);
});

test('mutations of the dead: requeue by jid, discard by type', async () => {
  const [first] = await fail('mutate.dead', [1, 2], -1);
  assert.deepEqual(await statuses('mutate.dead'), ['FAILED', 'FAILED']);
  await client.dead.withJids(first).requeue();
  await client.dead.ofType('mutate.dead').discard();
  assert.deepEqual(await statuses('mutate.dead'), ['QUEUED', 'DISCARDED']);
  assert.equal((await server.jobs('mutate.dead'))[0].generation, 2);
});

test('mutations of what is scheduled: kill, clear, requeue', async () => {
  const jids = [];
  for (const n of [1, 2]) jids.push(await push('mutate.scheduled', { args: [n], at: farAway }));
  await client.scheduled.withJids([jids[0]]).kill();
  assert.deepEqual(await statuses('mutate.scheduled'), ['FAILED', 'SCHEDULED']);
  await client.scheduled.clear();
  assert.deepEqual(await statuses('mutate.scheduled'), ['FAILED', 'CANCELLED']);
  assert.equal((await client.info()).faktory.tasks.Scheduled.size, 0);
  await push('mutate.scheduled', { args: [3], at: farAway });
  await client.scheduled.requeue();
  assert.deepEqual(await statuses('mutate.scheduled'), ['FAILED', 'CANCELLED', 'QUEUED']);
  assert.deepEqual((await client.fetch('mutate.scheduled')).args, [3]);
});

test('progress of a tracked job is told to whoever asks', async () => {
  const jid = await push('tracked', { custom: { track: 1 } });
  assert.equal((await track(jid)).state, 'enqueued');
  let go;
  const gone = new Promise((resolve) => {
    go = resolve;
  });
  await work(['tracked'], {
    tracked: async () => {
      await client.send(['TRACK', 'SET', JSON.stringify({ jid, percent: 40, desc: 'page 4' })]);
      await gone;
    },
  });
  const told = await until(async () => {
    const now = await track(jid);
    return now.percent && now;
  });
  assert.deepEqual([told.state, told.percent, told.desc], ['working', 40, 'page 4']);
  const [job] = await server.jobs('tracked');
  assert.deepEqual([job.progress.percent, job.progress.text], [40, 'page 4']);
  go();
  await server.reach('tracked', 'SUCCEEDED');
  assert.equal((await track(jid)).state, 'success');
});

test('a second job of the same kind is refused while the first is alive', async () => {
  const unique = { args: [7], custom: { unique_for: 60 } };
  await push('unique', unique);
  await assert.rejects(push('unique', unique), /NOTUNIQUE Job not unique/);
  await push('unique', { ...unique, args: [8] });
  assert.deepEqual(await statuses('unique'), ['QUEUED', 'QUEUED']);
});

test('the callback of a batch comes when its jobs are done', async () => {
  const success = { jid: 'callback-1', jobtype: 'batch.done', queue: 'batch', args: [1] };
  const bid = await client.send(['BATCH', 'NEW', JSON.stringify({ description: 'two', success })]);
  for (const n of [1, 2]) await push('batch', { args: [n], custom: { bid } });
  const customs = [];
  const done = () => (context) => customs.push(context.job.custom);
  await work(['batch'], { batch: () => {}, 'batch.done': done });
  await server.reach('batch', 'SUCCEEDED', 2);
  assert.deepEqual(await server.jobs('batch.done'), []);
  assert.equal(await client.send(['BATCH', 'COMMIT', bid]), 'OK');
  await server.reach('batch.done', 'SUCCEEDED');
  assert.deepEqual(customs, [{ _bid: bid, _cb: 'success' }]);
  await until(async () => (await server.get(`/batches/${bid}`)).state === 'succeeded');
});

test('an operator makes a worker quiet: it finishes its job and takes no other', async () => {
  let go;
  const gone = new Promise((resolve) => {
    go = resolve;
  });
  await push('quiet');
  const options = { wid: 'quiet-one', beatInterval: 0.05, concurrency: 1 };
  const worker = await work(['quiet'], { quiet: () => gone }, options);
  await server.reach('quiet', 'RUNNING');
  await server.post(`/workers/${worker.wid}/quiet`);
  await until(() => worker.quieted, 'the worker hears of it');
  go();
  await server.reach('quiet', 'SUCCEEDED');
  await push('quiet');
  await worker.stop();
  workers.splice(workers.indexOf(worker), 1);
  assert.deepEqual(await statuses('quiet'), ['SUCCEEDED', 'QUEUED']);
});

test('stop() waits for the job that runs', async () => {
  let go;
  const gone = new Promise((resolve) => {
    go = resolve;
  });
  await push('shutdown');
  const worker = await work(['shutdown'], { shutdown: () => gone }, { wid: 'stopping', concurrency: 1 });
  await server.reach('shutdown', 'RUNNING');
  const stopped = worker.stop();
  await push('shutdown');
  go();
  await stopped;
  workers.splice(workers.indexOf(worker), 1);
  assert.deepEqual(await statuses('shutdown'), ['SUCCEEDED', 'QUEUED']);
  await until(async () => !(await server.get('/workers')).some((w) => w.name === worker.wid));
});
