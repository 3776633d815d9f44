// The time of the page is that of the server, also where that stands still in another season.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, until, withServer } from './server.mjs';

const { server, browser } = await withServer('--clock', 'manual', '--clock-start', '2026-03-02T09:00:00Z');

test('what is due is due by a clock that stands still, and follows when it is moved', async () => {
  const job = await server.make(
    'mail.send',
    'mails',
    { fail_times: 1, duration_ms: 0 },
    { retry: { kind: 'fixed', base_ms: 7_200_000, cap_ms: 7_200_000, jitter: 0 } },
  );
  await until('the failure', async () => (await server.statusOf(job.id)) === 'RETRYING');
  const page = await openPage(browser, { timezoneId: 'UTC' });
  await page.goto(`${server.url}/ui/jobs?queue=mails`);
  const row = page.locator(`[data-job="${job.id}"]`);
  await row.getByText('Retrying').waitFor();
  await row.getByText('in 2 h 00 m').waitFor();
  await row.getByText('09:00:00').waitFor();
  await server.post('/clock/advance', { by_ms: 5_400_000 });
  await row.getByText('in 30 m 00 s').waitFor();

  await page.getByLabel('Filter jobs').fill('after:1h');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'No job matches these filters' }).waitFor();
  await page.goto(`${server.url}/ui/`);
  const retries = page.getByRole('region', { name: 'Retries due' });
  await retries.getByText('1 waiting').waitFor();
  await page.getByText('10:30:00', { exact: true }).waitFor();
  await server.post('/clock/advance', { until: 'idle' });
  await page.getByText('11:00:00', { exact: true }).waitFor();
  await page.goto(`${server.url}/ui/jobs/${job.id}`);
  await page.getByText('on attempt 2, just now').waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});
