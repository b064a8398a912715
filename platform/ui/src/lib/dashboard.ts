import { array, boolean, number, object, optionalNumber, optionalString, string, type Json } from './json';
import { fieldSettings, type FieldSettings } from './panelField';
import { findReducer, type Reducer } from './reduce';
import { variableOf, type Variable } from './dashboardVariable';

/** Columns of Grafana's panel grid, and pixels of one of its rows. */
export const GRID_COLUMNS = 24;
export const GRID_ROW_PX = 38;

export interface GridPosition {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export type PanelKind = 'timeseries' | 'stat' | 'gauge' | 'bargauge' | 'table' | 'piechart' | 'logs' | 'alertlist' | 'incidents' | 'text';

export type DataSource = 'prometheus' | 'loki' | 'tempo' | 'other';

export interface Target {
  readonly refId: string;
  readonly expr: string;
  readonly legendFormat: string | undefined;
  readonly instant: boolean;
  readonly interval: string | undefined;
  readonly intervalFactor: number | undefined;
  readonly dataSource: DataSource;
  readonly exemplars: boolean;
}

export interface PanelOptions {
  readonly reducer: Reducer;
  readonly stacking: 'none' | 'normal' | 'percent';
  readonly fillOpacity: number;
  readonly lineWidth: number;
  readonly drawStyle: 'line' | 'bars' | 'points';
  readonly spanNulls: boolean;
  readonly showLegend: boolean;
  readonly legendCalcs: readonly Reducer[];
  readonly colorBackground: boolean;
  readonly sparkline: boolean;
  readonly horizontal: boolean;
  readonly donut: boolean;
  readonly content: string;
  readonly contentMode: 'markdown' | 'html' | 'code';
  readonly maxItems: number;
}

export interface Panel {
  readonly key: string;
  readonly title: string;
  readonly description: string;
  /** What draws it: a type that is not known is drawn as a table. */
  readonly kind: PanelKind;
  /** The type as the file has it. */
  readonly type: string;
  readonly known: boolean;
  readonly position: GridPosition;
  readonly targets: readonly Target[];
  readonly options: PanelOptions;
  readonly field: FieldSettings;
  readonly interval: string | undefined;
  readonly maxDataPoints: number | undefined;
}

/** A heading with the panels below it; the first row of a dashboard may have no title. */
export interface Row {
  readonly key: string;
  readonly title: string | undefined;
  readonly collapsed: boolean;
  readonly panels: readonly Panel[];
}

export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly time: { readonly from: string; readonly to: string } | undefined;
  readonly refresh: string | undefined;
  readonly variables: readonly Variable[];
  readonly rows: readonly Row[];
}

const KINDS: Readonly<Record<string, PanelKind>> = {
  timeseries: 'timeseries',
  graph: 'timeseries',
  stat: 'stat',
  singlestat: 'stat',
  gauge: 'gauge',
  bargauge: 'bargauge',
  table: 'table',
  'table-old': 'table',
  piechart: 'piechart',
  'grafana-piechart-panel': 'piechart',
  logs: 'logs',
  alertlist: 'alertlist',
  annolist: 'incidents',
  text: 'text',
};

/** Reads a dashboard of any schema version, bare or in the API's `{"dashboard": …}` wrapper. */
export function normaliseDashboard(document: unknown): Dashboard {
  const outer = object(document);
  const json = 'dashboard' in outer && !('panels' in outer) ? object(outer['dashboard']) : outer;
  const time = object(json['time']);
  return {
    uid: string(json['uid']),
    title: string(json['title'], 'Untitled dashboard'),
    description: string(json['description']),
    tags: array(json['tags']).map((tag) => string(tag)).filter((tag) => tag !== ''),
    time: optionalString(time['from']) ? { from: string(time['from']), to: string(time['to'], 'now') } : undefined,
    refresh: optionalString(json['refresh']),
    variables: array(object(json['templating'])['list']).map((item) => variableOf(object(item))),
    rows: 'rows' in json && !('panels' in json) ? oldRows(array(json['rows'])) : panelRows(array(json['panels'])),
  };
}

