// What is walked: a name, an address relative to the base, and what must be seen there.

import { alertingPages, seededAlertingPages } from './alertingPages.mjs';
import { libraryPages } from './libraryPages.mjs';
import { rulePages } from './rulePages.mjs';
import { variablePages } from './variablePages.mjs';

const WAIT_MS = 15_000;
const EXEMPLARS = `explore/metrics?exemplars=on&expr=${encodeURIComponent('histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[5m])))')}`;

/** @param seeded whether the answers are those of the fake server */
export async function pagesOf(baseUrl, width, seeded = false) {
  const dashboards = await readJson(new URL('api/search?type=dash-db', baseUrl));
  if (dashboards.length === 0) throw new Error('the server offers no dashboards');
  const service = await firstService(baseUrl);
  const logs = `explore/logs?query=${encodeURIComponent(`{service_name=${JSON.stringify(service)}}`)}`;
  const golden = `d/${encodeURIComponent((dashboards.find(({ uid }) => uid === 'api-golden-signals-full') ?? dashboards[0]).uid)}`;
  return [
    { name: 'home', path: '', check: home },
    { name: 'home-menu', path: '', check: (page) => menu(page, width) },
    { name: 'time-picker', path: '', check: timePicker },
    { name: 'dashboards', path: 'dashboards', check: (page) => page.locator('.dashboard-row').getByText(dashboards[0].title).first().waitFor({ timeout: WAIT_MS }) },
    ...dashboards.map((entry) => ({ name: `dashboard-${entry.uid.replace(/\W+/g, '_')}`, path: `d/${encodeURIComponent(entry.uid)}`, check: dashboard })),
    { name: 'panel-menu', path: golden, check: panelMenu },
    { name: 'panel-inspect-data', path: golden, check: (page) => inspect(page, 'Data', 'Download CSV') },
    { name: 'panel-inspect-queries', path: golden, check: (page) => inspect(page, 'Queries and statistics', 'samples.peakSamples') },
    { name: 'panel-inspect-json', path: golden, check: (page) => inspect(page, 'JSON', '"targets"') },
    { name: 'panel-share', path: golden, check: panelShare },
    { name: 'panel-view', path: golden, check: panelView },
    { name: 'dashboard-kiosk', path: `${golden}?kiosk`, check: kiosk },
    { name: 'metrics-empty', path: 'explore/metrics', check: (page) => see(page, 'Write a query above') },
    { name: 'metrics-graph', path: 'explore/metrics?expr=up&expr=sum%20by%20(endpoint)%20(rate(http_requests_total%5B5m%5D))', check: graph },
    { name: 'metrics-exemplars', path: EXEMPLARS, check: exemplars },
    { name: 'exemplar-to-trace', path: EXEMPLARS, check: exemplarToTrace },
    { name: 'metrics-table', path: 'explore/metrics?expr=up&tab=table', check: (page) => page.locator('td.numeric').first().waitFor({ timeout: WAIT_MS }) },
    { name: 'alert-to-metrics', path: 'prometheus/graph?g0.expr=up&g0.tab=1', check: alertToMetrics },
    { name: 'metrics-completion', path: 'explore/metrics', check: completion },
    { name: 'logs-start', path: 'explore/logs', check: (page) => see(page, 'Choose a label') },
    { name: 'logs', path: logs, check: logLines },
    { name: 'logs-open-line', path: logs, check: openLine },
    { name: 'line-to-trace', path: logs, check: lineToTrace },
    { name: 'logs-highlight', path: logs, check: highlight },
    { name: 'logs-metric-query', path: `explore/logs?query=${encodeURIComponent(`rate({service_name=${JSON.stringify(service)}}[5m])`)}`, check: (page) => see(page, 'This is a metric query') },
    { name: 'logs-following', path: `${logs}&live=on`, check: following },
    { name: 'traces', path: 'explore/traces', check: (page) => page.locator('table tbody tr a').first().waitFor({ timeout: WAIT_MS }) },
    { name: 'traces-of-service', path: `explore/traces?service=${encodeURIComponent(service)}`, check: (page) => page.locator('table tbody tr a').first().waitFor({ timeout: WAIT_MS }) },
    { name: 'trace', path: 'explore/traces', check: trace },
    { name: 'trace-to-logs', path: logs, check: traceToLogs },
    ...alertingPages(),
    ...(seeded ? [...seededAlertingPages(), ...rulePages(), ...variablePages(), ...libraryPages()] : []),
    { name: 'status', path: 'status', check: status },
    { name: 'targets', path: 'targets', check: targets },
    { name: 'targets-filtered', path: 'targets?search=no-such-target', check: (page) => see(page, 'No target is like that') },
    { name: 'service-discovery', path: 'service-discovery', check: serviceDiscovery },
    { name: 'config', path: 'config', check: (page) => page.locator('pre.code', { hasText: 'scrape_configs' }).waitFor({ timeout: WAIT_MS }) },
    { name: 'flags', path: 'flags?search=query', check: (page) => see(page, '--query.lookback-delta') },
    { name: 'tsdb-status', path: 'tsdb-status', check: tsdb },
  ];
}

