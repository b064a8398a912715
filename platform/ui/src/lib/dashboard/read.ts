import { array, boolean, number, object, optionalNumber, optionalString, string, type Json } from '../json';
import { migrateDashboard } from './migrate';
import { readDataSource } from './dataSourceRef';
import type { AnnotationQuery, DashboardLink, DashboardModel, RowModel, VariableModel, VariableType } from './model';
import { readPanel } from './readPanel';

const REFRESH_INTERVALS = ['5s', '10s', '30s', '1m', '5m', '15m', '30m', '1h', '2h', '1d'];

/** Reads a dashboard document of any form; see {@link migrateDashboard}. */
export function readDashboard(document: unknown): DashboardModel {
  return readMigrated(migrateDashboard(document));
}

/** Reads a document that is of the newest form, such as one that was edited. */
export function readMigrated(json: Json): DashboardModel {
  const time = object(json['time']);
  const timepicker = object(json['timepicker']);
  const from = optionalString(time['from']);
  return {
    uid: string(json['uid']),
    title: string(json['title'], 'Untitled dashboard'),
    description: string(json['description']),
    tags: strings(json['tags']),
    editable: boolean(json['editable'], true),
    time: from === undefined ? undefined : { from, to: string(time['to'], 'now') },
    timezone: string(json['timezone']) || 'browser',
    weekStart: optionalString(json['weekStart']),
    fiscalYearStartMonth: number(json['fiscalYearStartMonth'], 0),
    refresh: optionalString(json['refresh']),
    refreshIntervals: timepicker['refresh_intervals'] === undefined ? REFRESH_INTERVALS : strings(timepicker['refresh_intervals']),
    hiddenTimePicker: boolean(timepicker['hidden'], false),
    graphTooltip: graphTooltip(json['graphTooltip']),
    liveNow: boolean(json['liveNow'], false),
    variables: array(object(json['templating'])['list']).map((item) => readVariable(object(item))),
    annotations: array(object(json['annotations'])['list']).map((item) => readAnnotation(object(item))),
    links: array(json['links']).map((item) => readLink(object(item))),
    rows: readRows(array(json['panels'])),
    json,
  };
}

/** One list in which a row is a panel that heads those after it, or holds its own while it is collapsed. */
function readRows(panels: readonly unknown[]): RowModel[] {
  const rows: { head: Json | undefined; inside: Json[] }[] = [];
  for (const json of panels.map(object).sort(byPlace)) {
    if (json['type'] === 'row') {
      rows.push({ head: json, inside: array(json['panels']).map(object).sort(byPlace) });
      continue;
    }
    if (rows.length === 0) {
      rows.push({ head: undefined, inside: [] });
    }
    rows.at(-1)?.inside.push(json);
  }
  return rows.map(({ head, inside }): RowModel => {
    const top = Math.min(...inside.map((json) => number(object(json['gridPos'])['y'], 0)));
    const panelsOfRow = inside.map((json) => readPanel(json, top));
    if (head === undefined) {
      return { id: 0, key: 'top', title: undefined, collapsed: false, repeat: undefined, panels: panelsOfRow };
    }
    const id = number(head['id'], 0);
    return {
      id,
      key: `row-${id}`,
      title: string(head['title']),
      collapsed: boolean(head['collapsed'], false),
      repeat: optionalString(head['repeat']),
      panels: panelsOfRow,
    };
  });
}

/** From top to bottom, then from left to right; a row comes before what starts in its line. */
function byPlace(a: Json, b: Json): number {
  const [first, second] = [object(a['gridPos']), object(b['gridPos'])];
  return number(first['y'], 0) - number(second['y'], 0) || number(first['x'], 0) - number(second['x'], 0);
}

const VARIABLE_TYPES: readonly VariableType[] = ['query', 'custom', 'constant', 'datasource', 'interval', 'textbox', 'adhoc', 'groupby', 'switch', 'system'];
const HIDE = ['no', 'label', 'variable', 'controlsMenu'] as const;
const REFRESH = ['never', 'load', 'range'] as const;

/** A variable of a type that is not known keeps the value that it was saved with. */
export function readVariable(json: Json): VariableModel {
  const name = string(json['name']);
  const type = VARIABLE_TYPES.find((known) => known === json['type']) ?? 'custom';
  const allValue = optionalString(json['allValue']);
  return {
    type,
    name,
    label: optionalString(json['label']) ?? name,
    description: string(json['description']),
    hide: type === 'constant' ? 'variable' : (HIDE[number(json['hide'], 0)] ?? 'no'),
    multi: boolean(json['multi'], false),
    includeAll: boolean(json['includeAll'], false),
    allValue: allValue?.trim() === '' ? undefined : allValue,
    allowCustomValue: boolean(json['allowCustomValue'], true),
    refresh: REFRESH[number(json['refresh'], 0)] ?? 'load',
    regex: string(json['regex']),
    sort: number(json['sort'], 0),
    skipUrlSync: boolean(json['skipUrlSync'], false) || type === 'constant',
    datasource: readDataSource(json['datasource']),
    current: readCurrent(json['current']),
    json,
  };
}

/** An object with one or several values and their texts; a switch of the second form has the value alone. */
function readCurrent(current: unknown): { text: string; value: string }[] {
  const saved = typeof current === 'string' ? { value: current } : object(current);
  const values = listOf(saved['value']);
  const texts = listOf(saved['text']);
  return values.map((value, i) => ({ value, text: texts[i] ?? value }));
}

function listOf(value: unknown): string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((item) => typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean').map(String);
}

function readAnnotation(json: Json): AnnotationQuery {
  const filter = object(json['filter']);
  const ids = array(filter['ids']).flatMap((id) => optionalNumber(id) ?? []);
  return {
    name: string(json['name'], 'Annotations'),
    enable: boolean(json['enable'], true),
    hide: json['hide'] === true || json['hide'] === 2,
    builtIn: json['builtIn'] === 1 || json['builtIn'] === true,
    iconColor: string(json['iconColor'], 'rgba(0, 211, 255, 1)'),
    datasource: readDataSource(json['datasource']),
    filter: ids.length === 0 ? undefined : { exclude: boolean(filter['exclude'], false), ids },
    json,
  };
}

function readLink(json: Json): DashboardLink {
  return {
    type: json['type'] === 'link' ? 'link' : 'dashboards',
    title: string(json['title']),
    url: string(json['url']),
    tooltip: string(json['tooltip']),
    icon: string(json['icon'], 'external link'),
    tags: strings(json['tags']),
    asDropdown: boolean(json['asDropdown'], false),
    targetBlank: boolean(json['targetBlank'], false),
    includeVars: boolean(json['includeVars'], false),
    keepTime: boolean(json['keepTime'], false),
  };
}

function graphTooltip(value: unknown): 0 | 1 | 2 {
  return value === 1 || value === 2 ? value : 0;
}

function strings(value: unknown): string[] {
  return array(value).filter((item): item is string => typeof item === 'string' && item !== '');
}
