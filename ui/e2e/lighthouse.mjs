// What Lighthouse says of the pages: `npm run lighthouse`, after a release build. It is fetched when it is needed, because it
// brings more packages than all the rest of the dashboard; the browser is Debian's.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { browserPath, Server, until } from './server.mjs';

const LIGHTHOUSE = 'lighthouse@12.8.2';
const CATEGORIES = { accessibility: 100, 'best-practices': 95 };

const run = promisify(execFile);

async function audit(url) {
  const options = [
    `--only-categories=${Object.keys(CATEGORIES).join()}`,
    '--preset=desktop',
    '--output=json',
    '--quiet',
    '--chrome-flags=--headless=new --no-sandbox --disable-gpu',
  ];
  const { stdout } = await run('npx', ['--yes', LIGHTHOUSE, url, ...options], {
    env: { ...process.env, CHROME_PATH: browserPath },
    maxBuffer: 100_000_000,
  });
  const { audits, categories } = JSON.parse(stdout);
  const failed = Object.values(audits).filter(({ score }) => score !== null && score < 1);
  return {
    scores: Object.fromEntries(
      Object.entries(categories).map(([name, { score }]) => [name, Math.round(score * 100)]),
    ),
    failed: failed.map(({ id }) => id).join(', '),
  };
}

const server = new Server();
await server.start();
try {
  const { id } = await server.post('/jobs', {
    type: 'charge.capture',
    payload: { order: 88213, sequence: ['fail', 'timeout'], duration_ms: 10 },
    max_attempts: 2,
    retry: { base_ms: 10 },
  });
  await until(
    'a dead letter',
    async () => (await (await fetch(`${server.url}/jobs/${id}`)).json()).status === 'FAILED',
  );
  const table = {};
  for (const path of ['/', '/jobs', `/jobs/${id}`, '/events', '/dead-letters', '/queues', '/workers']) {
    const { scores, failed } = await audit(`${server.url}/ui${path}`);
    table[path] = { ...scores, failed };
    for (const [name, least] of Object.entries(CATEGORIES)) if (scores[name] < least) process.exitCode = 1;
  }
  console.table(table);
} finally {
  await server.dispose();
}
