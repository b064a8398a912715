import { gridOf, parseSampleValue, toGridSeries, type GridFrame, type Sample } from '../lib/frames';
import { array, number, object, string } from '../lib/json';
import type { Labels } from '../lib/labels';
import type { AbsoluteRange } from '../lib/time';
import { getJson, getText, type Access, type QueryParameters } from './http';

const API = 'prometheus/api/v1';

async function get(access: Access, path: string, parameters: QueryParameters, signal?: AbortSignal): Promise<unknown> {
  return object(await getJson(access, `${API}/${path}`, { parameters, signal }))['data'];
}

export type InstantResult =
  | { readonly kind: 'vector'; readonly samples: readonly Sample[] }
  | { readonly kind: 'scalar'; readonly sample: Sample }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'matrix'; readonly series: readonly { readonly labels: Labels; readonly points: readonly (readonly [number, string])[] }[] };

/** An instant query at a time in milliseconds. */
export async function queryInstant(access: Access, expr: string, timeMs: number, signal?: AbortSignal): Promise<InstantResult> {
  const data = object(await get(access, 'query', { query: expr, time: timeMs / 1000 }, signal));
  const result = array(data['result']);
  switch (data['resultType']) {
    case 'matrix':
      return { kind: 'matrix', series: result.map(object).map((item) => ({ labels: labelsOf(item['metric']), points: pointsOf(item['values']) })) };
    case 'scalar':
      return { kind: 'scalar', sample: sampleOf({}, result) };
    case 'string':
      return { kind: 'string', text: string(result[1]) };
    default:
      return { kind: 'vector', samples: result.map(object).map((item) => vectorSample(item)) };
  }
}

/** A range query; both ends should be multiples of the step. */
export async function queryRange(access: Access, expr: string, range: AbsoluteRange, stepMs: number, signal?: AbortSignal): Promise<GridFrame> {
  const parameters = { query: expr, start: range.fromMs / 1000, end: range.toMs / 1000, step: stepMs / 1000 };
  const data = object(await get(access, 'query_range', parameters, signal));
  const grid = gridOf(range.fromMs, range.toMs, stepMs);
  const series = array(data['result']).map(object).map((item) => toGridSeries(labelsOf(item['metric']), pointsOf(item['values']), grid));
  return { grid, series };
}

export interface Exemplar {
  readonly seriesLabels: Labels;
  readonly labels: Labels;
  readonly timeMs: number;
  readonly value: number;
}

export async function queryExemplars(access: Access, expr: string, range: AbsoluteRange, signal?: AbortSignal): Promise<Exemplar[]> {
  const data = await get(access, 'query_exemplars', { query: expr, start: range.fromMs / 1000, end: range.toMs / 1000 }, signal);
  return array(data).map(object).flatMap((item) => {
    const seriesLabels = labelsOf(item['seriesLabels']);
    return array(item['exemplars']).map(object).map((exemplar) => ({
      seriesLabels,
      labels: labelsOf(exemplar['labels']),
      timeMs: number(exemplar['timestamp'], 0) * 1000,
      value: parseSampleValue(String(exemplar['value'])),
    }));
  });
}

/** Label names of the series that the selector finds in the range. */
export async function labelNames(access: Access, range: AbsoluteRange, selector?: string, signal?: AbortSignal): Promise<string[]> {
  return strings(await get(access, 'labels', { ...seconds(range), 'match[]': selector }, signal));
}

export async function labelValues(access: Access, label: string, range: AbsoluteRange, selector?: string, signal?: AbortSignal): Promise<string[]> {
  return strings(await get(access, `label/${encodeURIComponent(label)}/values`, { ...seconds(range), 'match[]': selector }, signal));
}

/** Names of metrics of the range that resemble one, the nearest first. */
export async function nearestMetricNames(access: Access, name: string, range: AbsoluteRange, signal?: AbortSignal): Promise<string[]> {
  const parameters = { 'search[]': name, fuzz_threshold: 60, fuzz_alg: 'jarowinkler', sort_by: 'score', limit: 4, ...seconds(range) };
  const [line = '{}'] = (await getText(access, `${API}/search/metric_names`, { parameters, signal })).split('\n', 1);
  return array(object(JSON.parse(line))['results']).map((found) => string(object(found)['name'])).filter((found) => found !== name);
}

