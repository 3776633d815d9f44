// The queues that are compared, each behind the same four calls: start, enqueue, process and stop. `process` works off everything
// and resolves when `count` jobs are done. All are used as their manuals say, with a handler that does nothing.

import http from "node:http";
import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import * as servers from "./servers.mjs";

const connections = 64;

// Resolves when it was called `count` times.
function countdown(count) {
  let left = count;
  let done;
  const all = new Promise((resolve) => (done = resolve));
  return { all, tick: () => --left === 0 && done() };
}

class BullMQ {
  durability = "synced before the reply (appendfsync always)";
  async start() {
    this.bullmq = await import("bullmq");
    this.service = await servers.redis();
    this.connection = { host: "127.0.0.1", port: this.service.port };
    this.queue = new this.bullmq.Queue("bench", { connection: this.connection });
    await this.queue.waitUntilReady();
  }
  enqueue(payload) {
    return this.queue.add("job", payload);
  }
  async process(count) {
    const { all, tick } = countdown(count);
    this.worker = new this.bullmq.Worker("bench", async () => {}, { connection: this.connection, concurrency: 100 });
    this.worker.on("completed", tick);
    await all;
  }
  async stop() {
    await this.worker?.close(true);
    await this.queue?.close();
    await this.service?.stop();
  }
}

class PgBoss {
  durability = "synced before the reply (synchronous_commit on)";
  async start() {
    const { PgBoss: Boss } = await import("pg-boss");
    this.service = await servers.postgres();
    this.boss = new Boss({ connectionString: `postgres://postgres@127.0.0.1:${this.service.port}/postgres`, max: 20 });
    this.boss.on("error", () => {});
    await this.boss.start();
    await this.boss.createQueue("bench");
  }
  enqueue(payload) {
    return this.boss.send("bench", payload);
  }
  // Its fastest way: fetch a batch, complete a batch.
  async process(count) {
    let done = 0;
    const loop = async () => {
      while (done < count) {
        const jobs = (await this.boss.fetch("bench", { batchSize: 1000 })) ?? [];
        if (jobs.length === 0) await sleep(20);
        else await this.boss.complete("bench", jobs.map((job) => job.id));
        done += jobs.length;
      }
    };
    await Promise.all([loop(), loop()]);
  }
  async stop() {
    await this.boss?.stop({ graceful: false });
    await this.service?.stop();
  }
}

// One connection; answers come in the order of the commands.
class BeanstalkdConnection {
  constructor(port) {
    this.socket = net.connect(port, "127.0.0.1").setNoDelay(true);
    this.waiting = [];
    this.text = "";
    this.socket.setEncoding("latin1").on("data", (chunk) => this.read(chunk));
  }
  read(chunk) {
    this.text += chunk;
    for (let end = this.text.indexOf("\r\n"); end >= 0; end = this.text.indexOf("\r\n")) {
      const words = this.text.slice(0, end).split(" ");
      const body = words[0] === "RESERVED" ? Number(words[2]) + 2 : 0;
      if (this.text.length < end + 2 + body) return;
      this.text = this.text.slice(end + 2 + body);
      this.waiting.shift()(words);
    }
  }
  ask(command) {
    this.socket.write(command);
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}

class Beanstalkd {
  constructor(syncMs) {
    this.syncMs = syncMs;
    this.durability = syncMs === 0 ? "synced before the reply (-f0)" : `synced every ${syncMs} ms, after the reply`;
  }
  async start() {
    this.service = await servers.beanstalkd(this.syncMs);
    this.clients = Array.from({ length: connections }, () => new BeanstalkdConnection(this.service.port));
  }
  async enqueue(payload, client) {
    const text = JSON.stringify(payload);
    const [word] = await this.clients[client].ask(`put 100 0 60 ${text.length}\r\n${text}\r\n`);
    if (word !== "INSERTED") throw new Error(word);
  }
  async process(count) {
    let left = count;
    const loop = async (client) => {
      while (left-- > 0) {
        const [, id] = await client.ask("reserve\r\n");
        await client.ask(`delete ${id}\r\n`);
      }
    };
    await Promise.all(this.clients.slice(0, 32).map(loop));
  }
  async stop() {
    for (const client of this.clients ?? []) client.socket.destroy();
    await this.service?.stop();
  }
}

// Over HTTP, from the same kind of client. Jobs gather while nothing runs; then the built-in simulator works them off.
class RetryLab {
  durability = "synced before the reply (synchronous FULL)";
  constructor(binary) {
    this.binary = binary;
    this.agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  }
  async start() {
    this.directory = servers.temporaryDirectory();
    this.service = await servers.retrylab(this.binary, this.directory, ["--simulate", "off"]);
  }
  ask(method, path, body) {
    return new Promise((resolve, reject) => {
      const options = { host: "127.0.0.1", port: this.service.port, method, path, agent: this.agent, headers: body ? { "Content-Length": Buffer.byteLength(body) } : {} };
      const request = http.request(options, (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (chunk) => (text += chunk));
        answer.on("end", () => (answer.statusCode < 300 ? resolve(text) : reject(new Error(`${answer.statusCode} ${text}`))));
      });
      request.on("error", reject).end(body);
    });
  }
  enqueue(payload) {
    return this.ask("POST", "/jobs", JSON.stringify({ type: "job", payload: { ...payload, force: "success", duration_ms: 0 } }));
  }
  async restart() {
    const { directory } = this.service;
    this.service.directory = `${directory}/nothing`;
    await this.service.stop();
    this.service = await servers.retrylab(this.binary, directory, ["--concurrency", "1000"]);
  }
  async process(count) {
    for (;;) {
      const stats = JSON.parse(await this.ask("GET", "/stats"));
      if (stats.by_status.SUCCEEDED >= count) return;
      await sleep(20);
    }
  }
  async stop() {
    this.agent.destroy();
    await this.service?.stop();
  }
}

