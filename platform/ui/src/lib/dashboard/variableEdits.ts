import { object, string, type Json } from '../json';
import { switchOptions } from '../template/options';
import { parseVariableQuery, variableQueryText } from '../template/variableQuery';
import { setSettings } from './edit';
import { freeName } from './listEdits';

type QueriedSource = 'prometheus' | 'loki' | 'tempo';

/** Kinds of variables that can be made, in the order in which they are offered. */
export const VARIABLE_KINDS = [
  { value: 'query', label: 'Query: labels, metrics or results' },
  { value: 'custom', label: 'Custom: a list of values' },
  { value: 'interval', label: 'Interval' },
  { value: 'datasource', label: 'Data source' },
  { value: 'textbox', label: 'Text box' },
  { value: 'constant', label: 'Constant, not shown' },
  { value: 'adhoc', label: 'Filters of every query' },
  { value: 'groupby', label: 'Group by' },
  { value: 'switch', label: 'Switch' },
] as const;

/** What a query of a source may begin with. */
export const QUERY_FORMS: Readonly<Record<QueriedSource, readonly { readonly value: string; readonly label: string; readonly text: string }[]>> = {
  prometheus: [
    { value: 'labelValues', label: 'values of a label', text: 'label_values(up, job)' },
    { value: 'labelNames', label: 'names of labels', text: 'label_names()' },
    { value: 'metrics', label: 'names of metrics', text: 'metrics(.*)' },
    { value: 'queryResult', label: 'result of a query', text: 'query_result(up)' },
    { value: 'series', label: 'series of a selector', text: 'up' },
  ],
  loki: [
    { value: 'labelValues', label: 'values of a label', text: 'label_values(service_name)' },
    { value: 'labelNames', label: 'names of labels', text: 'label_names()' },
  ],
  tempo: [
    { value: 'labelValues', label: 'values of an attribute', text: 'label_values(resource.service.name)' },
    { value: 'labelNames', label: 'names of attributes', text: 'label_names()' },
  ],
};

/** Grafana's names of these where it keeps the query as an object. */
const QUERY_TYPE = { labelNames: 0, labelValues: 1, metrics: 2, queryResult: 3, series: 4 } as const;

/** Parts of a query's object form that the text replaces. */
const QUERY_PARTS = ['expr', 'label', 'labelFilters', 'match', 'metric', 'varQuery', 'seriesQuery', 'stream', 'type', 'qryType', 'query'];

/** Keys that mean something to one kind only, or hold values of it. */
const KIND_KEYS = ['query', 'definition', 'options', 'current', 'regex', 'regexApplyTo', 'sort', 'refresh', 'datasource', 'auto', 'auto_count', 'auto_min', 'multi', 'includeAll', 'allValue', 'valuesFormat', 'enabledValue', 'disabledValue', 'filters', 'baseFilters', 'staticOptions', 'defaultKeys'];

const FIRST: Readonly<Record<string, Json>> = {
  query: { datasource: { type: 'prometheus', uid: 'prometheus' }, query: '', refresh: 1, regex: '', sort: 0 },
  custom: { query: '' },
  interval: { query: '1m,10m,30m,1h,6h,12h,1d', auto: false, auto_count: 30, auto_min: '10s', refresh: 2 },
  datasource: { query: 'prometheus', refresh: 1 },
  textbox: { query: '' },
  constant: { query: '', hide: 2, skipUrlSync: true },
  adhoc: { datasource: { type: 'prometheus', uid: 'prometheus' }, filters: [] },
  groupby: { datasource: { type: 'prometheus', uid: 'prometheus' } },
  switch: {
    options: [
      { text: 'Enabled', value: 'true' },
      { text: 'Disabled', value: 'false' },
    ],
    current: { text: 'Disabled', value: 'false' },
  },
};

/** Kinds of which several values can be chosen. */
export function takesSeveral(type: string): boolean {
  return type === 'query' || type === 'custom' || type === 'datasource';
}

export function newVariable(names: readonly string[]): Json {
  return withKind({ name: freeName('variable', names) }, 'query');
}

export function copyOfVariable(variable: Json, names: readonly string[]): Json {
  return { ...variable, name: freeName(`copy_of_${string(variable['name'])}`, names) };
}

