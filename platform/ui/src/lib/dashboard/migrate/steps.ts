import { annotationsOf, at, isObject, objects, panelsOf, remove, variablesOf, without, type MutableJson } from './mutable';
import { oldSteps } from './oldSteps';
import { upgradePanelLink, updateLinks } from './links';
import { upgradeMappings } from './mappings';

/** What a schema version changed, applied to documents that are older. Versions without an entry changed nothing that a document of ours can hold. */
export type Step = readonly [version: number, change: (dashboard: MutableJson) => void];

/** For each panel, those of collapsed rows too. */
export function eachPanel(change: (panel: MutableJson) => void): (dashboard: MutableJson) => void {
  return (dashboard) => panelsOf(dashboard).forEach(change);
}

/** The newest schema version of the classic form. */
export const SCHEMA_VERSION = 42;

const STEPS: readonly Step[] = [
  ...oldSteps(eachPanel),
  [17, eachPanel(minSpanToMaxPerRow)],
  [18, eachPanel(gaugeOptions)],
  [19, eachPanel(panelLinks)],
  [20, eachPanel((panel) => updateLinks(panel, legacyNames))],
  [21, eachPanel((panel) => updateLinks(panel, (text) => text.replaceAll('__series.labels', '__field.labels')))],
  [22, eachPanel(styleAlign)],
  [23, (dashboard) => variablesOf(dashboard).forEach(alignCurrent)],
  [24, eachPanel(oldTables)],
  [26, eachPanel(text2)],
  [27, withoutRepeats],
  [27, constantsToTextBoxes],
  [28, (dashboard) => variablesOf(dashboard).forEach((variable) => remove(variable, 'tags', 'tagsQuery', 'tagValuesQuery', 'useTags'))],
  [29, (dashboard) => variablesOf(dashboard).forEach(queryRefresh)],
  [30, eachPanel(upgradeMappings)],
  [30, eachPanel(tooltipOptions)],
  [31, eachPanel(mergeAfterLabels)],
  [33, eachPanel(dataSourceReferences)],
  [35, eachPanel(timeAxisStays)],
  [36, inheritedDataSources],
  [37, eachPanel(legendShown)],
  [38, eachPanel(cellOptions)],
  [39, eachPanel(timeSeriesTable)],
  [40, (dashboard) => (dashboard['refresh'] = typeof dashboard['refresh'] === 'string' ? dashboard['refresh'] : '')],
  [41, (dashboard) => remove(at(dashboard, 'timepicker'), 'time_options')],
  [42, eachPanel(hiddenInTooltip)],
];

/** Applies what came after the document's own schema version; one without counts as the oldest. */
export function applySteps(dashboard: MutableJson): void {
  const version = Number(dashboard['schemaVersion'] ?? 0) || 0;
  for (const [to, change] of STEPS) {
    if (version < to) {
      change(dashboard);
    }
  }
  dashboard['schemaVersion'] = Math.max(version, SCHEMA_VERSION);
}

const FACTORS = [1, 2, 3, 4, 6, 8, 12, 24];

function minSpanToMaxPerRow(panel: MutableJson): void {
  const { minSpan } = panel;
  if (typeof minSpan === 'number' && minSpan > 0) {
    const most = 24 / minSpan;
    const above = FACTORS.findIndex((factor) => factor > most);
    panel['maxPerRow'] = FACTORS[(above < 0 ? FACTORS.length : above) - 1];
  }
  remove(panel, 'minSpan');
}

function gaugeOptions(panel: MutableJson): void {
  const old = panel['options-gauge'];
  if (!isObject(old)) {
    return;
  }
  const { unit, stat, decimals, prefix, suffix } = old;
  const kept = without(old, 'unit', 'stat', 'decimals', 'prefix', 'suffix', 'options');
  const thresholds = Array.isArray(kept['thresholds']) ? { thresholds: [...(kept['thresholds'] as unknown[])].reverse() } : {};
  panel['options'] = { ...kept, ...thresholds, valueOptions: { unit, stat, decimals, prefix, suffix } };
  remove(panel, 'options-gauge');
}