export async function series(access: Access, selector: string, range: AbsoluteRange, signal?: AbortSignal): Promise<Labels[]> {
  return array(await get(access, 'series', { ...seconds(range), 'match[]': selector, limit: 10_000 }, signal)).map(labelsOf);
}

export interface MetricMetadata {
  readonly type: string;
  readonly help: string;
  readonly unit: string;
}

export async function metadata(access: Access, signal?: AbortSignal): Promise<Record<string, MetricMetadata[]>> {
  const data = object(await get(access, 'metadata', {}, signal));
  return Object.fromEntries(
    Object.entries(data).map(([name, list]) => [
      name,
      array(list).map(object).map((item) => ({ type: string(item['type']), help: string(item['help']), unit: string(item['unit']) })),
    ]),
  );
}

export type AlertState = 'inactive' | 'pending' | 'firing' | 'unknown';

export interface Alert {
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly state: AlertState;
  readonly activeAt: string;
  readonly value: string;
}

export interface Rule {
  readonly kind: 'alerting' | 'recording';
  readonly name: string;
  readonly query: string;
  readonly durationSeconds: number;
  readonly keepFiringForSeconds: number;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly health: string;
  readonly lastError: string;
  readonly lastEvaluation: string;
  readonly evaluationSeconds: number;
  readonly state: AlertState;
  readonly alerts: readonly Alert[];
}

export interface RuleGroup {
  readonly name: string;
  readonly file: string;
  readonly intervalSeconds: number;
  readonly rules: readonly Rule[];
}

export async function ruleGroups(access: Access, signal?: AbortSignal): Promise<RuleGroup[]> {
  const data = object(await get(access, 'rules', {}, signal));
  return array(data['groups']).map(object).map((group) => ({
    name: string(group['name']),
    file: string(group['file']),
    intervalSeconds: number(group['interval'], 0),
    rules: array(group['rules']).map(object).map((rule): Rule => ({
      kind: rule['type'] === 'recording' ? 'recording' : 'alerting',
      name: string(rule['name']),
      query: string(rule['query']),
      durationSeconds: number(rule['duration'], 0),
      keepFiringForSeconds: number(rule['keepFiringFor'], 0),
      labels: labelsOf(rule['labels']),
      annotations: labelsOf(rule['annotations']),
      health: string(rule['health'], 'unknown'),
      lastError: string(rule['lastError']),
      lastEvaluation: string(rule['lastEvaluation']),
      evaluationSeconds: number(rule['evaluationTime'], 0),
      state: alertState(rule['state']),
      alerts: array(rule['alerts']).map(alertOf),
    })),
  }));
}

export async function alerts(access: Access, signal?: AbortSignal): Promise<Alert[]> {
  return array(object(await get(access, 'alerts', {}, signal))['alerts']).map(alertOf);
}

export async function buildInfo(access: Access, signal?: AbortSignal): Promise<Labels> {
  return labelsOf(await get(access, 'status/buildinfo', {}, signal));
}

function alertOf(value: unknown): Alert {
  const json = object(value);
  return {
    labels: labelsOf(json['labels']),
    annotations: labelsOf(json['annotations']),
    state: alertState(json['state']),
    activeAt: string(json['activeAt']),
    value: String(json['value'] ?? ''),
  };
}

function alertState(value: unknown): AlertState {
  return (['inactive', 'pending', 'firing'] as const).find((state) => state === value) ?? 'unknown';
}

function vectorSample(json: Record<string, unknown> | ReturnType<typeof object>): Sample {
  return sampleOf(labelsOf(json['metric']), array(json['value']));
}

function sampleOf(labels: Labels, pair: readonly unknown[]): Sample {
  return { labels, timeMs: number(pair[0], 0) * 1000, value: parseSampleValue(String(pair[1] ?? 'NaN')) };
}

function pointsOf(value: unknown): [number, string][] {
  return array(value).map((pair) => [number(array(pair)[0], 0), String(array(pair)[1] ?? 'NaN')]);
}

export function labelsOf(value: unknown): Labels {
  return Object.fromEntries(Object.entries(object(value)).map(([name, label]) => [name, typeof label === 'string' ? label : JSON.stringify(label)]));
}

function seconds(range: AbsoluteRange): { start: number; end: number } {
  return { start: range.fromMs / 1000, end: range.toMs / 1000 };
}

function strings(data: unknown): string[] {
  return array(data).map((item) => string(item));
}
