// The Jobs page's filter against the real server, in Chromium: every field that the server can filter by.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { openPage, until, withServer } from './server.mjs';

const { server, browser } = await withServer();

before(async () => {
  const ok = { force: 'success', duration_ms: 0 };
  await server.post('/jobs/bulk', [
    { type: 'email.send', payload: ok, tags: ['nightly', 'eu'] },
    { type: 'email.send', payload: ok, tags: ['nightly'] },
    { type: 'report.build', payload: ok },
    {
      type: 'charge.capture',
      queue: 'payments',
      max_attempts: 1,
      payload: { force: 'fail', duration_ms: 0 },
    },
  ]);
  await until('all ends', async () => {
    const { by_status } = await (await fetch(`${server.url}/stats`)).json();
    return by_status.SUCCEEDED === 3 && by_status.FAILED === 1;
  });
});

const shown = async (page) => {
  const rows = page.getByRole('grid', { name: 'Jobs' }).locator('[data-job]');
  return (await rows.evaluateAll((all) => all.map((row) => Number(row.dataset.job)))).sort();
};

async function type(page, text) {
  const field = page.getByRole('textbox', { name: 'Filter jobs' });
  await field.fill(text);
  await field.press('Enter');
}

test('text, tags, errors and times narrow the list, stand as chips, and are all in the address', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/jobs`);
  await until('all jobs', async () => (await shown(page)).length === 4);
  await type(page, 'NIGHTLY');
  await page.getByText('text').and(page.locator('.tok span')).waitFor();
  await until('the jobs with that text', async () => String(await shown(page)) === '1,2');
  await type(page, 'tag:eu');
  await until('the job with the tag as well', async () => String(await shown(page)) === '1');
  assert.deepEqual(Object.fromEntries(new URL(page.url()).searchParams), { q: 'NIGHTLY', tag: 'eu' });
  await page.getByRole('tab', { name: /^Succeeded 1$/ }).waitFor();

  await page.reload();
  await until('the same after a reload', async () => String(await shown(page)) === '1');
  await page.getByRole('button', { name: 'Remove tag filter' }).click();
  await page.getByRole('button', { name: 'Remove text filter' }).click();
  await type(page, 'error:forced FAILURE');
  await until('the job with that error', async () => String(await shown(page)) === '4');
  await type(page, 'before:2020-01-01');
  await page.getByRole('heading', { name: 'No job matches these filters' }).waitFor();
  await page.getByText(/^Without created before .+ there would be 1\.$/).waitFor();
  await type(page, 'after:soon');
  await page.getByRole('alert').getByText('after: takes 15m, 2h, 3d, a date or a time').waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('a new job joins the list when it matches, and only then', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/jobs?q=invoice`);
  await page.getByRole('heading', { name: 'No job matches these filters' }).waitFor();
  await page.getByText('Without text has invoice there would be 4.').waitFor();
  const payload = { force: 'success', duration_ms: 0 };
  const other = await server.post('/jobs', { type: 'other', payload });
  const wanted = await server.post('/jobs', { type: 'Invoice.print', payload });
  await page.locator(`[data-job="${wanted.id}"]`).waitFor();
  assert.equal(await page.locator(`[data-job="${other.id}"]`).count(), 0);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});
