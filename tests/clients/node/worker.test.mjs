// Workers of the npm package faktory-worker, as their users write them. What came of each job is
// read over HTTP. Each test has a queue and a job type of its own name.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import faktory from 'faktory-worker';
import { gate, Server, until } from './server.mjs';

const soon = { retry_policy: { kind: 'fixed', base_ms: 10, jitter: 0 } };
const server = new Server();
let client;

before(async () => {
  await server.start();
  client = await faktory.connect({ url: server.url });
});
after(async () => {
  await client.close();
  await server.dispose();
});

async function work(t, name, fn, options = {}) {
  const worker = new faktory.Worker({
    url: server.url,
    queues: [name],
    concurrency: 2,
    registry: { [name]: fn },
    ...options,
  });
  worker.problems = [];
  worker.on('error', (error) => worker.problems.push(error));
  await worker.work();
  t.after(() => worker.stop());
  return worker;
}

function push(name, args = [], options = {}) {
  return client.push(Object.assign(client.job(name, ...args), { queue: name, ...options }));
}

describe('a worker', { concurrency: 8 }, () => {
  test('runs a job with its arguments, and its ACK is the end', async (t) => {
    const got = [];
    const worker = await work(t, 'plain', (...args) => got.push(args), { labels: ['node', 'test'] });
    const jid = await push('plain', [1, 'zwei', { drei: [null, 4.5] }]);
    const job = await server.reaches('plain', 'SUCCEEDED');
    assert.deepEqual(got, [[1, 'zwei', { drei: [null, 4.5] }]]);
    assert.deepEqual([job.attempts, job.executions, job.max_attempts, job.queue], [0, 1, 26, 'plain']);
    assert.deepEqual(await server.story('plain'), ['Created', 'Attempted', 'Succeeded']);
    const [created, attempted, succeeded] = (await server.events('plain')).map((e) => e.data);
    assert.equal(created.faktory.jid, jid);
    assert.equal(created.source, 'faktory');
    assert.deepEqual(created.payload.args, [1, 'zwei', { drei: [null, 4.5] }]);
    assert.equal(attempted.worker, worker.wid);
    const known = (await server.get('/workers')).find((w) => w.name === worker.wid);
    assert.deepEqual([known.labels, known.pid, known.protocol], [['node', 'test'], process.pid, 'faktory']);
    assert.equal(succeeded.fence, (await server.events('plain'))[1].seq);
  });

  test('runs a thousand jobs of one pushBulk, each once; what is wrong is named', async (t) => {
    const seen = new Map();
    await work(t, 'bulk', (n) => seen.set(n, (seen.get(n) ?? 0) + 1), { concurrency: 20 });
    const jobs = Array.from({ length: 1000 }, (_, n) => ({ jobtype: 'bulk', queue: 'bulk', args: [n] }));
    const refused = await client.pushBulk([
      ...jobs,
      { jid: 'no-type-00', jobtype: '', queue: 'bulk', args: [] },
    ]);
    assert.deepEqual(Object.keys(refused), ['no-type-00']);
    assert.equal(refused['no-type-00'].reason, 'jobs must have a jobtype parameter');
    const all = async () => (await server.get('/stats')).by_type.bulk.SUCCEEDED === 1000;
    await until(all, 'the end of a thousand jobs', 60);
    assert.equal(seen.size, 1000);
    assert.ok([...seen.values()].every((times) => times === 1));
  });

  test('fails a job, which is retried with its error on record', async (t) => {
    let tries = 0;
    await work(t, 'fails', () => {
      tries += 1;
      if (tries < 3) throw Object.assign(new Error(`broken ${tries}`), { code: 'EBROKEN' });
    });
    await push('fails', [], { custom: soon });
    const job = await server.reaches('fails', 'SUCCEEDED');
    assert.deepEqual([tries, job.attempts, job.executions, job.last_error], [3, 2, 3, 'broken 2']);
    const again = ['Failed', 'RetryScheduled', 'Attempted'];
    assert.deepEqual(await server.story('fails'), ['Created', 'Attempted', ...again, ...again, 'Succeeded']);
    const failed = (await server.events('fails')).find((e) => e.type === 'Failed').data;
    assert.deepEqual(
      [failed.cause, failed.error.type, failed.error.message],
      ['error', 'EBROKEN', 'broken 1'],
    );
    assert.match(failed.error.backtrace[0], /broken 1/);
  });

  test('waits as Faktory does when the job brings no policy', async (t) => {
    await work(t, 'backoff', () => {
      throw new Error('once');
    });
    await push('backoff', [], { retry: 3 });
    await server.reaches('backoff', 'RETRYING');
    const waits = (await server.events('backoff')).find((e) => e.type === 'RetryScheduled').data;
    assert.equal(waits.rule, 'faktory');
    assert.ok(waits.delay_ms >= 15_000 && waits.delay_ms <= 44_000, `${waits.delay_ms} ms`);
  });

  test('sees the failure before, and its last retry makes a dead letter', async (t) => {
    const failures = [];
    await work(t, 'dies', (n) => (ctx) => {
      failures.push(ctx.job.failure);
      throw new Error(`no ${n}`);
    });
    await push('dies', ['more'], { retry: 1, custom: soon });
    const job = await server.reaches('dies', 'FAILED');
    assert.deepEqual([job.attempts, job.executions], [2, 2]);
    assert.equal(failures[0], undefined);
    assert.deepEqual(
      [failures[1].retry_count, failures[1].remaining, failures[1].message],
      [0, 1, 'no more'],
    );
    assert.equal((await server.events('dies')).at(-1).data.reason, 'attempts_exhausted');
  });

  test('with retry 0 a failure is the end without a dead letter, with -1 it is dead at once', async (t) => {
    const fails = () => {
      throw new Error('no');
    };
    await work(t, 'zero', fails);
    await work(t, 'minus', fails);
    await push('zero', [], { retry: 0 });
    await push('minus', [], { retry: -1 });
    await server.reaches('zero', 'DISCARDED');
    assert.deepEqual(await server.story('zero'), ['Created', 'Attempted', 'Failed', 'Discarded']);
    await server.reaches('minus', 'FAILED');
    assert.deepEqual(await server.story('minus'), ['Created', 'Attempted', 'Failed', 'DeadLettered']);
  });

  test('fails a job of a type that it does not know', async (t) => {
    await work(t, 'other', () => {});
    await push('unknown', [], { queue: 'other', retry: -1 });
    assert.match((await server.reaches('unknown', 'FAILED')).last_error, /No jobtype registered: unknown/);
  });

  test('runs its middleware around every job, which reads what is in custom', async (t) => {
    const order = [];
    const outer = async (ctx, next) => {
      order.push(`> ${ctx.job.custom.locale}`);
      await next();
      order.push('<');
    };
    const inner = async (ctx, next) => {
      if (ctx.job.custom.refuse) throw new Error('refused by middleware');
      return next();
    };
    await work(t, 'layers', () => order.push('job'), { middleware: [outer, inner], concurrency: 1 });
    await push('layers', [], { custom: { locale: 'de', deep: { a: [1, 2.5, 'ü'] } } });
    const job = await server.reaches('layers', 'SUCCEEDED');
    assert.deepEqual(order, ['> de', 'job', '<']);
    assert.deepEqual(job.payload.custom, { locale: 'de', deep: { a: [1, 2.5, 'ü'] } });
    await push('layers.refused', [], { queue: 'layers', retry: -1, custom: { locale: 'fr', refuse: true } });
    assert.equal((await server.reaches('layers.refused', 'FAILED')).last_error, 'refused by middleware');
  });

  test('gets a scheduled job when its time has come, not before', async (t) => {
    let ran = 0;
    await work(t, 'later', () => {
      ran = Date.now();
    });
    const at = Date.now() + 700;
    await push('later', [], { at: new Date(at) });
    const job = await server.reaches('later', 'SUCCEEDED');
    assert.ok(ran >= at - 1, `${at - ran} ms early`);
    assert.equal(new Date(job.run_at).getTime(), at);
    await push('far', [], { at: '2031-01-01T00:00:00Z' });
    assert.equal((await server.job('far')).status, 'SCHEDULED');
  });

  test('takes its queues strictly in their order', async (t) => {
    const order = [];
    for (const queue of ['q-low', 'q-mid', 'q-high']) {
      for (const n of [1, 2]) await push('ordered', [queue, n], { queue });
    }
    await work(t, 'ordered', (...args) => order.push(args.join(' ')), {
      queues: ['q-high', 'q-mid', 'q-low'],
      concurrency: 1,
    });
    await until(() => order.length === 6, 'six jobs');
    assert.deepEqual(order, ['q-high 1', 'q-high 2', 'q-mid 1', 'q-mid 2', 'q-low 1', 'q-low 2']);
  });

  test('with weights takes every queue', async (t) => {
    const seen = new Set();
    for (const queue of ['heavy', 'light']) await push('weighted', [queue], { queue });
    await work(t, 'weighted', (queue) => seen.add(queue), { queues: { heavy: 10, light: 1 } });
    await until(() => seen.size === 2, 'a job of each queue');
  });

  test('reserve_for is the timeout of its attempts, with the minute Faktory gives at least', async () => {
    await push('reserved', [], { reserveFor: 300 });
    await push('reserved.short', [], { reserveFor: 5 });
    assert.equal((await server.job('reserved')).timeout_ms, 300_000);
    assert.equal((await server.job('reserved.short')).timeout_ms, 60_000);
    await assert.rejects(push('reserved.long', [], { reserveFor: 86_401 }), /reserved for more than one day/);
  });

  test('a unique job is refused while another holds its key', async (t) => {
    const hold = gate(t);
    const custom = { unique_for: 60 };
    const first = await push('unique', ['a'], { custom });
    await assert.rejects(push('unique', ['a'], { custom }), /NOTUNIQUE Job not unique/);
    await push('unique', ['b'], { custom });
    await work(t, 'unique', () => hold.opened);
    await until(async () => (await server.jobs('unique')).every((j) => j.status === 'RUNNING'), 'both run');
    await assert.rejects(push('unique', ['a'], { custom }), /NOTUNIQUE/);
    hold.open();
    await until(
      async () => (await server.jobs('unique')).every((j) => j.status === 'SUCCEEDED'),
      'both ended',
    );
    assert.notEqual(await push('unique', ['a'], { custom }), first);
  });

  test('an expired job is never handed out', async (t) => {
    await push('expired', [], { custom: { expires_at: '2001-01-01T00:00:00Z' } });
    const ran = [];
    await work(t, 'expired', () => ran.push('no'));
    await server.reaches('expired', 'CANCELLED');
    assert.deepEqual(ran, []);
  });

  test('tells how far it is by TRACK, and everybody can ask', async (t) => {
    const half = gate(t);
    const asks = async (jid) => JSON.parse(await client.send(['TRACK', 'GET', jid]));
    const worker = await work(t, 'tracked', () => async (ctx) => {
      const said = JSON.stringify({ jid: ctx.job.jid, percent: 50, desc: 'half of it' });
      await worker.client.sendWithAssert(['TRACK', 'SET', said], 'OK');
      await half.opened;
    });
    const jid = await push('tracked', [], { custom: { track: 1 } });
    const now = await until(async () => {
      const answer = await asks(jid);
      return answer.percent === 50 && answer;
    }, 'half of the job');
    assert.deepEqual([now.state, now.desc], ['working', 'half of it']);
    const { percent, text } = (await server.job('tracked')).progress;
    assert.deepEqual([percent, text], [50, 'half of it']);
    half.open();
    await server.reaches('tracked', 'SUCCEEDED');
    assert.equal((await asks(jid)).state, 'success');
    assert.equal((await asks('nobody-knows')).state, 'unknown');
  });

  test('hears from an operator that it should be quiet, with its next beat', async (t) => {
    const worker = await work(t, 'quiet', () => {}, { beatInterval: 0.05 });
    await push('quiet', []);
    await server.reaches('quiet', 'SUCCEEDED');
    await server.post(`/workers/${worker.wid}/quiet`);
    // A FETCH that waits already may still get a job, as in Faktory.
    await until(() => worker.quieted && worker.client.pool.borrowed === 0, 'quiet');
    await push('quiet.after', [], { queue: 'quiet' });
    assert.equal((await server.job('quiet.after')).status, 'QUEUED');
    await server.post(`/workers/${worker.wid}/terminate`);
    const gone = async () => !(await server.get('/workers')).some((w) => w.name === worker.wid);
    await until(gone, 'the end of the worker');
    assert.equal((await server.job('quiet.after')).executions, 0);
  });

  test('stop() lets a running job end and ACKs it', async (t) => {
    const hold = gate(t);
    const started = gate(t);
    const run = () => {
      started.open();
      return hold.opened;
    };
    const worker = await work(t, 'stopping', run, { concurrency: 1 });
    await push('stopping');
    await started.opened;
    const stopped = worker.stop();
    await push('stopping.next', [], { queue: 'stopping' });
    hold.open();
    await stopped;
    assert.deepEqual(await server.story('stopping'), ['Created', 'Attempted', 'Succeeded']);
    assert.equal((await server.job('stopping.next')).status, 'QUEUED');
  });

  test('a batch calls back when its jobs are done', async (t) => {
    const ran = [];
    await work(t, 'batched', (name) => ran.push(name));
    const callback = { jid: 'callback-0001', jobtype: 'batched', queue: 'batched', args: ['callback'] };
    const bid = await client.send([
      'BATCH',
      'NEW',
      JSON.stringify({ description: 'two', success: callback }),
    ]);
    assert.match(bid, /^b-/);
    for (const name of ['one', 'two']) await push('batched', [name], { custom: { bid } });
    await client.sendWithAssert(['BATCH', 'COMMIT', bid], 'OK');
    await until(() => ran.includes('callback'), 'the callback');
    assert.deepEqual([...ran].sort(), ['callback', 'one', 'two']);
    assert.equal(ran.at(-1), 'callback');
    await until(
      async () => (await server.get(`/batches/${bid}`)).state === 'succeeded',
      'the end of the batch',
    );
    assert.equal(JSON.parse(await client.send(['BATCH', 'STATUS', bid])).total, 2);
  });
});