/** The service with the most requests, which has logs too; not the platform, which the walk itself keeps busy. */
async function firstService(baseUrl) {
  const { services } = await readJson(new URL('api/platform/services', baseUrl));
  const observed = services.filter(({ name }) => name !== 'ghostworks');
  const [busiest] = [...observed].sort((a, b) => b.requestsPerSecond - a.requestsPerSecond);
  if (!busiest) throw new Error('the server has seen no services');
  return busiest.name;
}

async function readJson(url) {
  const response = await fetch(url);
  const text = await response.text();
  try {
    if (!response.ok) throw new Error(`status ${response.status}`);
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${url.pathname} does not answer with JSON: ${error.message}`, { cause: error });
  }
}

async function see(page, text) {
  await page.getByText(text).first().waitFor({ timeout: WAIT_MS });
}

async function home(page) {
  for (const figure of ['Services seen', 'Request rate', 'Error rate', 'P95 latency', 'Firing alerts', 'Storage used']) {
    const value = page.locator(`[data-figure="${figure}"] p`).nth(1);
    await value.waitFor({ timeout: WAIT_MS });
    await page.waitForFunction((name) => !['…', ''].includes(document.querySelectorAll(`[data-figure="${name}"] p`)[1]?.textContent ?? ''), figure, { timeout: WAIT_MS });
    const text = (await value.textContent()) ?? '';
    if (text === 'unknown' || text === '–' || text.includes('NaN')) throw new Error(`home: "${figure}" shows ${text}`);
  }
  for (const text of ['Services', 'Ingest and storage', 'Look closer']) await see(page, text);
}

async function menu(page, width) {
  if (width < 768) await page.getByRole('button', { name: 'Navigation' }).click();
  await page.getByRole('link', { name: 'Alerting', exact: true }).first().waitFor({ state: 'visible', timeout: WAIT_MS });
  await page.waitForTimeout(300);
}

async function timePicker(page) {
  await page.getByRole('button', { name: /^Time range/ }).click();
  await page.getByRole('button', { name: '1h', exact: true }).click();
  await page.waitForURL(/from=now-1h/, { timeout: WAIT_MS });
  await page.getByRole('button', { name: /^Time range: Last hour/ }).click();
  await page.getByLabel('From').waitFor({ timeout: WAIT_MS });
}

/** Scrolls through the dashboard, so that every panel asks for its data, and looks at each. */
async function dashboard(page) {
  await page.locator('[data-panel]').first().waitFor({ timeout: WAIT_MS });
  const panels = page.locator('[data-panel]');
  const count = Math.min(await panels.count(), 30);
  for (let i = 0; i < count; i++) {
    const panel = panels.nth(i);
    await panel.scrollIntoViewIfNeeded();
    const title = await panel.getAttribute('data-panel');
    const body = panel.locator('.panel-body');
    await body.locator('.panel-drawing > *').first().waitFor({ timeout: WAIT_MS }).catch(() => {
      throw new Error(`panel "${title}" shows nothing`);
    });
    if ((await body.getByRole('alert').count()) > 0) throw new Error(`panel "${title}": ${await body.getByRole('alert').first().textContent()}`);
    const text = (await body.textContent()) ?? '';
    if (/No samples of (?!missing_metric)/.test(text)) throw new Error(`panel "${title}": ${text}`);
  }
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.waitForTimeout(300);
}

/** Opens the menu of the first panel over time, by keyboard. */
async function panelMenu(page) {
  const panel = page.locator('[data-panel-type="timeseries"]').first();
  await panel.locator('canvas').first().waitFor({ timeout: WAIT_MS });
  await panel.getByRole('button', { name: /^Menu of/ }).focus();
  await page.keyboard.press('Enter');
  for (const entry of ['View', 'Explore', 'Data', 'Share', 'Create alert']) await page.getByRole('menuitem', { name: entry, exact: true }).waitFor({ timeout: WAIT_MS });
}

async function inspect(page, entry, text) {
  await panelMenu(page);
  await page.getByRole('menuitem', { name: entry, exact: true }).click();
  await page.getByRole('dialog').getByText(text).first().waitFor({ timeout: WAIT_MS });
}

async function panelShare(page) {
  await panelMenu(page);
  await page.getByRole('menuitem', { name: 'Share', exact: true }).click();
  await page.getByRole('dialog').getByLabel('Address', { exact: true }).waitFor({ timeout: WAIT_MS });
}

async function panelView(page) {
  await panelMenu(page);
  await page.getByRole('menuitem', { name: 'View', exact: true }).click();
  await page.waitForURL(/viewPanel=/, { timeout: WAIT_MS });
  await page.getByRole('button', { name: 'Back to the dashboard' }).waitFor({ timeout: WAIT_MS });
  if ((await page.locator('[data-panel]').count()) !== 1) throw new Error('more than one panel is in view');
  await page.locator('[data-panel] canvas').first().waitFor({ timeout: WAIT_MS });
}

async function kiosk(page) {
  await page.locator('[data-panel]').first().waitFor({ timeout: WAIT_MS });
  if (await page.getByRole('navigation').first().isVisible().catch(() => false)) throw new Error('the navigation is there in kiosk mode');
}

async function graph(page) {
  await page.locator('.uplot canvas').first().waitFor({ timeout: WAIT_MS });
  await page.locator('.plot-legend li, .legend li').first().waitFor({ timeout: WAIT_MS });
  await see(page, /\d+ series, step/);
}

async function exemplars(page) {
  await graph(page);
  await page.getByRole('button', { name: /[1-9]\d* exemplars/ }).click();
  await page.locator('td a[href*="explore/traces/"]').first().waitFor({ timeout: WAIT_MS });
}

async function exemplarToTrace(page) {
  await exemplars(page);
  await page.locator('td a[href*="explore/traces/"]').first().click();
  await page.waitForURL(/explore\/traces\/[0-9a-f]+/, { timeout: WAIT_MS });
  await page.locator('.wf-row').first().waitFor({ timeout: WAIT_MS });
}

/** The address that an alert carries as its generatorURL. */
async function alertToMetrics(page) {
  await page.waitForURL(/explore\/metrics\?expr=up&tab=table/, { timeout: WAIT_MS });
  await page.locator('td.numeric').first().waitFor({ timeout: WAIT_MS });
}

async function completion(page) {
  const editor = page.getByLabel('PromQL query');
  await editor.waitFor({ timeout: WAIT_MS });
  await editor.click();
  await page.keyboard.type('http_requests_');
  await page.locator('.cm-tooltip-autocomplete li').first().waitFor({ timeout: WAIT_MS });
}

async function logLines(page) {
  await page.locator('.log-row').first().waitFor({ timeout: WAIT_MS });
  const times = await page.locator('.log-row .log-time').allTextContents();
  if ([...times].sort().reverse().join() !== times.join()) throw new Error('lines are not newest first');
}

async function lineToTrace(page) {
  await openLine(page);
  await page.getByRole('link', { name: /^Open trace/ }).first().click();
  await page.waitForURL(/explore\/traces\/[0-9a-f]+/, { timeout: WAIT_MS });
  await page.locator('.wf-row').first().waitFor({ timeout: WAIT_MS });
}

async function openLine(page) {
  await logLines(page);
  await page.locator('.log-row').nth(1).click();
  await page.locator('.log-detail table').first().waitFor({ timeout: WAIT_MS });
}

async function following(page) {
  await page.locator('.log-row').first().waitFor({ timeout: WAIT_MS });
  const first = await page.locator('.log-row .log-time').first().textContent();
  const newer = (old) => document.querySelector('.log-row .log-time')?.textContent !== old;
  await page.waitForFunction(newer, first, { timeout: WAIT_MS });
  await page.getByRole('button', { name: 'Pause' }).click();
  await see(page, 'Paused');
  const paused = await page.locator('.log-row .log-time').first().textContent();
  await page.waitForTimeout(3000);
  if ((await page.locator('.log-row .log-time').first().textContent()) !== paused) throw new Error('lines come while following is paused');
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.waitForFunction(newer, paused, { timeout: WAIT_MS });
}

async function highlight(page) {
  await logLines(page);
  const words = (await page.locator('.log-row .log-text').first().textContent()) ?? '';
  const word = /[A-Za-z]{4,}/.exec(words)?.[0] ?? words;
  await page.getByLabel('Search in the lines').fill(word.toUpperCase());
  await page.keyboard.press('Enter');
  const mark = page.locator('.log-text mark').first();
  await mark.waitFor({ timeout: WAIT_MS });
  const text = await mark.textContent();
  if (text?.toLowerCase() !== word.toLowerCase()) throw new Error(`"${text}" is marked instead of "${word}"`);
}

async function trace(page) {
  const link = page.locator('table tbody tr a').first();
  await link.waitFor({ timeout: WAIT_MS });
  await link.click();
  await page.waitForURL(/explore\/traces\/[0-9a-f]+/, { timeout: WAIT_MS });
  await openSpan(page);
}

async function openSpan(page) {
  await page.locator('.wf-row').first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: "Logs of this span's service" }).waitFor({ timeout: WAIT_MS });
  await page.waitForTimeout(300);
}

/** Starts from a line, since not every trace has logs. */
async function traceToLogs(page) {
  await lineToTrace(page);
  await openSpan(page);
  await page.getByRole('link', { name: 'Logs of the whole trace' }).click();
  await page.waitForURL(/explore\/logs/, { timeout: WAIT_MS });
  await page.locator('.log-row').first().waitFor({ timeout: WAIT_MS });
}

async function status(page) {
  for (const text of ['Process', 'Storage', 'Ingest since the start', 'Listeners', 'Pipelines', 'Configuration files', 'Scrape targets', 'Runtime', 'Build']) await see(page, text);
}

async function targets(page) {
  await page.locator('tbody tr').first().waitFor({ timeout: WAIT_MS });
  await page.getByText('Discovered labels').first().click();
  await page.getByText(/^__address__=/).first().waitFor({ state: 'visible', timeout: WAIT_MS });
}

async function serviceDiscovery(page) {
  await page.getByText(/^__address__=/).first().waitFor({ timeout: WAIT_MS });
  await page.getByRole('button', { name: 'Show relabelling' }).first().click();
  await page.getByText(/no relabelling rules|action: /).first().waitFor({ timeout: WAIT_MS });
}

async function tsdb(page) {
  for (const text of ['In memory', 'Metrics with the most series', 'Labels with the most values', 'Pairs with the most series', 'Series that began and ended', 'Parts on disk']) await see(page, text);
  await page.locator('td.numeric').first().waitFor({ timeout: WAIT_MS });
}
