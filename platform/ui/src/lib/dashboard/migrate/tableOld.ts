import { newMappings } from './mappings';
import { at, defined, objects, remove, type MutableJson } from './mutable';
import { reducerOf } from './reducers';

const KEYS = ['columns', 'fontSize', 'pageSize', 'scroll', 'showHeader', 'sort', 'styles', 'transform'] as const;

const TRANSFORMATIONS: Readonly<Record<string, MutableJson>> = {
  timeseries_to_rows: { id: 'seriesToRows', options: {} },
  timeseries_to_columns: { id: 'joinByField', options: { byField: 'Time', mode: 'outer' } },
  table: { id: 'merge', options: {} },
};

/** The old table: its way of making columns is a transformation, its styles are overrides, that for everything is the default. */
export function oldTableToTable(panel: MutableJson): void {
  const styles = objects(panel['styles']);
  const general = styles.find(({ pattern }) => pattern === '/.*/');
  panel['transformations'] = [...objects(panel['transformations']), ...transformations(panel)];
  panel['fieldConfig'] = {
    defaults: { ...at(at(panel, 'fieldConfig'), 'defaults'), ...(general === undefined ? { custom: {} } : defaultsOf(general)) },
    overrides: [...objects(at(panel, 'fieldConfig')['overrides']), ...styles.filter((style) => style !== general).map(overrideOf)],
  };
  panel['options'] = { showHeader: panel['showHeader'] !== false, ...pagination(panel) };
  panel['type'] = 'table';
  remove(panel, ...KEYS);
}

function transformations(panel: MutableJson): MutableJson[] {
  const { transform } = panel;
  if (transform === 'timeseries_aggregations') {
    return [{ id: 'reduce', options: { includeTimeField: false, reducers: objects(panel['columns']).map(({ value }) => reducerOf(value)) } }];
  }
  const found = TRANSFORMATIONS[String(transform)];
  return found === undefined ? [] : [structuredClone(found)];
}

function pagination(panel: MutableJson): MutableJson {
  return panel['pageSize'] && panel['scroll'] === false ? { footer: { enablePagination: true } } : {};
}

function defaultsOf(style: MutableJson): MutableJson {
  const custom = defined({ align: style['align'] === 'auto' ? undefined : style['align'], cellOptions: cellOptions(style) });
  return defined({ unit: style['unit'], decimals: style['decimals'], displayName: style['alias'] || undefined, thresholds: thresholdsOf(style), custom });
}

function overrideOf(style: MutableJson): MutableJson {
  const pattern = String(style['pattern'] ?? '');
  const mappings = mappingsOf(style);
  const properties: MutableJson[] = [];
  const add = (id: string, value: unknown) => {
    if (value !== undefined && value !== null && value !== '') properties.push({ id, value });
  };
  add('displayName', style['alias']);
  if (style['type'] === 'hidden') {
    add('custom.hidden', true);
  } else {
    add('unit', style['type'] === 'date' ? `time:${String(style['dateFormat'] ?? 'YYYY-MM-DD HH:mm:ss')}` : style['type'] === 'string' ? undefined : style['unit']);
    add('decimals', style['decimals']);
    add('links', style['link'] ? [{ title: style['linkTooltip'] ?? '', url: cellVariables(String(style['linkUrl'] ?? '')), targetBlank: style['linkTargetBlank'] === true }] : undefined);
    add('custom.cellOptions', cellOptions(style));
    add('custom.align', style['align'] === 'auto' ? undefined : style['align']);
    add('thresholds', thresholdsOf(style));
    add('mappings', mappings.length === 0 ? undefined : mappings);
  }
  return { matcher: { id: /^\/.*\/[gimsuy]*$/.test(pattern) ? 'byRegexp' : 'byName', options: pattern }, properties };
}

const COLOR_MODES: Readonly<Record<string, MutableJson>> = {
  cell: { type: 'color-background', mode: 'basic' },
  row: { type: 'color-background', mode: 'basic', applyToRow: true },
  value: { type: 'color-text' },
};

function cellOptions(style: MutableJson): MutableJson | undefined {
  const found = COLOR_MODES[String(style['colorMode'])];
  return found === undefined ? undefined : { ...found };
}

function thresholdsOf(style: MutableJson): MutableJson | undefined {
  const values = Array.isArray(style['thresholds']) ? style['thresholds'].map((text) => parseFloat(String(text))).filter((value) => !Number.isNaN(value)) : [];
  const colors: readonly unknown[] = Array.isArray(style['colors']) ? style['colors'] : [];
  if (values.length === 0 || colors.length === 0) {
    return undefined;
  }
  return { mode: 'absolute', steps: [null, ...values].map((value, i) => ({ color: colors[i] ?? colors.at(-1), value })) };
}

function mappingsOf(style: MutableJson): MutableJson[] {
  if (style['mappingType'] === 2) {
    return newMappings(objects(style['rangeMaps']).map(({ from, to, text }) => ({ type: 2, from, to, text })), undefined);
  }
  return newMappings(objects(style['valueMaps']).map(({ value, text }) => ({ type: 1, value, text })), undefined);
}

/** `$__cell` was the cell's own value, `$__cell_2` that of a column. */
function cellVariables(url: string): string {
  return url.replace(/\$__cell_(\d+)|\$\{__cell_(\d+)(:\w+)?\}/g, (_whole, plain?: string, braced?: string, format = '') => `\${__data.fields[${plain ?? braced ?? '0'}]${String(format)}}`).replace(/\$__cell\b|\$\{__cell(:\w+)?\}/g, (_whole, format = '') => `\${__value.text${String(format)}}`);
}
