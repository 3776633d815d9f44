// The real server on free ports with a data directory of its own, and its HTTP API to see what became of things.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../..', import.meta.url));
const binary = process.env.RETRYLAB_BINARY ?? join(root, 'build/release/retrylab');

// Looks until it holds; its value is the answer.
export async function until(condition, what = String(condition)) {
  for (const end = Date.now() + 30_000; Date.now() < end; await sleep(10)) {
    const value = await condition();
    if (value) return value;
  }
  throw new Error(`did not come true in 30 s: ${what}`);
}

export class Server {
  data = mkdtempSync(join(tmpdir(), 'retrylab-clients-'));
  http = '127.0.0.1:0';
  faktory = '127.0.0.1:0';

  constructor(...flags) {
    this.flags = flags;
  }

  // Resolves when the ready line was printed. A second start takes the same ports and directory.
  async start() {
    const flags = [
      'serve',
      '--data',
      this.data,
      '--http',
      this.http,
      '--faktory',
      this.faktory,
      ...this.flags,
    ];
    this.process = spawn(binary, flags, { stdio: ['ignore', 'pipe', 'inherit'] });
    const exited = new Promise((_, reject) => {
      this.process.once('error', reject);
      this.process.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    });
    exited.catch(() => {});
    const ready = new Promise((resolve) => createInterface(this.process.stdout).once('line', resolve));
    ({ http: this.http, faktory: this.faktory } = JSON.parse(await Promise.race([ready, exited])));
    this.url = `http://${this.http}`;
    this.faktoryUrl = `tcp://${this.faktory}`;
  }

  async stop(signal = 'SIGTERM') {
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill(signal);
    await ended;
  }

  async dispose() {
    const runs = this.process && this.process.exitCode === null && this.process.signalCode === null;
    if (runs) await this.stop('SIGKILL');
    rmSync(this.data, { recursive: true, force: true });
  }

  async ask(method, path, body) {
    const answer = await fetch(this.url + path, { method, body: body && JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return { late: answer.headers.has('X-Events-Behind'), body: await answer.json() };
  }

  async post(path, body) {
    return (await this.ask('POST', path, body)).body;
  }

  // An answer that reflects every write before it: one that says it is late is asked for again.
  async get(path) {
    return (
      await until(async () => {
        const answer = await this.ask('GET', path);
        return answer.late ? null : answer;
      }, `an answer that is up to date, of ${path}`)
    ).body;
  }

  // The jobs of one type, oldest first.
  jobs(type) {
    return this.get(`/jobs?type=${type}&sort=id&limit=1000`);
  }

  events(job) {
    return this.get(`/jobs/${job.id}/events`);
  }

  // All jobs of one type, when so many have this status.
  reach(type, status, count = 1) {
    const reached = (jobs) => jobs.filter((job) => job.status === status).length === count && jobs;
    return until(async () => reached(await this.jobs(type)), `${count} jobs ${type} as ${status}`);
  }
}
