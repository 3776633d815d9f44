// Enqueues with 1 and with 64 requests in flight, then works everything off; one queue after the other, from one Node process, so
// that each is seen as its users see it. Prints a Markdown table.
//
//   node compare.mjs [--binary build/release/retrylab] [--seconds 3] [QUEUE…]

import { parseArgs } from "node:util";
import { queues } from "./queues.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { binary: { type: "string", default: "../../build/release/retrylab" }, seconds: { type: "string", default: "3" } },
});
const seconds = Number(values.seconds);
const payload = (n) => ({ n, to: "someone@example.com", template: "welcome", locale: "en", tenant: "acme-corporation", code: "xxxxxxxxxx" });

async function enqueue(queue, inFlight) {
  const latencies = [];
  const began = performance.now();
  const end = began + seconds * 1000;
  const loop = async (client) => {
    while (performance.now() < end) {
      const sent = performance.now();
      await queue.enqueue(payload(latencies.length), client);
      latencies.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, (_, client) => loop(client)));
  latencies.sort((a, b) => a - b);
  return { count: latencies.length, rate: latencies.length / ((performance.now() - began) / 1000), p99: latencies[Math.floor(latencies.length * 0.99)] };
}

async function measure(queue) {
  try {
    await queue.start();
    const one = await enqueue(queue, 1);
    const cpu = queue.service.cpuSeconds();
    const many = await enqueue(queue, 64);
    const cpuPer100k = ((queue.service.cpuSeconds() - cpu) / many.count) * 100_000;
    await queue.restart?.();
    const began = performance.now();
    await queue.process(one.count + many.count);
    return { one, many, cpuPer100k, processed: (one.count + many.count) / ((performance.now() - began) / 1000) };
  } finally {
    await queue.stop();
  }
}

const whole = (x) => Math.round(x).toLocaleString("en");
console.log("| queue | durability | enqueue/s, 1 in flight | enqueue/s, 64 in flight | p99 ms of these | processed/s | server CPU s per 100,000 enqueued |");
console.log("|---|---|---|---|---|---|---|");
for (const name of positionals.length > 0 ? positionals : Object.keys(queues)) {
  const queue = queues[name](values.binary);
  const r = await measure(queue);
  console.log(`| ${name} | ${queue.durability} | ${whole(r.one.rate)} | ${whole(r.many.rate)} | ${r.many.p99.toFixed(1)} | ${whole(r.processed)} | ${r.cpuPer100k.toFixed(1)} |`);
}
