// Answers whose every text is an attack, and the pages on which they are shown. Nothing of them may run, ask another host
// for anything, or be refused by the content security policy, which would mean that it had been tried.
import { readFileSync } from 'node:fs';
import typescript from 'typescript';

const WAIT_MS = 20_000;
const source = readFileSync(new URL('../src/testing/payloads.ts', import.meta.url), 'utf8');
const { outputText } = typescript.transpileModule(source, { compilerOptions: { module: typescript.ModuleKind.ESNext, target: typescript.ScriptTarget.ES2022 } });
const { PAYLOADS } = await import(`data:text/javascript;base64,${Buffer.from(outputText).toString('base64')}`);

/** Labels and names are kept shorter than lines, as the stores do. */
const TEXTS = Object.values(PAYLOADS).filter((text) => text !== '');
const LABELS = TEXTS.map((text) => text.slice(0, 3000));
const DATA_TYPES = ['timeseries', 'stat', 'gauge', 'bargauge', 'table', 'piechart', 'heatmap', 'status-history', 'state-timeline', 'histogram', 'barchart', 'geomap'];

/** Answers in the place of the ordinary ones; undefined where those may stand. */
export function hostileApi(path, parameters) {
  if (path === '/api/search') return [{ uid: 'hostile', title: TEXTS[0], type: 'dash-db', folderTitle: TEXTS[1], folderUid: 'f', tags: LABELS }, ...LABELS.map((title, i) => ({ uid: `hostile-${i}`, title, type: 'dash-db', folderTitle: title, folderUid: title, tags: [title] }))];
  if (path === '/api/dashboards/uid/hostile') return { dashboard: dashboard(), meta: {} };
  if (path === '/api/annotations') return LABELS.map((text, i) => ({ id: i + 1, time: Date.now() - i * 60_000, timeEnd: Date.now() - i * 60_000, text, tags: [text], login: text, dashboardUID: text }));
  if (path === '/prometheus/api/v1/query_range') return success({ resultType: 'matrix', result: range(parameters) });
  if (path === '/prometheus/api/v1/query') return success({ resultType: 'vector', result: metrics().map((metric, i) => ({ metric, value: [Number(parameters.get('time') ?? Date.now() / 1000), String(i)] })) });
  if (path === '/prometheus/api/v1/query_exemplars') return success([{ seriesLabels: { __name__: 'up' }, exemplars: LABELS.map((text) => ({ labels: { trace_id: text, x: text }, value: '1', timestamp: Date.now() / 1000 - 100 })) }]);
  if (/^\/prometheus\/api\/v1\/label\/.*\/values$/.test(path) || /^\/loki\/api\/v1\/label\/.*\/values$/.test(path)) return success(LABELS);
  if (path === '/prometheus/api/v1/rules') return success({ groups: [{ name: TEXTS[0], file: TEXTS[0], interval: 15, rules: LABELS.map(rule) }] });
  if (path === '/prometheus/api/v1/alerts') return success({ alerts: LABELS.map(alert) });
  if (path === '/loki/api/v1/query_range') return { data: { resultType: 'streams', result: LABELS.map((text, i) => ({ stream: { service_name: text, app: text }, values: TEXTS.map((line, n) => [`${Date.now() - n * 1000 - i}000000`, line, { structuredMetadata: { trace_id: text, note: text } }]) })).slice(0, 20) } };
  if (path === '/tempo/api/search') return { traces: LABELS.map((text, i) => ({ traceID: i % 2 ? text : '4bf92f3577b34da6a3ce929d0e0e4710', rootServiceName: text, rootTraceName: text, startTimeUnixNano: `${Date.now() - i}000000`, durationMs: i })) };
  if (/^\/tempo\/api\/(v2\/)?traces\//.test(path)) return { batches: [{ resource: { attributes: pairs(0) }, scopeSpans: [{ scope: { name: TEXTS[0] }, spans: LABELS.map(span) }] }] };
  return undefined;
}

function success(data) {
  return { json: { status: 'success', data } };
}

function metrics() {
  return LABELS.map((text, i) => ({ __name__: 'up', instance: text, job: LABELS[(i + 7) % LABELS.length], level: '1', label: text, self: '1' }));
}

function range(parameters) {
  const [start, end, step] = ['start', 'end', 'step'].map((name) => Number(parameters.get(name)));
  const count = Math.min(60, Math.floor((end - start) / step) + 1);
  return metrics().map((metric, i) => ({ metric, values: Array.from({ length: count }, (_, n) => [start + n * step, String(i + (n % 7))]) }));
}

function alert(text) {
  return { labels: { alertname: text, severity: text }, annotations: { summary: text, description: text, runbook_url: text }, state: 'firing', activeAt: new Date().toISOString(), value: '1' };
}

function rule(text) {
  return { type: 'alerting', name: text, query: text, duration: 0, keepFiringFor: 0, labels: { severity: text }, annotations: { summary: text }, health: 'err', lastError: text, state: 'firing', alerts: [alert(text)], lastEvaluation: new Date().toISOString(), evaluationTime: 0.001 };
}

function pairs(i) {
  return [{ key: 'service.name', value: { stringValue: LABELS[i] } }, { key: LABELS[i], value: { stringValue: LABELS[i] } }];
}

function span(name, i) {
  const start = BigInt(Date.now()) * 1_000_000n + BigInt(i) * 1_000_000n;
  return { spanId: `00f067aa0ba9${(4096 + i).toString(16)}`, parentSpanId: '', name, kind: 1, startTimeUnixNano: String(start), endTimeUnixNano: String(start + 5_000_000n), attributes: pairs(i), events: [{ timeUnixNano: String(start), name, attributes: pairs(i) }], status: { code: 2, message: name } };
}

/** Panels of every kind on the hostile data, and a text panel in each mode for every payload. */
function dashboard() {
  const panels = [];
  const add = (panel, w = 6, h = 6) => {
    const n = panels.length;
    panels.push({ id: n + 1, title: LABELS[n % LABELS.length], description: LABELS[(n + 3) % LABELS.length], gridPos: { x: (n % 4) * 6, y: Math.floor(n / 4) * 6, w, h }, links: LABELS.slice(0, 4).map((url) => ({ title: url, url })), ...panel });
  };
  const links = LABELS.map((url) => ({ title: url, url })).concat([{ title: 'value', url: '${__value.raw}' }]);
  DATA_TYPES.forEach((type, i) =>
    add({
      type,
      targets: [{ refId: 'A', expr: 'up', legendFormat: i % 2 ? '{{instance}}' : TEXTS[i], exemplar: true }],
      fieldConfig: { defaults: { unit: LABELS[i], displayName: i % 3 ? undefined : '${__field.labels.instance}', links, color: { mode: 'fixed', fixedColor: PAYLOADS.css }, thresholds: { mode: 'absolute', steps: [{ color: PAYLOADS.css, value: null }] }, mappings: [{ type: 'value', options: { 1: { text: TEXTS[i], color: PAYLOADS.css } } }] }, overrides: [] },
    }),
  );
  for (const type of ['auto', 'color-text', 'color-background', 'gauge', 'json-view', 'image', 'data-links', 'pill', 'markdown', 'actions', 'sparkline']) {
    add({ type: 'table', targets: [{ refId: 'A', expr: 'up', instant: true, format: 'table' }], fieldConfig: { defaults: { links, custom: { cellOptions: { type }, filterable: true, inspect: true } }, overrides: [] } });
  }
  add({ type: 'logs', datasource: { type: 'loki' }, options: { showTime: true, showLabels: true, showCommonLabels: true, prettifyLogMessage: true }, targets: [{ refId: 'A', expr: '{app=~".+"}' }] });
  add({ type: 'traces', datasource: { type: 'tempo' }, targets: [{ refId: 'A', queryType: 'traceql', query: '4bf92f3577b34da6a3ce929d0e0e4710' }] });
  add({ type: 'nodeGraph', targets: [{ refId: 'A', expr: 'up', instant: true, format: 'table' }], transformations: [{ id: 'organize', options: { renameByName: { instance: 'id', job: 'title' } } }] });
  add({ type: 'flamegraph', targets: [{ refId: 'A', expr: 'up', instant: true, format: 'table' }], transformations: [{ id: 'convertFieldType', options: { conversions: [{ targetField: 'level', destinationType: 'number' }, { targetField: 'self', destinationType: 'number' }] } }, { id: 'organize', options: { renameByName: { Value: 'value' } } }] });
  add({ type: 'alertlist', options: { maxItems: 100 } });
  add({ type: 'alertlist', options: { groupMode: 'custom', groupBy: ['severity'], alertName: '' } });
  add({ type: 'dashlist', options: { showSearch: true, showStarred: true, maxItems: 100 } });
  add({ type: 'annolist', options: { limit: 100 } });
  add({ type: TEXTS[0], targets: [{ refId: 'A', expr: 'up' }] });
  for (const mode of ['markdown', 'html', 'code']) {
    for (const content of TEXTS) add({ type: 'text', options: { mode, content: `${content}\n\n$who` } });
  }
  return {
    uid: 'hostile',
    title: TEXTS[0],
    description: TEXTS[1],
    tags: LABELS.slice(0, 10),
    links: LABELS.slice(0, 10).map((url) => ({ type: 'link', title: url, url, tooltip: url, icon: 'external link' })),
    templating: { list: [{ name: 'who', label: TEXTS[0], type: 'custom', query: 'x', current: { text: TEXTS[0], value: TEXTS[0] }, options: LABELS.map((text) => ({ text, value: text })) }] },
    annotations: { list: [{ name: TEXTS[0], datasource: { type: 'grafana', uid: '-- Grafana --' }, enable: true, iconColor: PAYLOADS.css, target: { type: 'tags', tags: [] } }] },
    panels,
  };
}

export const HOSTILE_PAGES = [
  { name: 'hostile-dashboard', path: 'd/hostile?from=now-1h&to=now', check: everyPanel },
  { name: 'hostile-dashboards', path: 'dashboards', check: (page) => page.locator('.dashboard-row').getByText('<script>').first().waitFor({ timeout: WAIT_MS }) },
  { name: 'hostile-metrics', path: 'explore/metrics?expr=up', check: settled },
  { name: 'hostile-logs', path: 'explore/logs?query=%7Bservice_name%3D~%22.%2B%22%7D', check: settled },
  { name: 'hostile-traces', path: 'explore/traces', check: settled },
  { name: 'hostile-trace', path: 'explore/traces/4bf92f3577b34da6a3ce929d0e0e4710', check: settled },
  { name: 'hostile-rules', path: 'alerting/rules', check: settled },
];

async function settled(page) {
  await page.locator('main').waitFor({ timeout: WAIT_MS });
  await page.waitForTimeout(1500);
}

/** Looks at every panel, opens what can be opened in some of them, and lets each draw. */
async function everyPanel(page) {
  await page.locator('[data-panel]').first().waitFor({ timeout: WAIT_MS });
  const panels = page.locator('[data-panel]');
  const count = await panels.count();
  for (let i = 0; i < count; i++) {
    const panel = panels.nth(i);
    await panel.scrollIntoViewIfNeeded();
    await page.waitForTimeout(120);
    const text = (await panel.locator('.panel-body').textContent()) ?? '';
    if (text.includes('This panel cannot be drawn')) throw new Error(`panel ${i} (${await panel.getAttribute('data-panel-type')}): ${text.slice(0, 300)}`);
  }
  await page.locator('[data-panel-type="logs"] .log-row').first().click();
}

/** What an attack leaves behind in the document; empty where nothing has run. */
export async function traces(page) {
  return page.evaluate(() => {
    const found = [];
    if ('__pwned' in window) found.push('a payload has run');
    if ('polluted' in {}) found.push('the prototype of objects has been changed');
    const address = /^\s*(javascript|data|vbscript):/i;
    for (const element of document.querySelectorAll('body *')) {
      for (const { name, value } of element.attributes) {
        if (/^on/.test(name)) found.push(`${element.tagName} has ${name}`);
        if (/^(href|src|action|formaction|xlink:href|srcdoc)$/.test(name) && address.test(value)) found.push(`${element.tagName} leads to ${value.slice(0, 60)}`);
      }
      if (/^(IFRAME|OBJECT|EMBED|BASE|FORM)$/.test(element.tagName) && element.closest('[data-panel]')) found.push(`there is a ${element.tagName} in a panel`);
    }
    return [...new Set(found)];
  });
}
