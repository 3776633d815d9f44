// A worker with the npm package faktory-worker. FAKTORY_URL says where the server is.

import faktory from 'faktory-worker';

// A job that was created over HTTP has one argument, its payload. What this throws is the job's failure.
faktory.register('count.words', ({ text }) => {
  console.log(text.split(/\s+/).length, 'words');
});

// A job may take its time, the package beats meanwhile. `signal` says that the worker must end now.
faktory.register('download', ({ url }) => async ({ job, signal }) => {
  const answer = await fetch(url, { signal });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  console.log(job.jid, (await answer.text()).length, 'characters');
});

// At SIGINT or SIGTERM it takes no further job, gives those that run 8 seconds, and ends.
await faktory.work({ queues: ['critical', 'default'], concurrency: 10, labels: ['example'] });
console.log('waiting for jobs');
