// The Lab page in Chromium against the real server.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { binary, findings, openPage, Server, withServer } from './server.mjs';

const { server, browser } = await withServer();

// A run comes after everything else: on a busy machine it may take its time.
async function openLab(options) {
  const page = await openPage(browser, options);
  page.setDefaultTimeout(90_000);
  return page;
}

const ENDLESS = `name: endless
duration: 366d
jobs: [{type: mail, count: 50000, payload: {force: fail, duration_ms: 1}, max_attempts: 100, retry: {kind: fixed, base_ms: 1000, jitter: 0}}]
`;

const region = (page, name) => page.getByRole('region', { name, exact: true });
const finished = (page) => page.getByRole('status').getByText('Finished').waitFor();
const scenarioText = (page) => page.getByRole('textbox', { name: 'Scenario in YAML or JSON' });
const choosePolicy = (page, side, label) =>
  page.getByRole('combobox', { name: `Policy ${side}` }).selectOption({ label });

async function asText(page, text) {
  await page.getByRole('radio', { name: 'YAML' }).click();
  if (text !== undefined) await scenarioText(page).fill(text);
  return scenarioText(page).inputValue();
}

test('two policies are composed, run and compared; a job is seen under both; a check that fails leads to one', async () => {
  const page = await openLab();
  await page.goto(`${server.url}/ui/`);
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await page.getByRole('heading', { level: 1, name: 'a two-hour outage of the gateway' }).waitFor();
  await page.getByLabel('Seed', { exact: true }).fill('11');
  await page.getByRole('button', { name: /^charge/ }).click();
  await page.getByLabel('Rate', { exact: true }).fill('20/min');
  await page.getByLabel('Max attempts').fill('12');
  await choosePolicy(page, 'A', 'patient, of the scenario');
  await choosePolicy(page, 'B', 'made here');
  await page.getByLabel('Kind').selectOption('fixed');
  await page.getByLabel('Base, ms').fill('60000');
  assert.match(await asText(page), /rate: 20\/min[\s\S]*max_attempts: 12/);
  await page.waitForURL(/scenario=own&seed=11&a=patient&b=fixed,60000,/);
  await page.keyboard.press('Control+Enter');
  await page.waitForURL('**/ui/lab/runs/*');
  await finished(page);

  const succeeded = page.locator('.cmp > div').filter({ hasText: 'Succeeded' });
  assert.equal(await succeeded.locator('dd').count(), 2);
  assert.equal(await page.locator('.cmp > div').count(), 6);
  await page.getByRole('img', { name: /^Attempts per second.*A has at most.*B has at most/ }).waitFor();
  await page.getByRole('img', { name: /^Unfinished jobs/ }).waitFor();
  await page.getByRole('img', { name: /^Share of the jobs/ }).waitFor();
  await region(page, 'Checks').getByText('A fails').waitFor();

  const lanes = region(page, 'One job under both');
  await lanes
    .getByText(/^dead letter at|^succeeded at/)
    .first()
    .waitFor();
  const shown = region(page, 'Checks')
    .getByRole('button', { name: /^job \d+$/ })
    .last();
  const number = (await shown.textContent()).replace('job ', '');
  await shown.click();
  await page.waitForURL(`**?job=${number}`);
  await lanes.getByRole('button', { name: 'Events' }).click();
  await lanes.getByRole('list', { name: 'Events under A' }).getByText('RetryScheduled').first().waitFor();
  await lanes.getByRole('list', { name: 'Events under B' }).getByText('by fixed').first().waitFor();
  await lanes.getByLabel('job', { exact: true }).fill('3');
  await page.keyboard.press('Enter');
  await page.waitForURL('**?job=3');
  await lanes.getByText(/created 0:/).waitFor();
  await lanes.getByRole('button', { name: 'The job after' }).click();
  await page.waitForURL('**?job=4');

  const address = page.url();
  await page.reload();
  await finished(page);
  await lanes.getByText(/created 0:/).waitFor();
  assert.equal(page.url(), address);
  assert.equal(await page.getByLabel('Seed', { exact: true }).inputValue(), '11');
  assert.match(await asText(page), /rate: 20\/min/);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('what is exported does the same on the command line', async () => {
  const page = await openLab({ acceptDownloads: true });
  await page.goto(`${server.url}/ui/lab?scenario=backoff&seed=5&b=example.hasty`);
  await page.getByRole('button', { name: /^Run both/ }).click();
  await finished(page);
  await page.getByRole('button', { name: 'Export as test' }).click();
  const drawer = page.getByRole('dialog', { name: 'Export as test' });
  const folder = mkdtempSync(join(tmpdir(), 'retrylab-export-'));
  const traces = [];
  for (const side of ['A', 'B']) {
    await drawer.getByRole('radio', { name: new RegExp(`^${side}:`) }).click();
    const command = `retrylab lab run the-staircase-of-a-policy-${side.toLowerCase()}.yaml`;
    await drawer.getByText(command, { exact: true }).waitFor();
    const coming = page.waitForEvent('download');
    await drawer.getByRole('button', { name: /^Download/ }).click();
    const file = join(folder, `${side}.yaml`);
    await (await coming).saveAs(file);
    assert.match(readFileSync(file, 'utf8'), /^seed: 5$/m);
    let printed;
    try {
      printed = execFileSync(binary, ['lab', 'run', '--json', file], { encoding: 'utf8' });
    } catch (failed) {
      assert.equal(failed.status, 1);
      printed = failed.stdout;
    }
    const { trace_sha256: trace, passed } = JSON.parse(printed);
    await drawer.getByText(trace).waitFor();
    assert.equal(passed, side === 'A', 'only the policy of the scenario keeps its staircase');
    traces.push(trace);
  }
  assert.notEqual(traces[0], traces[1]);
  rmSync(folder, { recursive: true });
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('without B there is one side, and the keys run and swap', async () => {
  const page = await openLab();
  await page.goto(`${server.url}/ui/lab?scenario=priority&b=none`);
  await page.getByRole('button', { name: /^Run Ctrl/ }).waitFor();
  await page.keyboard.press('Control+Enter');
  await finished(page);
  await region(page, 'One job').waitFor();
  await region(page, 'Checks').getByText('passes', { exact: true }).waitFor();
  assert.equal(await page.locator('.cmp .side-mark').count(), 0);

  await page.goto(`${server.url}/ui/lab?scenario=outage&a=patient&b=example.hasty`);
  await page.getByRole('heading', { level: 1, name: /outage/ }).waitFor();
  await page.keyboard.press('s');
  await page.waitForURL(/a=example.hasty&b=patient/);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('a run fills its charts, is stopped, and keeps what it has', async () => {
  const page = await openLab();
  await page.goto(`${server.url}/ui/lab?b=none`);
  await asText(page, ENDLESS);
  await scenarioText(page).press('Control+Enter');
  await page.waitForURL('**/ui/lab/runs/*');
  await page.getByRole('progressbar', { name: 'Progress by virtual time' }).waitFor();
  await page.getByRole('img', { name: /^Attempts per second/ }).waitFor();
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByRole('status').getByText('Stopped').waitFor();
  await page.getByText(/^This is a partial result: interrupted, /).waitFor();
  assert.equal(await page.locator('.cmp > div').count(), 6);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('what is wrong is named by its line, in the page and by the server', async () => {
  const page = await openLab();
  await page.goto(`${server.url}/ui/lab`);
  await asText(page, 'jobs: [\n');
  await page.getByText(/^Line 2: /).waitFor();
  await scenarioText(page).fill('name: wrong\njobs:\n  - type: mail\n    count: 0\n');
  await page.keyboard.press('Control+Enter');
  const alert = page.getByRole('alert');
  await alert.getByText('jobs[0].count must be a whole number from 1 to 5000000').waitFor();
  await alert.getByRole('button', { name: 'Line 4' }).click();
  const marked = await scenarioText(page).evaluate((area) =>
    area.value.slice(area.selectionStart, area.selectionEnd),
  );
  assert.equal(marked, '    count: 0');
  assert.deepEqual(
    page.problems.filter((problem) => !/status of 422/.test(problem)),
    [],
  );
  await page.context().close();
});

test('a run that is not kept is said to be gone, and runs are found in the menu', async () => {
  const page = await openLab();
  await page.goto(`${server.url}/ui/lab/runs/9999`);
  await page.getByRole('heading', { name: 'There is no run 9999' }).waitFor();
  await page.getByRole('button', { name: 'Runs' }).click();
  await page.getByRole('menuitem', { name: /the staircase of a policy/ }).click();
  await finished(page);
  assert.deepEqual(
    page.problems.filter((problem) => !/status of 404/.test(problem)),
    [],
  );
  await page.context().close();
});

test('without the server what is known stays, and nothing can be run', async () => {
  const own = new Server();
  await own.start();
  const page = await openLab();
  await page.goto(`${own.url}/ui/lab?scenario=backoff`);
  await page.locator('.pol').first().waitFor();
  await page.keyboard.press('Control+Enter');
  await finished(page);
  await own.dispose();
  await page
    .getByText(/^Offline since/)
    .first()
    .waitFor();
  assert.equal(await page.getByRole('button', { name: /^Run both/ }).getAttribute('aria-disabled'), 'true');
  assert.equal(await page.locator('.cmp > div').count(), 6);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('what the server recorded is played again under another policy', async () => {
  const retry = { kind: 'fixed', base_ms: 10, jitter: 0 };
  const jobs = [];
  for (let n = 0; n < 12; n++)
    jobs.push(
      await server.make('charge', 'pay', { fail_times: 2, duration_ms: 0 }, { max_attempts: 3, retry }),
    );
  await server.make('other', 'else', { duration_ms: 0 });
  for (const job of jobs) await server.ended(job, 'SUCCEEDED');
  const page = await openLab();
  await page.goto(`${server.url}/ui/lab?b=fixed,60000,1,60000,0`);
  await page
    .getByRole('combobox', { name: 'Scenario' })
    .selectOption({ label: 'Recorded: what came to this server' });
  await page.waitForURL(/scenario=log.*from=.*to=/);
  await page.getByLabel('Queues').fill('pay');
  assert.deepEqual(await findings(page), []);
  await page.keyboard.press('Control+Enter');
  await finished(page);
  await page.getByRole('heading', { level: 1, name: /^Recorded: pay, / }).waitFor();
  await page.locator('.legend').getByText('as recorded').waitFor();
  await region(page, 'One job under both').getByText('of 12', { exact: true }).waitFor();
  assert.equal(await page.getByText('changed since').count(), 0);
  assert.deepEqual(await findings(page), []);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const drawer = page.getByRole('dialog', { name: 'Export as a command' });
  assert.deepEqual(await findings(page), []);
  const [, from, to] = /--from (\S+) --to (\S+)/.exec(await drawer.locator('pre').innerText());
  assert.equal(Date.parse(to) - Date.parse(from), 3_600_000);
  await page.keyboard.press('Escape');
  await page.reload();
  await finished(page);
  await page.getByLabel('From').fill('');
  await page.getByText('changed since').waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('on a phone the result comes first, and what was composed stays', async () => {
  const page = await openLab({ viewport: { width: 390, height: 844 } });
  await page.goto(`${server.url}/ui/lab?scenario=backoff&seed=3&b=fixed,1000,2,60000,0`);
  await page.getByRole('button', { name: /^Run both/ }).click();
  await finished(page);
  assert.equal(await page.getByText('changed since').count(), 0);
  const top = async (locator) => (await locator.boundingBox()).y;
  assert.ok((await top(page.locator('.cmp'))) < (await top(page.locator('.comp'))));
  assert.equal(await page.getByLabel('Seed', { exact: true }).inputValue(), '3');
  await page.getByLabel('Seed', { exact: true }).fill('4');
  await page.getByText('changed since').waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

for (const colorScheme of ['dark', 'light']) {
  for (const width of [1440, 1100, 390]) {
    test(`axe finds nothing, ${colorScheme}, ${width} wide`, async () => {
      const page = await openLab({
        colorScheme,
        bypassCSP: true,
        viewport: { width, height: 850 },
      });
      await page.goto(`${server.url}/ui/lab?scenario=retry-storm&b=fixed,5000,2,60000,0`);
      await page.locator('.pol').first().waitFor();
      await page.getByRole('button', { name: /^notify/ }).click();
      assert.deepEqual(await findings(page), []);
      await page.keyboard.press('Control+Enter');
      await finished(page);
      await region(page, 'One job under both').getByRole('button', { name: 'Events' }).click();
      assert.deepEqual(await findings(page), []);
      await page.getByRole('button', { name: 'Export as test' }).click();
      await page.getByRole('dialog', { name: 'Export as test' }).waitFor();
      assert.deepEqual(await findings(page), []);
      await page.context().close();
    });
  }
}
