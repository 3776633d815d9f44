// Servers of others, each on a free port of 127.0.0.1 with a directory of its own, stopped by pid.

import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const postgresFolder = "/usr/lib/postgresql";

export function temporaryDirectory() {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "retrylab-peers-"));
  fs.chmodSync(directory, 0o755);
  return directory;
}

export function freePort() {
  return new Promise((resolve) => {
    const probe = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

async function until(port) {
  for (let i = 0; i < 400; i++) {
    if (await answers(port)) return;
    await sleep(50);
  }
  throw new Error(`nothing listens on port ${port}`);
}

// Whatever goes wrong, no server stays behind.
const running = new Set();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

function launch(command, args, options) {
  const child = spawn(command, args, options);
  running.add(child);
  child.once("exit", () => running.delete(child));
  return child;
}

export class Service {
  constructor(child, directory, port) {
    Object.assign(this, { child, directory, port });
  }

  // User and system time of the process and the children it has waited for, in seconds.
  cpuSeconds() {
    const read = (pid) => fs.readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
    const own = (pid) => {
      const fields = read(pid);
      return (Number(fields[11]) + Number(fields[12]) + Number(fields[13]) + Number(fields[14])) / 100;
    };
    return this.pids().reduce((sum, pid) => sum + own(pid), 0);
  }

  // The process and its descendants.
  pids() {
    const found = [this.child.pid];
    for (let i = 0; i < found.length; i++) {
      const file = `/proc/${found[i]}/task/${found[i]}/children`;
      if (fs.existsSync(file)) found.push(...fs.readFileSync(file, "utf8").split(" ").filter(Boolean).map(Number));
    }
    return found;
  }

  async stop() {
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill("SIGINT"); // PostgreSQL's fast shutdown; the others stop, too
      await Promise.race([ended, sleep(10_000)]);
      if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill("SIGKILL");
    }
    fs.rmSync(this.directory, { recursive: true, force: true });
  }
}

async function start(command, args, directory, port) {
  const log = fs.openSync(path.join(directory, "server.log"), "a");
  const child = launch(command, args, { stdio: ["ignore", log, log], cwd: directory });
  const failed = new Promise((_, reject) => child.once("error", (e) => reject(new Error(`${command}: ${e.message}; is its package installed?`))));
  await Promise.race([until(port), failed]);
  return new Service(child, directory, port);
}

// Every write synced before its answer.
export async function redis() {
  const directory = temporaryDirectory();
  const port = await freePort();
  const args = ["--port", port, "--bind", "127.0.0.1", "--dir", directory, "--save", "", "--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "noeviction"];
  return start("redis-server", args.map(String), directory, port);
}

// `syncMs` 0: each write is synced before its answer; else at most that often, after it.
export async function beanstalkd(syncMs) {
  const directory = temporaryDirectory();
  const port = await freePort();
  return start("beanstalkd", ["-l", "127.0.0.1", "-p", String(port), "-b", directory, "-f", String(syncMs)], directory, port);
}

// As it comes: synchronous_commit is on. It refuses to run as root, so root becomes `postgres`.
export async function postgres() {
  const directory = temporaryDirectory();
  const port = await freePort();
  const version = fs.readdirSync(postgresFolder).sort((a, b) => b - a)[0];
  const binary = (name) => path.join(postgresFolder, version, "bin", name);
  const data = path.join(directory, "data");
  const asRoot = process.getuid() === 0;
  const prefix = asRoot ? ["runuser", "-u", "postgres", "--"] : [];
  if (asRoot) execFileSync("chown", ["postgres", directory]);
  const [first, ...rest] = [...prefix, binary("initdb"), "-D", data, "-A", "trust", "-U", "postgres"];
  execFileSync(first, rest, { stdio: "ignore", cwd: directory });
  const [command, ...args] = [...prefix, binary("postgres"), "-D", data, "-p", String(port), "-c", "listen_addresses=127.0.0.1", "-c", `unix_socket_directories=${directory}`];
  const service = await start(command, args, directory, port);
  // runuser does not pass signals on: the server is its child.
  if (asRoot) service.stop = stopAs(service);
  return service;
}

function stopAs(service) {
  const plain = Service.prototype.stop.bind(service);
  return async () => {
    const server = service.pids()[1];
    if (server) process.kill(server, "SIGINT");
    await Promise.race([new Promise((resolve) => service.child.once("exit", resolve)), sleep(10_000)]);
    await plain();
  };
}

// `retrylab serve`; the ports are in its ready line.
export async function retrylab(binary, directory, flags) {
  const child = launch(binary, ["serve", "--data", path.join(directory, "data"), "--http", "127.0.0.1:0", "--faktory", "127.0.0.1:0", "--log-level", "warn", ...flags], { stdio: ["ignore", "pipe", "inherit"] });
  const line = await new Promise((resolve, reject) => {
    child.stdout.once("data", resolve);
    child.once("exit", (code) => reject(new Error(`${binary} ended with ${code}`)));
  });
  const { http, faktory } = JSON.parse(line);
  const portOf = (address) => Number(address.split(":").pop());
  return Object.assign(new Service(child, directory, portOf(http)), { faktoryPort: portOf(faktory) });
}
