#!/usr/bin/env node
// panels BASE_URL DASHBOARD.json...: asks every query of the dashboards' panels, as a browser would, until each has data, and
// prints the seconds from its own start to the first data of each panel. Started at the demo's "ready", it proves that
// every panel is live within 60 seconds, and rates of the job that is scraped every 30 seconds within 90. Data are a
// sample whose value is a number, or a log line. Exit is 0 when every panel was in time, 1 otherwise.
import { readFileSync } from 'node:fs';

const LIMIT_SECONDS = 60;
const SLOW_JOB_LIMIT_SECONDS = 90;
const GIVE_UP_SECONDS = 150;
const STEP_MS = 1000;

const [base, ...files] = process.argv.slice(2);
if (!base || files.length === 0) {
  console.error('usage: panels BASE_URL DASHBOARD.json...');
  process.exit(2);
}
const start = Date.now();
const seconds = () => (Date.now() - start) / 1000;

const queries = files.flatMap((file) => {
  const read = JSON.parse(readFileSync(file, 'utf8'));
  const dashboard = read.dashboard ?? read;
  return dashboard.panels
    .flatMap((panel) => [panel, ...(panel.panels ?? [])])
    .flatMap((panel) =>
      (panel.targets ?? []).map((target) => ({
        name: [dashboard.title, panel.title, target.legendFormat].filter(Boolean).join(' / '),
        expr: target.expr,
        isLogs: ((target.datasource ?? panel.datasource)?.type ?? 'prometheus') === 'loki',
      })),
    );
});

/** Rates of what only the worker counts: it is scraped every 30 seconds, and a rate takes two scrapes. */
const limitOf = ({ expr }) => (/(rate|increase)\(jobs?_(?!enqueued)/.test(expr) ? SLOW_JOB_LIMIT_SECONDS : LIMIT_SECONDS);

async function ask(path, parameters) {
  const response = await fetch(`${base.replace(/\/$/, '')}${path}?${new URLSearchParams(parameters)}`);
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()).data.result;
}

const isNumber = (text) => !Number.isNaN(Number(text)) && text !== 'NaN';

async function hasData({ expr, isLogs }) {
  if (isLogs) {
    return (await ask('/loki/api/v1/query_range', { query: expr, limit: '1', since: '15m' })).some(({ values }) => values.length > 0);
  }
  return (await ask('/prometheus/api/v1/query', { query: expr })).some(({ value }) => isNumber(value[1]));
}

let missing = queries;
while (missing.length > 0 && seconds() < GIVE_UP_SECONDS) {
  for (const query of missing) {
    if (await hasData(query)) query.after = seconds();
  }
  missing = missing.filter(({ after }) => after === undefined);
  if (missing.length > 0) await new Promise((done) => setTimeout(done, STEP_MS));
}

const late = queries.filter((query) => query.after === undefined || query.after > limitOf(query));
for (const query of [...queries].sort((a, b) => (a.after ?? Infinity) - (b.after ?? Infinity))) {
  const after = query.after === undefined ? 'never' : `${query.after.toFixed(1)} s`;
  console.log(`${after.padStart(8)}  ${late.includes(query) ? 'LATE ' : ''}${query.name}`);
  if (query.after === undefined) console.log(`          ${query.expr}`);
}
console.log(`${queries.length - late.length} of ${queries.length} queries had data in time, the last of them after ${Math.max(...queries.map(({ after }) => after ?? 0)).toFixed(0)} s`);
process.exit(late.length === 0 ? 0 : 1);