/** Makes it one of another kind: name, label and what is not known here stay. */
export function withKind(variable: Json, type: string): Json {
  const kept = Object.fromEntries(Object.entries(variable).filter(([key]) => !KIND_KEYS.includes(key)));
  const shown = variable['type'] === 'constant' ? setSettings(kept, { hide: undefined, skipUrlSync: undefined }) : kept;
  return { ...shown, type, ...FIRST[type] };
}

/** Why a variable cannot have its name; undefined where it can. */
export function nameFailure(name: string, others: readonly string[]): string | undefined {
  if (!/^[A-Za-z0-9_]+$/.test(name)) {
    return 'A name has letters, digits and underscores only.';
  }
  if (name.startsWith('__')) {
    return 'Names that begin with two underscores are those of built-in variables.';
  }
  return others.includes(name) ? 'Another variable has this name.' : undefined;
}

/** Why the variables cannot be taken over as they are; a sentence for each that must be mended. */
export function variableFailures(variables: readonly Json[]): string[] {
  const names = variables.map((variable) => string(variable['name']));
  return names.flatMap((name, i) => {
    const failure = nameFailure(name, names.slice(0, i));
    return failure === undefined ? [] : [`Variable “${name}”: ${failure}`];
  });
}

export function queryTextOf(variable: Json, source: QueriedSource): string {
  return variableQueryText(variable['query'], string(variable['definition']), source);
}

/** Which form of {@link QUERY_FORMS} a text has. */
export function queryFormOf(text: string): string | undefined {
  return parseVariableQuery(text)?.kind;
}

/** Writes the query in the form that Grafana's editor of the source reads; what it cannot hold stays a text. */
export function withQueryText(variable: Json, text: string, source: QueriedSource): Json {
  const parsed = parseVariableQuery(text);
  const kept = Object.fromEntries(Object.entries(object(variable['query'])).filter(([key]) => !QUERY_PARTS.includes(key)));
  if (parsed === undefined) {
    return { ...variable, definition: '', query: '' };
  }
  if (source === 'prometheus') {
    return { ...variable, definition: text, query: { refId: 'PrometheusVariableQueryEditor-VariableQuery', ...kept, query: text, qryType: QUERY_TYPE[parsed.kind] } };
  }
  const refId = source === 'loki' ? 'LokiVariableQueryEditor-VariableQuery' : 'TempoDatasourceVariableQueryEditor-VariableQuery';
  if (parsed.kind === 'labelNames' && parsed.selector === undefined) {
    return { ...variable, definition: text, query: { refId, ...kept, type: 0 } };
  }
  if (parsed.kind === 'labelValues' && parsed.label !== '') {
    return { ...variable, definition: text, query: { refId, ...kept, type: 1, label: parsed.label, stream: parsed.selector ?? '' } };
  }
  return { ...variable, definition: text, query: text };
}

/** A constant and a text box hold their value, so that it is selected too. */
export function withFixedText(variable: Json, text: string): Json {
  const option = { text, value: text };
  return { ...variable, query: text, current: { ...object(variable['current']), ...option }, options: [{ selected: true, ...option }] };
}

/** Changes what a switch stands for; where the former value was selected, the new one is. */
export function withSwitchValue(variable: Json, which: 'on' | 'off', value: string): Json {
  const [on, off] = switchOptions(variable);
  const before = which === 'on' ? on : off;
  const after = { ...before, value };
  const current = object(variable['current']);
  return setSettings(variable, {
    options: which === 'on' ? [after, off] : [on, after],
    current: string(current['value']) === before.value ? { ...current, ...after } : variable['current'],
    enabledValue: undefined,
    disabledValue: undefined,
  });
}

/** Choosing several needs a list of values, choosing one a single value: what was selected first stays. */
export function withMulti(variable: Json, multi: boolean): Json {
  const current = object(variable['current']);
  if (current['value'] === undefined) {
    return { ...variable, multi };
  }
  const shape = (value: unknown): unknown => {
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    return multi ? list : (list[0] ?? '');
  };
  return { ...variable, multi, current: { ...current, text: shape(current['text']), value: shape(current['value']) } };
}
