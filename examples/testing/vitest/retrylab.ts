// A RetryLab of its own for each test: starts it, moves its clock, says what happened.
// Node 20 or newer, nothing to install. Copy this file beside your tests.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

type Wish = ({ by_ms: number } | { to: string } | { until: "idle" }) & { patience_ms?: number };

export interface Job {
  id: number;
  status: string;
  attempts: number;
  [field: string]: unknown;
}

export interface Event {
  seq: number;
  at: string;
  type: string;
  data: Record<string, unknown>;
}

interface Options {
  start?: string;
  binary?: string;
  flags?: string[];
}

export class RetryLab {
  private constructor(
    private readonly process: ChildProcess,
    readonly url: string,
    readonly faktoryUrl: string,
  ) {}

  static async start(options: Options = {}): Promise<RetryLab> {
    const binary = options.binary ?? process.env.RETRYLAB_BINARY ?? "retrylab";
    const clock = ["--clock", "manual", "--clock-start", options.start ?? "2026-01-01T00:00:00Z"];
    const listen = ["--http", "127.0.0.1:0", "--faktory", "127.0.0.1:0", "--log-level", "error"];
    const all = ["serve", "--ephemeral", ...clock, ...listen, ...(options.flags ?? [])];
    const server = spawn(binary, all, { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = await once(createInterface(server.stdout), "line");
    const ready = JSON.parse(line);
    return new RetryLab(server, `http://${ready.http}`, `tcp://${ready.faktory}`);
  }

  async stop(): Promise<void> {
    const ended = once(this.process, "exit");
    this.process.kill();
    await ended;
  }

  async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const sent = body === undefined ? undefined : JSON.stringify(body);
    const answer = await fetch(this.url + path, { method, body: sent });
    const json = await answer.json();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${json.detail}`);
    return json as T;
  }

  /** The id of a new job. Options are the fields of POST /jobs: max_attempts, retry, delay_ms … */
  async create(type: string, payload: object = {}, options: object = {}): Promise<number> {
    return (await this.ask<Job>("POST", "/jobs", { type, payload, ...options })).id;
  }

  /** Returns when all that is due has happened. */
  advance(wish: Wish): Promise<{ to: string; jobs: Job[] }> {
    return this.ask("POST", "/clock/advance", wish);
  }

  job(id: number): Promise<Job> {
    return this.ask("GET", `/jobs/${id}`);
  }

  events(id: number): Promise<Event[]> {
    return this.ask("GET", `/jobs/${id}/events`);
  }

  /** When events of this type happened, in seconds of the server's time since the job was created. */
  async seconds(id: number, type: string): Promise<number[]> {
    const events = await this.events(id);
    const since = (event: Event) => (Date.parse(event.at) - Date.parse(events[0]?.at ?? "")) / 1000;
    return events.filter((event) => event.type === type).map(since);
  }
}
