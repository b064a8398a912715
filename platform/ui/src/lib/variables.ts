/** Values of dashboard variables by name; several values where the variable is a multi-value one. */
export type VariableValues = Readonly<Record<string, string | readonly string[]>>;

const REFERENCE = /\$(\w+)|\[\[(\w+?)(?::(\w+))?\]\]|\$\{(\w+)(?:\.[^:^}]+)?(?::([^}]+))?\}/g;

/** How values are written where the reference names no format. */
export type Language = 'promql' | 'logql' | 'text';

/** Replaces `$name`, `${name}`, `${name:format}` and `[[name]]`; a name without value stays as it is. */
export function interpolate(text: string, values: VariableValues, language: Language): string {
  return text.replace(REFERENCE, (whole, plain?: string, square?: string, squareFormat?: string, braced?: string, bracedFormat?: string) => {
    const name = plain ?? square ?? braced ?? '';
    if (!Object.hasOwn(values, name)) {
      return whole;
    }
    return format(values[name] ?? '', squareFormat ?? bracedFormat, language);
  });
}

function format(value: string | readonly string[], name: string | undefined, language: Language): string {
  const list = typeof value === 'string' ? [value] : value;
  switch (name) {
    case 'raw':
    case 'text':
      return list.join(',');
    case 'csv':
      return list.join(',');
    case 'pipe':
      return list.join('|');
    case 'regex':
      return list.length === 1 ? escapeRegex(list[0] ?? '') : `(${list.map(escapeRegex).join('|')})`;
    case 'json':
      return JSON.stringify(value);
    case 'doublequote':
      return list.map((item) => JSON.stringify(item)).join(',');
    case 'singlequote':
      return list.map((item) => `'${item.replaceAll("'", "\\'")}'`).join(',');
    case 'percentencode':
      return list.map(encodeURIComponent).join(',');
    default:
      return language === 'text' ? list.join(' + ') : inQuery(value);
  }
}

/** Grafana's rule: one value of a single-value variable is a string literal's content, several are a regular expression. */
function inQuery(value: string | readonly string[]): string {
  if (typeof value === 'string') {
    return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  }
  const escaped = value.map((item) => escapeRegex(item).replaceAll('\\', '\\\\'));
  return escaped.length === 1 ? (escaped[0] ?? '') : `(${escaped.join('|')})`;
}

function escapeRegex(text: string): string {
  return text.replace(/[\\^$*+?.()|[\]{}]/g, '\\$&');
}

/** What the query of a query variable asks Prometheus for. */
export type VariableQuery =
  | { readonly kind: 'labelValues'; readonly label: string; readonly selector: string | undefined }
  | { readonly kind: 'labelNames' }
  | { readonly kind: 'metrics'; readonly pattern: string }
  | { readonly kind: 'queryResult'; readonly expr: string };

/** Undefined for a query of no known form. */
export function parseVariableQuery(query: string): VariableQuery | undefined {
  const text = query.trim();
  const call = /^(\w+)\(([\s\S]*)\)$/.exec(text);
  const inner = (call?.[2] ?? '').trim();
  switch (call?.[1]) {
    case 'label_values': {
      const comma = inner.lastIndexOf(',');
      const label = inner.slice(comma + 1).trim();
      const selector = comma < 0 ? '' : inner.slice(0, comma).trim();
      return { kind: 'labelValues', label, selector: selector === '' ? undefined : selector };
    }
    case 'label_names':
      return { kind: 'labelNames' };
    case 'metrics':
      return { kind: 'metrics', pattern: inner };
    case 'query_result':
      return { kind: 'queryResult', expr: inner };
    default:
      return undefined;
  }
}

/** Applies a variable's `regex` (`/pattern/flags`; its first group, or the one named value, is the value) and removes repeats. */
export function filterOptions(values: readonly string[], regex: string): string[] {
  const pattern = parseRegex(regex);
  const kept = values.flatMap((value) => {
    if (!pattern) {
      return [value];
    }
    const match = pattern.exec(value);
    return match ? [match.groups?.['value'] ?? match[1] ?? match[0]] : [];
  });
  return [...new Set(kept)];
}

function parseRegex(regex: string): RegExp | undefined {
  if (regex === '') {
    return undefined;
  }
  const slashed = /^\/([\s\S]*)\/([a-z]*)$/.exec(regex);
  try {
    return slashed ? new RegExp(slashed[1] ?? '', (slashed[2] ?? '').replace(/[gy]/g, '')) : new RegExp(`^${regex}$`);
  } catch {
    return undefined; // Not a regular expression of this browser: the options stay unfiltered.
  }
}

/** Orders options by Grafana's `sort` number: 1/2 alphabetical, 3/4 numerical, 5/6 without case; even is descending. */
export function sortOptions(values: readonly string[], sort: number): string[] {
  const sorted = [...values];
  if (sort === 1 || sort === 2) sorted.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  if (sort === 3 || sort === 4) sorted.sort((a, b) => firstNumber(a) - firstNumber(b));
  if (sort === 5 || sort === 6) sorted.sort((a, b) => a.toLowerCase().localeCompare(b.toLowerCase()));
  return sort > 0 && sort % 2 === 0 ? sorted.reverse() : sorted;
}

function firstNumber(text: string): number {
  const match = /-?\d+(\.\d+)?/.exec(text);
  return match ? Number(match[0]) : -1;
}
