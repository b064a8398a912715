import type { Access } from '../../../api/http';
import { logLabelNames, logLabelValues } from '../../../api/loki';
import { labelNames, labelValues, queryInstant, series } from '../../../api/prometheus';
import { traceTagNames, traceTagValues } from '../../../api/tempo';
import type { Labels } from '../../../lib/labels';
import { plainOption, type VariableOption } from '../../../lib/template/options';
import type { AskedSource } from '../../../lib/template/resolve';
import type { VariableQuery } from '../../../lib/template/variableQuery';
import type { AbsoluteRange } from '../../../lib/time';

/** Asks a source for the values of a variable, in the source's order. */
export async function askVariable(access: Access, source: AskedSource, query: VariableQuery, range: AbsoluteRange, signal?: AbortSignal): Promise<VariableOption[]> {
  switch (source) {
    case 'prometheus':
      return askPrometheus(access, query, range, signal);
    case 'loki':
      return (await askLoki(access, query, range, signal)).map(plainOption);
    case 'tempo':
      return (await askTempo(access, query, signal)).map(plainOption);
  }
}

async function askPrometheus(access: Access, query: VariableQuery, range: AbsoluteRange, signal?: AbortSignal): Promise<VariableOption[]> {
  switch (query.kind) {
    case 'labelValues':
      return (await labelValues(access, query.label, range, query.selector, signal)).map(plainOption);
    case 'labelNames':
      return (await labelNames(access, range, query.selector, signal)).map(plainOption);
    case 'metrics':
      return (await labelValues(access, '__name__', range, `{__name__=~${JSON.stringify(anywhere(query.pattern))}}`, signal)).map(plainOption);
    case 'queryResult':
      return queryResult(access, query.expr, range, signal);
    case 'series':
      return (await series(access, query.selector, range, signal)).map((labels) => plainOption(seriesText(labels)));
  }
}

/** Grafana looks for the pattern anywhere in a name, Prometheus matches whole names. */
function anywhere(pattern: string): string {
  return `.*(?:${pattern}).*`;
}

async function queryResult(access: Access, expr: string, range: AbsoluteRange, signal?: AbortSignal): Promise<VariableOption[]> {
  const result = await queryInstant(access, expr, range.toMs, signal);
  switch (result.kind) {
    case 'vector':
      return result.samples.map(({ labels, value, timeMs }) => plainOption(`${seriesText(labels)} ${value} ${timeMs}`));
    case 'scalar':
      return [plainOption(String(result.sample.value))];
    case 'string':
      return [plainOption(result.text)];
    case 'matrix':
      return result.series.map(({ labels, points }) => plainOption(`${seriesText(labels)} ${points.at(-1)?.[1] ?? ''} ${(points.at(-1)?.[0] ?? 0) * 1000}`));
  }
}

/** `name{label="value",…}` as patterns of dashboards expect it: braces always, in the order of the answer. */
function seriesText(labels: Labels): string {
  const matchers = Object.entries(labels).filter(([name]) => name !== '__name__');
  return `${labels['__name__'] ?? ''}{${matchers.map(([name, value]) => `${name}="${value}"`).join(',')}}`;
}

async function askLoki(access: Access, query: VariableQuery, range: AbsoluteRange, signal?: AbortSignal): Promise<string[]> {
  switch (query.kind) {
    case 'labelValues':
      return logLabelValues(access, query.label, range, query.selector, signal);
    case 'labelNames':
      return logLabelNames(access, range, signal);
    case 'metrics':
    case 'queryResult':
    case 'series':
      throw new Error('Logs answer label_names() and label_values(…) only.');
  }
}

async function askTempo(access: Access, query: VariableQuery, signal?: AbortSignal): Promise<string[]> {
  switch (query.kind) {
    case 'labelValues':
      return traceTagValues(access, query.label, signal);
    case 'labelNames':
      return traceTagNames(access, signal);
    case 'metrics':
    case 'queryResult':
    case 'series':
      throw new Error('Traces answer label_names() and label_values(…) only.');
  }
}
