// The form of a new job: what the server knows is offered, and what is shown is what is sent.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { findings, inEveryLook, openPage, withServer } from './server.mjs';

const { server, browser } = await withServer();

before(async () => {
  await fetch(`${server.url}/policies/gentle`, { method: 'PUT', body: '{"kind":"fixed","base_ms":20}' });
  await server.make('charge.capture', 'payments', {}, { handler: 'remote' });
});

async function openForm(page) {
  await page.goto(`${server.url}/ui/queues`);
  await page.getByRole('link', { name: 'payments', exact: true }).waitFor();
  await page.getByRole('button', { name: 'New job' }).click();
  const form = page.getByRole('dialog', { name: 'New job' });
  await form.getByRole('radio', { name: 'Worker' }).click();
  await form.getByLabel('Policy', { exact: true }).selectOption('gentle');
  await form.getByText('fixed, base 20 ms').waitFor();
  return form;
}

test('a job for a worker is made, under a policy by its name, in a queue that is offered', async () => {
  const page = await openPage(browser);
  const form = await openForm(page);
  const offered = (name) =>
    form.getByLabel(name, { exact: true }).evaluate((field) => [...field.list.options].map((o) => o.value));
  assert.deepEqual([await offered('Type'), await offered('Queue')], [['charge.capture'], ['payments']]);
  await form.getByLabel('Type').fill('charge.capture');
  await form.getByLabel('Queue').fill('payments');
  assert.equal(await form.getByLabel('Takes, ms').count(), 0);
  const posted = page.waitForResponse(`${server.url}/jobs`);
  await page.keyboard.press('Control+Enter');
  const { handler, queue, retry } = await (await posted).json();
  assert.deepEqual([handler, queue, retry.name, retry.base_ms], ['remote', 'payments', 'gentle@1', 20]);
  await page.getByText(/^Created job/).waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('axe finds nothing in the form, in any look', async () => {
  await inEveryLook(browser, async (page, look) => {
    await openForm(page);
    assert.deepEqual(await findings(page), [], look);
  });
});