function panelLinks(panel: MutableJson): void {
  if (Array.isArray(panel['links'])) {
    panel['links'] = objects(panel['links']).map(upgradePanelLink);
  }
}

const LEGACY_NAMES: Readonly<Record<string, string>> = {
  __series_name: '__series.name',
  $__series_name: '${__series.name}',
  __value_time: '__value.time',
  __field_name: '__field.name',
  $__field_name: '${__field.name}',
};

function legacyNames(text: string): string {
  return text.replace(/\$?__series_name|__value_time|\$?__field_name/g, (name) => LEGACY_NAMES[name] ?? name);
}

function styleAlign(panel: MutableJson): void {
  if (panel['type'] === 'table') {
    objects(panel['styles']).forEach((style) => (style['align'] = 'auto'));
  }
}

/** The saved selection of a variable is a list exactly where it can have several values. */
function alignCurrent(variable: MutableJson): void {
  const { current } = variable;
  if (!isObject(current) || Object.keys(current).length === 0 || !('multi' in variable)) {
    return;
  }
  for (const key of ['value', 'text']) {
    const value = current[key];
    if (variable['multi'] === true && !Array.isArray(value)) current[key] = [value];
    if (variable['multi'] !== true && Array.isArray(value)) current[key] = (value as unknown[])[0];
  }
}

function oldTables(panel: MutableJson): void {
  if (panel['type'] === 'table' && panel['styles'] !== undefined && panel['table'] !== 'table2') {
    panel['type'] = 'table-old';
  }
}

function text2(panel: MutableJson): void {
  if (panel['type'] === 'text2') {
    panel['type'] = 'text';
    remove(at(panel, 'options'), 'angular');
  }
}

/** What repeats left behind when the dashboard was saved. */
function withoutRepeats(dashboard: MutableJson): void {
  dashboard['panels'] = objects(dashboard['panels']).filter((panel) => !panel['repeatPanelId'] && !panel['repeatByRow']);
  for (const panel of objects(dashboard['panels'])) {
    if (panel['type'] === 'row' && Array.isArray(panel['panels'])) {
      panel['panels'] = objects(panel['panels']).filter((inside) => !inside['repeatPanelId']);
    }
  }
}

/** A constant that people see is one that they may change. */
function constantsToTextBoxes(dashboard: MutableJson): void {
  for (const variable of variablesOf(dashboard)) {
    if (variable['type'] !== 'constant') {
      continue;
    }
    const value = variable['query'] ?? '';
    variable['current'] = { selected: true, text: value, value };
    variable['options'] = [variable['current']];
    if (variable['hide'] === 0 || variable['hide'] === 1) {
      variable['type'] = 'textbox';
    }
  }
}

function queryRefresh(variable: MutableJson): void {
  if (variable['type'] !== 'query') {
    return;
  }
  if (variable['refresh'] !== 1 && variable['refresh'] !== 2) {
    variable['refresh'] = 1;
  }
  if (Array.isArray(variable['options'])) {
    variable['options'] = [];
  }
}

function tooltipOptions(panel: MutableJson): void {
  const options = at(panel, 'options');
  if ((panel['type'] === 'timeseries' || panel['type'] === 'xychart') && options['tooltipOptions']) {
    options['tooltip'] = options['tooltipOptions'];
    remove(options, 'tooltipOptions');
  }
}

function mergeAfterLabels(panel: MutableJson): void {
  if (Array.isArray(panel['transformations'])) {
    panel['transformations'] = objects(panel['transformations']).flatMap((item) => (item['id'] === 'labelsToFields' ? [item, { id: 'merge', options: {} }] : [item]));
  }
}

/** A name becomes a reference; null and `default` mean that the place above decides. */
function reference(value: unknown): unknown {
  if (value === undefined || value === null || value === 'default') {
    return null;
  }
  if (typeof value !== 'string') {
    return value;
  }
  return value.startsWith('-- ') ? { type: 'datasource', uid: value } : value === '__expr__' ? { type: '__expr__', uid: value } : { uid: value };
}

