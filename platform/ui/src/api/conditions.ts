import { gridOf, parseSampleValue, toGridSeries, type GridFrame } from '../lib/frames';
import { array, number, object, string } from '../lib/json';
import type { Labels } from '../lib/labels';
import type { RuleLanguage } from '../lib/alerting/ruleGroups';
import type { AbsoluteRange } from '../lib/time';
import { getJson, type Access } from './http';
import { labelsOf, queryRange } from './prometheus';

/** A query of any of the three languages over time. */
export async function queryConditions(access: Access, language: RuleLanguage, query: string, range: AbsoluteRange, stepMs: number, signal?: AbortSignal): Promise<GridFrame> {
  switch (language) {
    case 'promql':
      return queryRange(access, query, range, stepMs, signal);
    case 'logql':
      return logRates(access, query, range, stepMs, signal);
    case 'traceql':
      return spanRates(access, query, range, stepMs, signal);
  }
}

async function logRates(access: Access, query: string, range: AbsoluteRange, stepMs: number, signal?: AbortSignal): Promise<GridFrame> {
  const parameters = { query, start: `${range.fromMs}000000`, end: `${range.toMs}000000`, step: `${stepMs / 1000}s` };
  const data = object(object(await getJson(access, 'loki/api/v1/query_range', { parameters, signal }))['data']);
  if (data['resultType'] !== 'matrix') {
    throw new Error('This query gives log lines. A rule needs numbers: put rate(…[5m]) or count_over_time(…[5m]) around it.');
  }
  const grid = gridOf(range.fromMs, range.toMs, stepMs);
  return {
    grid,
    series: array(data['result']).map(object).map((item) => toGridSeries(labelsOf(item['metric']), array(item['values']).map((pair) => [number(array(pair)[0], 0), String(array(pair)[1])]), grid)),
  };
}

async function spanRates(access: Access, query: string, range: AbsoluteRange, stepMs: number, signal?: AbortSignal): Promise<GridFrame> {
  const parameters = { q: query, start: Math.floor(range.fromMs / 1000), end: Math.ceil(range.toMs / 1000), step: `${stepMs / 1000}s` };
  const answer = object(await getJson(access, 'tempo/api/metrics/query_range', { parameters, signal }));
  const grid = gridOf(range.fromMs, range.toMs, stepMs);
  return {
    grid,
    series: array(answer['series']).map(object).map((item) => toGridSeries(attributesOf(item['labels']), array(item['samples']).map(object).map((sample) => [number(sample['timestampMs'], 0) / 1000, String(parseSampleValue(String(sample['value'] ?? 0)))]), grid)),
  };
}

/** OTLP's form of attributes as labels. */
function attributesOf(value: unknown): Labels {
  return Object.fromEntries(
    array(value).map(object).map((pair) => {
      const held = Object.values(object(pair['value']))[0];
      return [string(pair['key']), typeof held === 'string' ? held : JSON.stringify(held ?? '')];
    }),
  );
}
