// The example as it stands in examples/worker-node, with the package that is installed here.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Server, until } from './server.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '../../..');
const described = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

test('the example works, and ends when it is told to', async (t) => {
  const original = join(root, 'examples/worker-node');
  assert.deepEqual(described(original).dependencies, described(here).devDependencies);
  const server = new Server();
  t.after(() => server.dispose());
  await server.start();
  const folder = mkdtempSync(join(tmpdir(), 'retrylab-example-'));
  t.after(() => rmSync(folder, { recursive: true }));
  cpSync(original, folder, { recursive: true, filter: (path) => !path.endsWith('node_modules') });
  symlinkSync(join(here, 'node_modules'), join(folder, 'node_modules'));

  const worker = spawn(process.execPath, ['worker.mjs'], {
    cwd: folder,
    env: { ...process.env, FAKTORY_URL: server.url },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise((resolve) => worker.once('exit', (...how) => resolve(how)));
  t.after(() => worker.kill('SIGKILL'));

  const options = { handler: 'remote', max_attempts: 1 };
  await server.post('/jobs', { type: 'count.words', payload: { text: 'to be or not' }, ...options });
  await server.post('/jobs', { type: 'count.words', payload: {}, ...options });
  await server.post('/jobs', { type: 'download', payload: { url: `http://${server.http}/health` }, ...options });
  await server.reaches('download', 'SUCCEEDED');
  const ends = await until(async () => {
    const both = await server.jobs('count.words');
    return both.every((j) => j.finished_at) && both;
  });
  assert.deepEqual(ends.map((j) => j.status), ['SUCCEEDED', 'FAILED']);
  assert.match(ends[1].last_error, /undefined/);
  worker.kill('SIGTERM');
  assert.deepEqual(await ended, [0, null]);
});
