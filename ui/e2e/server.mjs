// The real server on a free port with a data directory of its own, and Debian's Chromium.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after } from 'node:test';
import { chromium } from 'playwright-core';

export const binary = process.env.RETRYLAB_BINARY ?? '../build/release/retrylab';

const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export class Server {
  data = mkdtempSync(join(tmpdir(), 'retrylab-browser-'));
  http = '127.0.0.1:0';

  // With more of its options, where a test is about one.
  constructor(...options) {
    this.options = options;
  }

  // Resolves when the ready line was printed. A second start takes the same port and directory.
  async start() {
    const options = ['--data', this.data, '--http', this.http, '--faktory', 'off', ...this.options];
    this.process = spawn(binary, ['serve', ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
    const exited = new Promise((_, reject) =>
      this.process.once('exit', (code) => reject(new Error(`the server ended with ${code}`))),
    );
    exited.catch(() => {});
    const [line] = await Promise.race([
      new Promise((resolve) => createInterface(this.process.stdout).once('line', (l) => resolve([l]))),
      exited,
    ]);
    this.http = JSON.parse(line).http;
    this.url = `http://${this.http}`;
  }

  async stop(signal = 'SIGTERM') {
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill(signal);
    await ended;
  }

  async dispose() {
    if (this.process.exitCode === null && this.process.signalCode === null) await this.stop('SIGKILL');
    rmSync(this.data, { recursive: true, force: true });
  }

  // Over HTTP, as a program without a client of the protocol would.
  async worker(name, queue, jobs) {
    const leases = [];
    for (let i = 0; i < jobs; i++)
      leases.push(await this.post('/leases', { worker: name, queues: [queue], wait_ms: 5000 }));
    return leases;
  }

  make(type, queue, payload, more = {}) {
    return this.post('/jobs', { type, queue, payload, ...more });
  }

  async newest() {
    return (await (await fetch(`${this.url}/health`)).json()).seq;
  }

  async statusOf(id) {
    return (await (await fetch(`${this.url}/jobs/${id}`)).json()).status;
  }

  async ended(job, status) {
    await until(`job ${job.id} to be ${status}`, async () => (await this.statusOf(job.id)) === status);
  }

  async post(path, body) {
    const answer = await fetch(this.url + path, { method: 'POST', body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }
}

export const browserPath = process.env.CHROMIUM ?? '/usr/bin/chromium';

export const openBrowser = () => chromium.launch({ executablePath: browserPath, args: chromiumFlags });

// A server and a browser for all tests of a file, there before it prepares anything, gone after its last test.
export async function withServer(...options) {
  const server = new Server(...options);
  let browser;
  after(async () => {
    await browser?.close();
    await server.dispose();
  });
  await server.start();
  browser = await openBrowser();
  return { server, browser };
}

// A page that fails the test when anything goes wrong in it: an exception, a refused script, a console error.
export async function openPage(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.problems = [];
  page.on('pageerror', (error) => page.problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/ERR_CONNECTION_(REFUSED|RESET)/.test(message.text()))
      page.problems.push(`${message.text()} ${message.location().url}`);
  });
  return page;
}

export async function until(what, check, seconds = 10) {
  for (let tries = 0; tries < seconds * 10; tries++) {
    if (await check()) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  assert.fail(`waited in vain for ${what}`);
}

const axe = () => readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// Until whatever fades or slides has come to rest: half transparent text has half the contrast.
const atRest = (page) =>
  page.evaluate(async () => {
    const moving = () =>
      document
        .getAnimations()
        .filter(
          ({ effect, playState }) =>
            playState !== 'finished' && Number.isFinite(effect.getComputedTiming().endTime),
        );
    // What has just been mounted begins to move in the next frame.
    for (let still = 0; still < 2; still = moving().length > 0 ? 0 : still + 1) {
      await Promise.allSettled(moving().map(({ finished }) => finished));
      await new Promise(requestAnimationFrame);
    }
  });

// What axe finds, and whether the page scrolls sideways. The page needs `bypassCSP`.
export async function findings(page) {
  await atRest(page);
  await page.evaluate(axe());
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    }),
  );
  const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  return [...violations.map((v) => `${v.id}: ${v.nodes[0].html}`), ...(isWide ? ['scrolls sideways'] : [])];
}

// What is wrong in one theme or at one width is wrong: a page for each of them, ready for findings().
export async function inEveryLook(browser, check) {
  for (const colorScheme of ['dark', 'light']) {
    for (const width of [1440, 1100, 390]) {
      const viewport = { width, height: 900 };
      const page = await openPage(browser, { colorScheme, viewport, bypassCSP: true });
      await check(page, `${colorScheme}-${width}`);
      await page.context().close();
    }
  }
}
