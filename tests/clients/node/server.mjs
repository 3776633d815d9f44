// The real server on free ports with a data directory of its own, and what it says over HTTP.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const binary =
  process.env.RETRYLAB_BINARY ?? fileURLToPath(new URL('../../../build/release/retrylab', import.meta.url));

// Looks every 10 ms until the condition holds; its value is the answer.
export async function until(condition, what = 'the condition', seconds = 20) {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`${what} did not come true in ${seconds} s`);
    await pause(10);
  }
}

// A promise that a test resolves when it likes, and its end at the latest: a worker with a job that
// hangs would end the process.
export function gate(t) {
  let open;
  const opened = new Promise((resolve) => {
    open = resolve;
  });
  t.after(open);
  return { open, opened };
}

// The first line that a process prints, or its end as an error.
export const firstLine = (child) =>
  new Promise((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve);
    child.once('error', reject);
    child.once('exit', (code, signal) => reject(new Error(`it ended with ${code ?? signal}`)));
  });

export const ended = (child) =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode ?? child.signalCode);
    else child.once('exit', (code, signal) => resolve(code ?? signal));
  });

export class Server {
  data = mkdtempSync(join(tmpdir(), 'retrylab-clients-'));
  http = '127.0.0.1:0';
  faktory = '127.0.0.1:0';

  constructor(...flags) {
    this.flags = flags;
  }

  // A second start takes the same ports and directory.
  async start() {
    const options = ['--data', this.data, '--http', this.http, '--faktory', this.faktory];
    this.process = spawn(binary, ['serve', ...options, '--log-level', 'warn', ...this.flags], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    ({ http: this.http, faktory: this.faktory } = JSON.parse(await firstLine(this.process)));
    this.url = `tcp://${this.faktory}`;
    return this;
  }

  async stop(signal = 'SIGTERM') {
    this.process.kill(signal);
    return ended(this.process);
  }

  async dispose() {
    await this.stop('SIGKILL');
    rmSync(this.data, { recursive: true, force: true });
  }

  // An answer that reflects every write before it: one that says it is late is asked for again.
  async get(path) {
    const answer = await until(async () => {
      const a = await fetch(`http://${this.http}${path}`);
      return a.headers.has('X-Events-Behind') ? null : a;
    }, `an answer that is up to date, of ${path}`);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  async post(path, body) {
    const answer = await fetch(`http://${this.http}${path}`, { method: 'POST', body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  jobs(type) {
    return this.get(`/jobs?type=${encodeURIComponent(type)}&sort=id`);
  }

  // The only job of this type.
  async job(type) {
    const found = await this.jobs(type);
    if (found.length !== 1) throw new Error(`there are ${found.length} jobs of type ${type}`);
    return this.get(`/jobs/${found[0].id}`);
  }

  async events(type) {
    return this.get(`/jobs/${(await this.job(type)).id}/events`);
  }

  async story(type) {
    return (await this.events(type)).map((e) => e.type);
  }

  reaches(type, status) {
    return until(async () => {
      const job = await this.job(type);
      return job.status === status && job;
    }, `the job of type ${type} as ${status}`);
  }
}
