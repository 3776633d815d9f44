// A worker process for restart.test.mjs. Its jobs end when a line comes on standard input.

import { once } from 'node:events';
import faktory from 'faktory-worker';

const { QUEUE: queue, WID: wid } = process.env;
const line = once(process.stdin, 'data');
line.then(() => process.stdin.unref());

faktory.register(queue, () => line);
await faktory.work({ wid, queues: [queue], concurrency: 1, timeout: 1, beatInterval: 0.1 });