function dataSourceReferences(panel: MutableJson): void {
  if (panel['type'] === 'row') {
    return;
  }
  panel['datasource'] = reference(panel['datasource']);
  for (const target of objects(panel['targets'])) {
    const found = reference(target['datasource']);
    if (found !== null) {
      target['datasource'] = found;
    }
  }
}

function timeAxisStays(panel: MutableJson): void {
  const fieldConfig = at(panel, 'fieldConfig');
  if (panel['type'] === 'timeseries' && at(at(fieldConfig, 'defaults'), 'custom')['axisPlacement'] === 'hidden') {
    const stays = { matcher: { id: 'byType', options: 'time' }, properties: [{ id: 'custom.axisPlacement', value: 'auto' }] };
    fieldConfig['overrides'] = [...objects(fieldConfig['overrides']), stays];
  }
}

/** Annotations get references; a query without a data source gets that of its panel. */
function inheritedDataSources(dashboard: MutableJson): void {
  for (const annotation of annotationsOf(dashboard)) {
    if (typeof annotation['datasource'] === 'string') {
      annotation['datasource'] = reference(annotation['datasource']);
    }
  }
  for (const variable of variablesOf(dashboard)) {
    if (typeof variable['datasource'] === 'string') {
      variable['datasource'] = reference(variable['datasource']);
    }
  }
  for (const panel of panelsOf(dashboard)) {
    const own = panel['datasource'];
    if (!isObject(own) || own['uid'] === '-- Mixed --') {
      continue;
    }
    for (const target of objects(panel['targets'])) {
      if (!isObject(target['datasource']) || (target['datasource']['uid'] === undefined && target['datasource']['type'] === undefined)) {
        target['datasource'] = { ...own };
      }
    }
  }
}

function legendShown(panel: MutableJson): void {
  const legend = at(panel, 'options')['legend'];
  if (!isObject(legend)) {
    return;
  }
  if (legend['displayMode'] === 'hidden' || legend['showLegend'] === false) {
    legend['displayMode'] = 'list';
    legend['showLegend'] = false;
  } else {
    legend['showLegend'] = true;
  }
}

const CELL_OPTIONS: Readonly<Record<string, MutableJson>> = {
  basic: { type: 'gauge', mode: 'basic' },
  'gradient-gauge': { type: 'gauge', mode: 'gradient' },
  'lcd-gauge': { type: 'gauge', mode: 'lcd' },
  'color-background': { type: 'color-background', mode: 'gradient' },
  'color-background-solid': { type: 'color-background', mode: 'basic' },
};

function cellOptionsOf(displayMode: unknown): MutableJson {
  return { ...(CELL_OPTIONS[String(displayMode)] ?? { type: displayMode }) };
}

function cellOptions(panel: MutableJson): void {
  if (panel['type'] !== 'table') {
    return;
  }
  const fieldConfig = at(panel, 'fieldConfig');
  const custom = at(at(fieldConfig, 'defaults'), 'custom');
  if (custom['displayMode'] !== undefined) {
    custom['cellOptions'] = cellOptionsOf(custom['displayMode']);
    remove(custom, 'displayMode');
  }
  for (const property of overrideProperties(fieldConfig)) {
    if (property['id'] === 'custom.displayMode') {
      property['id'] = 'custom.cellOptions';
      property['value'] = cellOptionsOf(property['value']);
    }
  }
}

function timeSeriesTable(panel: MutableJson): void {
  for (const transformation of objects(panel['transformations'])) {
    const stats = at(transformation, 'options')['refIdToStat'];
    if (transformation['id'] === 'timeSeriesTable' && isObject(stats)) {
      transformation['options'] = Object.fromEntries(Object.entries(stats).map(([refId, stat]) => [refId, { stat }]));
    }
  }
}

function hiddenInTooltip(panel: MutableJson): void {
  for (const { id, value } of overrideProperties(at(panel, 'fieldConfig'))) {
    if (id === 'custom.hideFrom' && isObject(value) && value['viz'] === true) {
      value['tooltip'] = true;
    }
  }
}

export function overrideProperties(fieldConfig: MutableJson): MutableJson[] {
  return objects(fieldConfig['overrides']).flatMap((override) => objects(override['properties']));
}