/** Schema 16 and later: one list in which a row is a panel that heads those after it, or holds its own while collapsed. */
function panelRows(list: readonly unknown[]): Row[] {
  const flow = new Flow();
  const rows: { key: string; title: string | undefined; collapsed: boolean; panels: Panel[] }[] = [];
  list.forEach((item, index) => {
    const json = object(item);
    const key = `p${index}`;
    if (json['type'] === 'row') {
      const inside = array(json['panels']).map((panel, i) => panelOf(object(panel), `${key}-${i}`, flow));
      rows.push({ key, title: string(json['title'], 'Row'), collapsed: boolean(json['collapsed'], false), panels: inside });
      return;
    }
    if (rows.length === 0) {
      rows.push({ key: 'top', title: undefined, collapsed: false, panels: [] });
    }
    rows.at(-1)?.panels.push(panelOf(json, key, flow));
  });
  return rows.map((row) => ({ ...row, panels: topOfRow(row.panels) }));
}

/** Up to schema 15: rows with panels whose `span` is a share of 12 and whose height is the row's. */
function oldRows(list: readonly unknown[]): Row[] {
  return list.map((item, index) => {
    const row = object(item);
    const flow = new Flow();
    const heightPx = number(string(row['height'], String(row['height'] ?? 250)).replace('px', ''), 250);
    const h = Math.max(3, Math.round(heightPx / GRID_ROW_PX));
    const panels = array(row['panels']).map((panel, i) => {
      const json = object(panel);
      const gridPos = { w: Math.round(number(json['span'], 4) * 2), h };
      return panelOf({ ...json, gridPos }, `r${index}-${i}`, flow);
    });
    const titled = boolean(row['showTitle'], true) && string(row['title']) !== '';
    return { key: `r${index}`, title: titled ? string(row['title']) : undefined, collapsed: boolean(row['collapse'], false), panels };
  });
}

/** Rows are drawn one below the other, so each counts its panels' `y` from its own top. */
function topOfRow(panels: readonly Panel[]): Panel[] {
  const top = Math.min(...panels.map((panel) => panel.position.y));
  return panels.map((panel) => ({ ...panel, position: { ...panel.position, y: panel.position.y - top } }));
}

/** Gives a place to panels that have none: from the left, two in a row. */
class Flow {
  private x = 0;
  private y = 0;
  private rowHeight = 0;

  place(gridPos: Json): GridPosition {
    const w = Math.min(GRID_COLUMNS, Math.max(1, number(gridPos['w'], 12)));
    const h = Math.max(1, number(gridPos['h'], 8));
    const x = optionalNumber(gridPos['x']);
    const y = optionalNumber(gridPos['y']);
    if (x !== undefined && y !== undefined) {
      this.y = Math.max(this.y, y + h);
      this.x = 0;
      this.rowHeight = 0;
      return { x: Math.min(Math.max(0, x), GRID_COLUMNS - w), y: Math.max(0, y), w, h };
    }
    if (this.x + w > GRID_COLUMNS) {
      this.y += this.rowHeight;
      this.x = 0;
      this.rowHeight = 0;
    }
    const place = { x: this.x, y: this.y, w, h };
    this.x += w;
    this.rowHeight = Math.max(this.rowHeight, h);
    return place;
  }
}

function panelOf(json: Json, key: string, flow: Flow): Panel {
  const type = string(json['type'], 'timeseries');
  const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  const source = dataSourceOf(json['datasource']) ?? (kind === 'logs' ? 'loki' : 'prometheus');
  return {
    key,
    title: string(json['title']),
    description: string(json['description']),
    kind: kind ?? 'table',
    type,
    known: kind !== undefined,
    position: flow.place(object(json['gridPos'])),
    targets: array(json['targets'])
      .map((target, i) => targetOf(object(target), i, source))
      .filter((target): target is Target => target !== undefined),
    options: optionsOf(json, kind ?? 'table'),
    field: fieldSettings(json),
    interval: optionalString(json['interval']),
    maxDataPoints: optionalNumber(json['maxDataPoints']),
  };
}

