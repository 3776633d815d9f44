// Takes the pictures of the README and docs/screenshots: `node e2e/screenshots.mjs [FOLDER [NAME…]]`, from ui/, after
// a release build; with names, only these.

import { mkdirSync } from 'node:fs';
import { openBrowser, openPage, Server } from './server.mjs';

const [folder = '../docs/screenshots', ...names] = process.argv.slice(2);

async function seed(server) {
  const make = (type, queue, payload, more = {}) => server.post('/jobs', { type, queue, payload, ...more });
  for (let i = 1; i <= 9; i++)
    await make('email.send', 'default', {
      to: `user${i}@example.org`,
      force: 'success',
      duration_ms: i * 70,
    });
  for (let i = 1; i <= 5; i++) {
    await make(
      'charge.capture',
      'payments',
      { order: 88300 + i, fail_times: i, duration_ms: 120 },
      { max_attempts: 8, retry: { base_ms: 700 } },
    );
  }
  await make(
    'report.build',
    'reports',
    { month: '2026-10', force: 'fail', duration_ms: 60 },
    { max_attempts: 2, retry: { base_ms: 100 } },
  );
  await make('report.build', 'reports', { month: '2026-11', force: 'success', duration_ms: 60000 });
  await make('digest.weekly', 'default', { team: 'core', force: 'success' }, { delay_ms: 7_200_000 });
  await make(
    'image.resize',
    'media',
    { image: 'a1.png', duration_ms: 60000, force: 'success' },
    { priority: 2, tags: ['nightly'] },
  );
  const plan = {
    order: 88213,
    sequence: ['timeout', 'timeout', 'fail', 'timeout', 'success'],
    duration_ms: 400,
  };
  return make('charge.capture', 'payments', plan, { max_attempts: 8, retry: { base_ms: 1000 } });
}

async function fillDrawer(page) {
  await page.getByRole('button', { name: 'New job' }).first().click();
  const drawer = page.getByRole('dialog', { name: 'New job' });
  await drawer.getByLabel('Type').fill('charge.capture');
  await drawer.getByLabel('Queue').fill('payments');
  await drawer.getByLabel('Payload').fill('{ "order": 88213, "amount": 4200 }');
  await drawer
    .getByRole('radiogroup', { name: 'How should it behave' })
    .getByRole('radio', { name: 'Sequence' })
    .click();
  await drawer.getByLabel('Max attempts').fill('5');
}

async function selectSome(page) {
  for (const i of [11, 13, 14, 15])
    await page
      .getByRole('checkbox', { name: /^Select job/ })
      .nth(i)
      .check();
  await page.getByRole('toolbar').waitFor();
}

// A phone has cards, and no columns.
async function openColumns(page) {
  const button = page.getByRole('button', { name: 'Columns and density' });
  if ((await button.count()) === 0) return;
  await button.click();
  await page.getByRole('dialog', { name: 'Columns and density' }).waitFor();
}

async function openPalette(page) {
  await page.keyboard.press('j');
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Search or run' }).getByRole('option').first().waitFor();
}

async function edit(page) {
  await page.keyboard.press('j');
  await page.keyboard.press('e');
  const drawer = page.getByRole('dialog', { name: /^Edit and retry/ });
  await drawer.getByRole('radio', { name: 'Sequence' }).click();
  await drawer.getByLabel('Max attempts').fill('4');
}

// The depths of the last hour are looked up one after the other; a phone has no room for them.
async function awaitTrends(page) {
  if (page.viewportSize().width > 768) await page.locator('.qs .spark').first().waitFor();
}

// Compares the first dead letter with now, and stands a few events before the newest one.
async function goBack(page) {
  await page.keyboard.press('Home');
  await page.getByText('before the first event').waitFor();
  await page.keyboard.press('d');
  await page.locator('.ev.on').getByText('DeadLettered', { exact: true }).waitFor();
  await page.keyboard.press('a');
  await page.keyboard.press('End');
  await page.locator('.ttb:not(.past)').waitFor();
  await page.locator('.qt .chip').first().waitFor();
  await page.keyboard.press('b');
  await page.locator('.diff li').first().waitFor();
  await page.keyboard.press('Shift+ArrowLeft');
  await page.locator('.ev.later').first().waitFor();
  await page.locator('.tri:not(.old)').waitFor();
  await page.waitForURL(/at=/);
}

// The outage of the examples, under the policy that survives it and one that does not.
async function playOutage(page) {
  await page.keyboard.press('Control+Enter');
  await page.locator('.ck li').first().waitFor({ timeout: 60_000 });
  await page.locator('.one .lane').first().waitFor();
}