// One connection of a Faktory client; answers come in the order of the commands.
class FaktoryConnection {
  constructor(port, hello) {
    this.socket = net.connect(port, "127.0.0.1").setNoDelay(true);
    this.text = "";
    this.socket.setEncoding("latin1").on("data", (chunk) => this.read(chunk));
    this.ready = new Promise((resolve) => (this.waiting = [resolve])).then(() => this.ask(`HELLO ${JSON.stringify(hello)}`));
  }
  read(chunk) {
    this.text += chunk;
    for (let end = this.text.indexOf("\r\n"); end >= 0; end = this.text.indexOf("\r\n")) {
      const line = this.text.slice(0, end);
      const isBulk = line[0] === "$" && line !== "$-1";
      const whole = end + 2 + (isBulk ? Number(line.slice(1)) + 2 : 0);
      if (this.text.length < whole) return;
      this.waiting.shift()(isBulk ? this.text.slice(end + 2, whole - 2) : line);
      this.text = this.text.slice(whole);
    }
  }
  async ask(command) {
    this.socket.write(`${command}\r\n`);
    const answer = await new Promise((resolve) => this.waiting.push(resolve));
    if (answer[0] === "-") throw new Error(answer);
    return answer;
  }
}

// The same server as Faktory's clients see it: pushed, fetched and acknowledged one by one, by workers of this process.
class RetryLabFaktory {
  durability = "synced before the reply (synchronous FULL)";
  constructor(binary) {
    this.binary = binary;
  }
  async start() {
    this.service = await servers.retrylab(this.binary, servers.temporaryDirectory(), ["--simulate", "off"]);
    const port = this.service.faktoryPort;
    this.clients = Array.from({ length: connections }, (_, n) => new FaktoryConnection(port, { v: 2, wid: `bench-${n}`, hostname: "bench", pid: process.pid, labels: [] }));
    await Promise.all(this.clients.map((client) => client.ready));
    this.pushed = 0;
  }
  enqueue(payload, client) {
    const job = { jid: `job-${String(this.pushed++).padStart(12, "0")}`, jobtype: "job", queue: "default", args: [payload] };
    return this.clients[client].ask(`PUSH ${JSON.stringify(job)}`);
  }
  async process(count) {
    let left = count;
    const loop = async (client) => {
      while (left-- > 0) {
        const { jid } = JSON.parse(await client.ask("FETCH default"));
        await client.ask(`ACK ${JSON.stringify({ jid })}`);
      }
    };
    await Promise.all(this.clients.map(loop));
  }
  async stop() {
    for (const client of this.clients ?? []) client.socket.destroy();
    await this.service?.stop();
  }
}

export const queues = {
  retrylab: (binary) => new RetryLab(binary),
  "retrylab-faktory": (binary) => new RetryLabFaktory(binary),
  bullmq: () => new BullMQ(),
  "beanstalkd-f0": () => new Beanstalkd(0),
  "beanstalkd-f50": () => new Beanstalkd(50),
  "pg-boss": () => new PgBoss(),
};
