// A job beside the list, and edits with a failure plan, against the real server.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { findings, inEveryLook, openPage, until, withServer } from './server.mjs';

const { server, browser } = await withServer();
const job = async (id) => (await fetch(`${server.url}/jobs/${id}`)).json();
let held;
let dead;

before(async () => {
  held = await server.post('/jobs', {
    type: 'charge.capture',
    payload: { order: 88213, sequence: ['fail', 'success'], duration_ms: 0 },
    retry: { base_ms: 600_000 },
  });
  dead = await server.post('/jobs', {
    type: 'charge.refund',
    payload: { order: 900719925474099, force: 'fail', duration_ms: 0 },
    max_attempts: 1,
  });
  await until('a retry ahead', async () => (await job(held.id)).status === 'RETRYING');
  await until('a dead letter', async () => (await job(dead.id)).status === 'FAILED');
});

test('a job is looked at beside the list, which it follows, and its state is live', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.url}/ui/jobs`);
  await page.locator('[data-job]').nth(1).waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('p');
  await page.waitForURL(`**peek=${dead.id}`);
  const peek = page.getByRole('complementary', { name: `Job ${dead.id}` });
  await peek.getByRole('region', { name: 'Latest error' }).getByText('ForcedFailure').first().waitFor();
  await page.keyboard.press('j');
  await page.waitForURL(`**peek=${held.id}`);
  const next = page.getByRole('complementary', { name: `Job ${held.id}` });
  await next.getByText('plan: success').waitFor({ state: 'attached' });
  await next.getByRole('button', { name: 'Retry', exact: true }).click();
  await next.locator('.pill').getByText('Succeeded').waitFor();

  await page.reload();
  await next.locator('.pill').getByText('Succeeded').waitFor();
  await page.keyboard.press('Escape');
  await next.waitFor({ state: 'detached' });
  assert.equal(new URL(page.url()).search, '');
  await page.goto(`${server.url}/ui/jobs?status=failed&peek=${held.id}`);
  await next.locator('.pill').getByText('Succeeded').waitFor();
  await page.goto(`${server.url}/ui/jobs?peek=99999`);
  await page.getByText('There is no job 99,999, or it was purged.').waitFor();
  assert.deepEqual(
    page.problems.filter((problem) => !/status of 404/.test(problem)),
    [],
  );
  await page.context().close();
});

test('axe finds nothing beside the list, in both themes and at three widths', async () => {
  await inEveryLook(browser, async (page, look) => {
    await page.goto(`${server.url}/ui/jobs?peek=${dead.id}`);
    await page.getByRole('complementary').locator('.lane').first().waitFor();
    assert.deepEqual(await findings(page), [], `peek ${look}`);
  });
});

test('an edit takes another failure plan in, says what comes of it, and the job runs so', async () => {
  const page = await openPage(browser, { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.goto(`${server.url}/ui/jobs/${dead.id}`);
  await page.locator('.pill').getByText('Failed').waitFor();
  await page.keyboard.press('e');
  const drawer = page.getByRole('dialog', { name: /^Edit and retry/ });
  await drawer.getByText(/^Its only attempt fails/).waitFor();
  await drawer.getByRole('radio', { name: 'Sequence' }).click();
  await drawer.getByLabel('Max attempts').fill('4');
  await drawer.getByLabel('Base, ms').fill('20');
  await drawer.getByText(/^Succeeds on attempt 3, /).waitFor();
  const changes = drawer.getByRole('list', { name: 'Changes of the payload' });
  await changes.getByText('"fail"', { exact: true }).waitFor();
  await drawer.getByRole('button', { name: 'Copy as curl' }).click();
  const command = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(command, new RegExp(`^curl -d '.*"sequence":.*' ${server.http}/jobs/${dead.id}/retry$`));
  await drawer.getByRole('button', { name: /^Retry with changes/ }).click();
  await page.locator('.pill').getByText('Succeeded').waitFor();
  const { payload, attempts, generation } = await job(dead.id);
  assert.deepEqual([attempts, generation], [2, 2]);
  assert.deepEqual(payload, {
    order: 900719925474099,
    duration_ms: 0,
    sequence: ['timeout', 'fail', 'success'],
  });

  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Copy retry as curl' }).click();
  assert.equal(
    await page.evaluate(() => navigator.clipboard.readText()),
    `curl -d '{}' ${server.http}/jobs/${dead.id}/retry`,
  );
  await page.keyboard.press('2');
  await page.waitForURL('**tab=payload');
  await page.keyboard.press('y');
  await page.getByText(`Copied job ID ${dead.id}`).waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});
