import { array, number, object, optionalString, string, type Json } from '../json';

/** What the query of a query variable asks for. */
export type VariableQuery =
  | { readonly kind: 'labelValues'; readonly label: string; readonly selector: string | undefined }
  | { readonly kind: 'labelNames'; readonly selector: string | undefined }
  | { readonly kind: 'metrics'; readonly pattern: string }
  | { readonly kind: 'queryResult'; readonly expr: string }
  | { readonly kind: 'series'; readonly selector: string };

/** The query of a variable as text: what the file has, or what its object form says. Variables in it are not yet replaced. */
export function variableQueryText(query: unknown, definition: string, kind: 'prometheus' | 'loki' | 'tempo'): string {
  if (typeof query === 'string') {
    return query === '' ? definition : query;
  }
  const json = object(query);
  return kind === 'prometheus' ? prometheusText(json, definition) : lokiOrTempoText(json, definition);
}

/** `qryType`: 0 label names, 1 label values, 2 metrics, 3 a query's result, 4 series, 5 text as before there were types. */
function prometheusText(json: Json, definition: string): string {
  const text = optionalString(json['query']) ?? optionalString(json['expr']);
  if (text !== undefined) {
    return text;
  }
  const matchers = array(json['labelFilters']).map(object).map((filter) => `${string(filter['label'])}${string(filter['op'], '=')}"${string(filter['value'])}"`);
  const metric = string(json['metric']);
  const selector = matchers.length > 0 ? `${metric}{${matchers.join(',')}}` : metric;
  switch (number(json['qryType'], -1)) {
    case 0: {
      const match = optionalString(json['match']);
      return `label_names(${match ?? ''})`;
    }
    case 1:
      return selector === '' ? `label_values(${string(json['label'])})` : `label_values(${selector},${string(json['label'])})`;
    case 2:
      return `metrics(${metric === '' ? '.*' : metric})`;
    case 3:
      return `query_result(${string(json['varQuery'])})`;
    case 4:
      return string(json['seriesQuery']);
    default:
      return definition;
  }
}

/** `type`: 0 label names, 1 label values. */
function lokiOrTempoText(json: Json, definition: string): string {
  const text = optionalString(json['query']);
  if (text !== undefined && json['type'] === undefined) {
    return text;
  }
  switch (number(json['type'], -1)) {
    case 0:
      return 'label_names()';
    case 1: {
      const stream = optionalString(json['stream']);
      return stream === undefined ? `label_values(${string(json['label'])})` : `label_values(${stream}, ${string(json['label'])})`;
    }
    default:
      return definition;
  }
}

/** Reads the text of a query; what is no function is a selector of series. Undefined for an empty one. */
export function parseVariableQuery(query: string): VariableQuery | undefined {
  const text = query.trim();
  if (text === '') {
    return undefined;
  }
  const call = /^(label_values|label_names|metrics|query_result)\s*\(([\s\S]*)\)$/.exec(text);
  const inner = (call?.[2] ?? '').trim();
  switch (call?.[1]) {
    case 'label_values':
      return labelValues(inner);
    case 'label_names':
      return { kind: 'labelNames', selector: inner === '' ? undefined : inner };
    case 'metrics':
      return { kind: 'metrics', pattern: inner };
    case 'query_result':
      return { kind: 'queryResult', expr: inner };
    default:
      return { kind: 'series', selector: text };
  }
}

/** The label is what stands after the last comma; it may be in quotes, as names with other letters than Prometheus' are. */
function labelValues(inner: string): VariableQuery {
  const comma = inner.lastIndexOf(',');
  const label = inner.slice(comma + 1).trim().replace(/^"(.*)"$/, '$1');
  return { kind: 'labelValues', label, selector: comma < 0 ? undefined : optionalString(inner.slice(0, comma).trim()) };
}
