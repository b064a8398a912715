import type { DataFrame, Field, FrameMeta } from '../frame/frame';
import { parseSampleValue } from '../frames';
import { array, number, object, string, type Json } from '../json';
import { formatSeries, type Labels } from '../labels';

/** A query as its frames need to know it. */
export interface SeriesQuery {
  readonly refId: string;
  /** After variables. */
  readonly expr: string;
  readonly legendFormat: string | undefined;
  /** Of a range query. */
  readonly stepMs: number | undefined;
}

/** Frames of what Prometheus and, for metric queries, Loki answer: the `data` of a query's answer. One frame a series. */
export function seriesFrames(query: SeriesQuery, data: unknown, notices: FrameMeta['notices'] = undefined): DataFrame[] {
  const json = object(data);
  const meta: FrameMeta = { executedQuery: query.expr, stepMs: query.stepMs, notices, visualisation: 'graph' };
  const times = new SharedTimes();
  switch (json['resultType']) {
    case 'matrix':
      return array(json['result']).map(object).flatMap((item) => matrixFrames(query, item, meta, times));
    case 'vector':
      return array(json['result']).map(object).flatMap((item) => {
        const histogram = array(item['histogram']);
        const one = { metric: item['metric'], values: item['value'] === undefined ? [] : [item['value']], histograms: histogram.length > 0 ? [histogram] : [] };
        return matrixFrames(query, one, { ...meta, type: 'numeric-multi' }, times);
      });
    case 'scalar':
      return [seriesFrame(query, {}, [array(json['result'])], { ...meta, type: 'numeric-multi' }, times)];
    case 'string':
      return [stringFrame(query, array(json['result']), meta)];
    default:
      return [];
  }
}

/** Series of one answer mostly have the same times: those share one list, so that joining them is cheap. */
class SharedTimes {
  private last: readonly number[] = [];

  of(times: readonly number[]): readonly number[] {
    const { last } = this;
    if (times.length === last.length && times.every((time, i) => time === last[i])) {
      return last;
    }
    this.last = times;
    return times;
  }
}

function matrixFrames(query: SeriesQuery, item: Json, meta: FrameMeta, times: SharedTimes): DataFrame[] {
  const labels = labelsOf(item['metric']);
  const values = array(item['values']);
  const histograms = array(item['histograms']);
  return [
    ...(values.length > 0 || histograms.length === 0 ? [seriesFrame(query, labels, values, meta, times)] : []),
    ...(histograms.length > 0 ? [histogramFrame(query, labels, histograms, meta)] : []),
  ];
}

function seriesFrame(query: SeriesQuery, labels: Labels, points: readonly unknown[], meta: FrameMeta, shared: SharedTimes): DataFrame {
  const times = new Array<number>(points.length);
  const values = new Array<number>(points.length);
  for (let i = 0; i < points.length; i++) {
    const point = points[i] as readonly [number, string] | undefined;
    times[i] = Math.round(number(point?.[0], 0) * 1000);
    values[i] = parseSampleValue(String(point?.[1] ?? 'NaN'));
  }
  const name = legendName(query, labels);
  return {
    refId: query.refId,
    name,
    length: points.length,
    meta: { type: 'timeseries-multi', ...meta },
    fields: [
      timeFieldOf(shared.of(times), query.stepMs),
      { name: 'Value', type: 'number', labels, values, config: name === undefined ? {} : { displayNameFromDS: name } },
    ],
  };
}

export function timeFieldOf(values: readonly number[], stepMs: number | undefined, name = 'Time'): Field {
  return { name, type: 'time', values, config: stepMs === undefined ? {} : { interval: stepMs } };
}

/**
 * The name that the query's legend format gives. Undefined for `__auto` over a series with labels: then what differs
 * among the series of the panel is the name, which only the panel knows.
 */