const server = new Server();
async function seedWorkers(server) {
  const make = (type, queue, more = {}) =>
    server.post('/jobs', { type, queue, handler: 'remote', payload: {}, ...more });
  const batch = await server.post('/batches', {
    description: 'nightly import',
    complete: { type: 'report.done' },
  });
  for (let i = 0; i < 3; i++) await make('image.resize', 'images', { batch: batch.id });
  await server.post(`/batches/${batch.id}/commit`);
  for (let i = 0; i < 5; i++) await make('mail.send', 'mails');
  await make('charge.capture', 'charges', { max_attempts: 5, retry: { base_ms: 1 } });
  const [first] = await server.worker('charges-1', 'charges', 1);
  await server.post(`/leases/${first.fence}/fail`, {
    error: { type: 'GatewayTimeout', message: 'no answer in 30 s' },
  });
  await server.worker('charges-1', 'charges', 1);
  const images = await server.worker('images-eu-1', 'images', 2);
  await server.worker('mails-1', 'mails', 5);
  await server.worker('reports-1', 'reports-later', 0);
  await server.post('/leases', { worker: 'reports-1', queues: ['none'] });
  await server.post('/workers/reports-1/quiet');
  await server.post('/queues/reports/pause', { reason: 'the supplier sends every report twice' });
  await fetch(`${server.url}/queues/images/limit`, { method: 'PUT', body: '{"concurrency":2}' });
  await server.post('/queues/imports/pause', { reason: 'the file of the supplier is cut off' });
  const held = await make('import.rows', 'imports', { payload: { supplier: 'nordwind', rows: 240_000 } });
  await make('sync.stock', 'stock');
  const [lost] = await server.worker('stock-1', 'stock', 1);
  await server.post(`/leases/${lost.fence}/release`, { reason: 'deploy' });
  const [again] = await server.worker('stock-2', 'stock', 1);
  await server.post(`/leases/${images[0].fence}/progress`, { percent: 40, text: 'page 4 of 10' });
  return { leased: images[0].job, held, again: again.job };
}

const SAVED = JSON.stringify([
  { name: 'Payments', query: 'queue=payments' },
  { name: 'Reports', query: 'queue=reports' },
]);

mkdirSync(folder, { recursive: true });
await server.start();
const browser = await openBrowser();
const job = await seed(server);
for (let failed = 0; failed < 4; )
  failed = (await (await fetch(`${server.url}/jobs/${job.id}`)).json()).attempts;
const { leased, held, again } = await seedWorkers(server);

const views = [
  // First what shows workers: they are lost after half a minute.
  { name: 'job-leased', path: `/ui/jobs/${leased.id}`, ready: 'progress' },
  { name: 'job-why-twice', path: `/ui/jobs/${again.id}?why=twice`, ready: '.ran li' },
  { name: 'workers', path: '/ui/workers', ready: 'li.w' },
  { name: 'overview', path: '/ui/', ready: '.failing .q a' },
  { name: 'dead-letters', path: '/ui/dead-letters', ready: '[data-group]' },
  { name: 'events', path: '/ui/events', ready: '[data-seq]' },
  { name: 'jobs', path: '/ui/jobs', ready: '[data-job]' },
  {
    name: 'jobs-columns',
    path: '/ui/jobs?cols=queue,tags,payload.order',
    ready: '[data-job]',
    act: openColumns,
  },
  { name: 'create', path: '/ui/jobs', ready: '[data-job]', act: fillDrawer },
  { name: 'jobs-selected', path: '/ui/jobs', ready: '[data-job]', act: selectSome },
  { name: 'palette', path: '/ui/jobs', ready: '[data-job]', act: openPalette },
  { name: 'peek', path: `/ui/jobs?queue=payments&peek=${job.id}`, ready: '.peek .lane' },
  { name: 'edit', path: '/ui/jobs?status=failed', ready: '[data-job]', act: edit },
  { name: 'job', path: `/ui/jobs/${job.id}?event=12`, ready: 'li.lane' },
  { name: 'job-why', path: `/ui/jobs/${held.id}?why=waiting`, ready: '.gates li' },
  { name: 'queues', path: '/ui/queues', ready: '.qs tbody tr', act: awaitTrends },
  { name: 'time-travel', path: '/ui/time-travel', ready: '.ev.on', act: goBack },
  { name: 'lab', path: '/ui/lab?a=patient', ready: '.pol', act: playOutage },
  { name: 'settings', path: '/ui/settings', ready: '.settings' },
  { name: 'reference', path: '/ui/reference', ready: '.ref-op' },
];
// A few events back: what has happened since is not there.
const { seq } = await (await fetch(`${server.url}/health`)).json();
views.push(
  { name: 'jobs-past', path: `/ui/jobs?at=${seq - 12}`, ready: '[data-job]' },
  { name: 'job-past', path: `/ui/jobs/${job.id}?at=${seq - 12}`, ready: 'li.lane' },
);
for (const view of views.filter(({ name }) => names.length === 0 || names.includes(name))) {
  for (const colorScheme of ['dark', 'light']) {
    for (const [size, viewport] of [
      ['', { width: 1440, height: 900 }],
      ['-phone', { width: 390, height: 844 }],
    ]) {
      const page = await openPage(browser, { colorScheme, viewport });
      await page.addInitScript((views) => localStorage.setItem('retrylab.views', views), SAVED);
      await page.goto(server.url + view.path);
      await page.locator(view.ready).first().waitFor();
      await page.evaluate(() => document.fonts.ready);
      if (view.act) await view.act(page);
      await page.screenshot({
        path: `${folder}/${view.name}${size}-${colorScheme}.png`,
        animations: 'disabled',
      });
      await page.context().close();
    }
  }
}
await browser.close();
await server.stop();
await server.dispose();
