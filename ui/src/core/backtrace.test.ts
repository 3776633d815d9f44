import { describe, expect, it } from 'vitest';
import { framesOf, frameText } from './backtrace';

/** The own ones. */
const own = (...lines: string[]): string[] =>
  framesOf(lines)
    .filter((frame) => frame.isOwn)
    .map((frame) => frame.text);

describe('the own lines of a backtrace', () => {
  it('are those outside of the libraries, in each language', () => {
    expect(
      own(
        'at capture (/app/src/payments/capture.ts:74:11)',
        'at Stripe.request (/app/node_modules/stripe/lib/stripe.js:12:5)',
        'at process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
      ),
    ).toEqual(['at capture (/app/src/payments/capture.ts:74:11)']);
    expect(
      own(
        "/srv/app/jobs/mail_job.rb:12:in `perform'",
        "/usr/local/bundle/gems/faktory_worker_ruby-1.1.1/lib/faktory/processor.rb:130:in `execute_job'",
      ),
    ).toEqual(["/srv/app/jobs/mail_job.rb:12:in `perform'"]);
    expect(
      own(
        '/app/worker/mail.go:41',
        '/root/go/pkg/mod/github.com/contribsys/faktory@v1.9.0/client/client.go:88',
      ),
    ).toEqual(['/app/worker/mail.go:41']);
    expect(
      own('at com.shop.Mail.send(Mail.java:9)', 'at java.base/java.lang.Thread.run(Thread.java:1583)'),
    ).toEqual(['at com.shop.Mail.send(Mail.java:9)']);
  });

  it('take the line of code below them along', () => {
    expect(
      own(
        '  File "/usr/lib/python3.11/urllib/request.py", line 216, in urlopen',
        '    return opener.open(url, data, timeout)',
        '  File "/app/tasks.py", line 8, in send',
        '    urlopen(hook)',
      ),
    ).toEqual(['  File "/app/tasks.py", line 8, in send', '    urlopen(hook)']);
  });

  it('are all where none is of a library, and also where all are', () => {
    expect(own('capture.cpp:74', 'what the program printed')).toHaveLength(2);
    expect(own('node:internal/timers:95:5', 'node:internal/process:1:2')).toHaveLength(2);
  });
});

it('a place without a word before it gets one', () => {
  expect(['capture.cpp:74', 'at capture (a.js:1)', '  File "a.py", line 1'].map(frameText)).toEqual([
    '  at capture.cpp:74',
    '  at capture (a.js:1)',
    '    File "a.py", line 1',
  ]);
});