function targetOf(json: Json, index: number, panelSource: DataSource): Target | undefined {
  if (json['hide'] === true) {
    return undefined;
  }
  return {
    refId: string(json['refId'], String.fromCharCode(65 + (index % 26))),
    expr: string(json['expr'], string(json['query'])),
    legendFormat: optionalString(json['legendFormat']),
    instant: boolean(json['instant'], false) && !boolean(json['range'], false),
    interval: optionalString(json['interval']),
    intervalFactor: optionalNumber(json['intervalFactor']),
    dataSource: dataSourceOf(json['datasource']) ?? panelSource,
    exemplars: boolean(json['exemplar'], false),
  };
}

/** Undefined where the file leaves the choice open: a null, a variable, or a name that says no type. */
function dataSourceOf(value: unknown): DataSource | undefined {
  const type = typeof value === 'string' ? value : string(object(value)['type']);
  const name = type.toLowerCase();
  for (const known of ['prometheus', 'loki', 'tempo'] as const) {
    if (name.includes(known)) {
      return known;
    }
  }
  return typeof value === 'string' || type === '' || type === 'datasource' || type.startsWith('-- ') || type.startsWith('$') ? undefined : 'other';
}

function optionsOf(json: Json, kind: PanelKind): PanelOptions {
  const options = object(json['options']);
  const custom = object(object(object(json['fieldConfig'])['defaults'])['custom']);
  const legend = object(options['legend'] ?? json['legend']);
  const calcs = array(object(options['reduceOptions'])['calcs']);
  return {
    reducer: findReducer(string(calcs[0] ?? json['valueName'])) ?? 'lastNotNull',
    stacking: stackingOf(json, custom),
    fillOpacity: number(custom['fillOpacity'], json['type'] === 'graph' ? number(json['fill'], 1) * 10 : 0),
    lineWidth: number(custom['lineWidth'] ?? json['linewidth'], 1),
    drawStyle: drawStyleOf(json, custom),
    spanNulls: custom['spanNulls'] === true || json['nullPointMode'] === 'connected',
    showLegend: boolean(legend['showLegend'] ?? legend['show'], true) && legend['displayMode'] !== 'hidden',
    legendCalcs: legendCalcsOf(legend),
    colorBackground: options['colorMode'] === 'background' || json['colorBackground'] === true,
    sparkline: kind === 'stat' && (string(options['graphMode'], 'area') === 'area' || boolean(object(json['sparkline'])['show'], false)),
    horizontal: string(options['orientation'], 'horizontal') !== 'vertical',
    donut: options['pieType'] === 'donut',
    content: string(options['content'] ?? json['content']),
    contentMode: contentModeOf(string(options['mode'] ?? json['mode'])),
    maxItems: number(options['maxItems'] ?? options['limit'], 20),
  };
}

function stackingOf(json: Json, custom: Json): PanelOptions['stacking'] {
  const mode = object(custom['stacking'])['mode'];
  if (mode === 'normal' || mode === 'percent') {
    return mode;
  }
  return json['stack'] === true ? (json['percentage'] === true ? 'percent' : 'normal') : 'none';
}

function drawStyleOf(json: Json, custom: Json): PanelOptions['drawStyle'] {
  const style = string(custom['drawStyle']);
  if (style === 'bars' || style === 'points') {
    return style;
  }
  return json['type'] === 'graph' && json['lines'] === false && json['bars'] === true ? 'bars' : 'line';
}

function legendCalcsOf(legend: Json): Reducer[] {
  const named = array(legend['calcs']).map((calc) => string(calc));
  const older = ['min', 'max', 'avg', 'current', 'total'].filter((name) => legend[name] === true && legend['values'] === true);
  return [...named, ...older].map(findReducer).filter((reducer): reducer is Reducer => reducer !== undefined);
}

function contentModeOf(mode: string): PanelOptions['contentMode'] {
  return mode === 'html' || mode === 'code' ? mode : 'markdown';
}
