// The pages about what is going on with alerts: what must be seen there. They hold over seeded answers and over a running demo.

const WAIT_MS = 15_000;
const LABELS = encodeURIComponent('{alertname="HighErrorRate",severity="critical"}');

export function alertingPages() {
  return [
    { name: 'alerting', path: 'alerting', check: (page) => seeAll(page, ['Alerts that fire', 'Open incidents', 'Receivers in trouble', 'Waiting notifications']) },
    { name: 'alerts', path: 'alerting/alerts', check: alertList },
    { name: 'alerts-old-address', path: 'alerts', check: (page) => page.waitForURL(/alerting\/alerts/, { timeout: WAIT_MS }) },
    { name: 'alerts-groups', path: 'alerting/groups', check: (page) => page.waitForURL(/view=groups/, { timeout: WAIT_MS }) },
    { name: 'alerts-filtered', path: `alerting/alerts?filter=${encodeURIComponent('alertname="no-such"')}`, check: (page) => see(page, 'No alert of the moment is like that') },
    { name: 'alerts-bad-filter', path: 'alerting/alerts?filter=oh', check: (page) => see(page, 'bad matcher format: oh') },
    { name: 'alert', path: `alerting/alerts/view?labels=${LABELS}`, check: (page) => seeAll(page, ['Who is told, and why', 'Expression and threshold', 'History of its state', 'Incidents']) },
    { name: 'incidents', path: 'alerting/incidents', check: (page) => page.getByLabel('State of the incidents').waitFor({ timeout: WAIT_MS }) },
    { name: 'silences', path: 'alerting/silences', check: (page) => seeAll(page, ['New silence', 'Matchers that it has']) },
    { name: 'silence-new', path: `alerting/alertmanager#/silences/new?filter=${LABELS}`, check: silenceForm },
    { name: 'notifications', path: 'alerting/notifications', check: (page) => see(page, 'Queues of receivers') },
    { name: 'notification-queues', path: 'alerting/notifications?view=queues', check: (page) => see(page, 'A retry counts as a message') },
    { name: 'routing', path: `alerting/routing?labels=${LABELS}`, check: (page) => seeAll(page, ['takes it', 'Inhibit rules', 'Time intervals']) },
  ];
}

/** Pages of things that only seeded answers have for sure. */
export function seededAlertingPages() {
  return [
    { name: 'incident', path: 'alerting/incidents/2', check: incident },
    { name: 'silence', path: 'alerting/silences/2f0c3c51-8d1c-4a43-9f0e-6b1f7a1f2b3c', check: (page) => seeAll(page, ['Alerts that it matches now', 'The disk is being replaced']) },
    { name: 'silence-edit', path: 'alerting/silences/3a1d4e62-9e2d-4b54-8a1f-7c2a8b2a3c4d/edit', check: (page) => see(page, 'Monday to Friday, 02:00 to 04:00 (Europe/Berlin)') },
    { name: 'notification', path: 'alerting/notifications/2', check: (page) => seeAll(page, ['Attempt 1', 'Answer 200', 'POST http://127.0.0.1:8002/webhook']) },
  ];
}

/** Only what is in sight is in the document, however many alerts there are. */
async function alertList(page) {
  await page.getByRole('status').filter({ hasText: /alerts?/ }).waitFor({ timeout: WAIT_MS });
  if ((await page.locator('.virtual-row').count()) > 100) throw new Error('alerts that are out of sight are in the document');
}

async function silenceForm(page) {
  await page.waitForURL(/alerting\/silences\/new\?filter=/, { timeout: WAIT_MS });
  const field = page.locator('input[aria-label="Value 1"]');
  await field.waitFor({ timeout: WAIT_MS });
  const value = await field.inputValue();
  if (value !== 'HighErrorRate') throw new Error(`the form has the value ${value}`);
  await page.getByRole('button', { name: 'Create the silence' }).waitFor({ timeout: WAIT_MS });
  await see(page, /match(es)?/);
}

async function incident(page) {
  await seeAll(page, ['Timeline', 'Acknowledge', 'Looking at it']);
  await page.getByRole('button', { name: 'Show what was sent' }).first().click();
  await see(page, 'POST http://127.0.0.1:8002/webhook');
}

async function seeAll(page, texts) {
  for (const text of texts) await see(page, text);
}

async function see(page, text) {
  await page.getByText(text).first().waitFor({ timeout: WAIT_MS });
}