export function legendName(query: SeriesQuery, labels: Labels): string | undefined {
  const format = query.legendFormat ?? '';
  if (format === '__auto') {
    return Object.keys(labels).length > 0 ? undefined : query.expr;
  }
  const name = format === '' ? formatSeries(labels) : renderLegend(format, labels);
  return name === '{}' ? query.expr : name;
}

/** `{{label}}` replaced by the label's value, by nothing where the series has no such label. */
export function renderLegend(format: string, labels: Labels): string {
  return format.replace(/\{\{\s*([^{}]+?)\s*\}\}/g, (_, name: string) => (Object.hasOwn(labels, name) ? (labels[name] ?? '') : ''));
}

/** A native histogram's buckets as cells: one row for each bucket at each time. */
function histogramFrame(query: SeriesQuery, labels: Labels, points: readonly unknown[], meta: FrameMeta): DataFrame {
  const xMax: number[] = [];
  const yMin: number[] = [];
  const yMax: number[] = [];
  const count: number[] = [];
  const yLayout: number[] = [];
  for (const point of points) {
    const [seconds, histogram] = array(point);
    for (const bucket of array(object(histogram)['buckets'])) {
      const [boundaries, low, high, amount] = array(bucket);
      xMax.push(Math.round(number(seconds, 0) * 1000));
      yMin.push(parseSampleValue(String(low)));
      yMax.push(parseSampleValue(String(high)));
      count.push(parseSampleValue(String(amount)));
      yLayout.push(number(boundaries, 0));
    }
  }
  const name = legendName(query, labels);
  const numeric = (field: string, values: readonly number[]): Field => ({ name: field, type: 'number', values, config: {} });
  return {
    refId: query.refId,
    name,
    length: xMax.length,
    meta: { ...meta, type: 'heatmap-cells' },
    fields: [
      timeFieldOf(xMax, query.stepMs, 'xMax'),
      numeric('yMin', yMin),
      numeric('yMax', yMax),
      { name: 'count', type: 'number', labels, values: count, config: name === undefined ? {} : { displayNameFromDS: name } },
      numeric('yLayout', yLayout),
    ],
  };
}

function stringFrame(query: SeriesQuery, point: readonly unknown[], meta: FrameMeta): DataFrame {
  return {
    refId: query.refId,
    name: undefined,
    length: 1,
    meta: { ...meta, type: 'table', visualisation: 'table' },
    fields: [timeFieldOf([Math.round(number(point[0], 0) * 1000)], undefined), { name: 'Value', type: 'string', values: [string(point[1])], config: {} }],
  };
}

export function labelsOf(value: unknown): Labels {
  return Object.fromEntries(Object.entries(object(value)).map(([name, label]) => [name, typeof label === 'string' ? label : JSON.stringify(label)]));
}

/** Exemplars as rows: their time and value, then the labels of exemplar and series. */
export function exemplarFrame(refId: string, data: unknown): DataFrame {
  const rows = array(data).map(object).flatMap((item) => {
    const series = labelsOf(item['seriesLabels']);
    return array(item['exemplars']).map(object).map((exemplar) => ({
      timeMs: Math.round(number(exemplar['timestamp'], 0) * 1000),
      value: parseSampleValue(String(exemplar['value'])),
      labels: { ...series, ...labelsOf(exemplar['labels']) } as Labels,
    }));
  });
  rows.sort((a, b) => a.timeMs - b.timeMs);
  const names = [...new Set(rows.flatMap((row) => Object.keys(row.labels)))].sort();
  return {
    refId,
    name: 'exemplar',
    length: rows.length,
    meta: { topic: 'exemplar' },
    fields: [
      timeFieldOf(rows.map((row) => row.timeMs), undefined),
      { name: 'Value', type: 'number', values: rows.map((row) => row.value), config: {} },
      ...names.map((name): Field => ({ name, type: 'string', values: rows.map((row) => row.labels[name] ?? ''), config: {} })),
    ],
  };
}
