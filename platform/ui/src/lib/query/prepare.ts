import type { DataSourceRef, PanelModel, Target, TransformationConfig } from '../dashboard/model';
import { boolean, number, optionalNumber, optionalString, string, type Json } from '../json';
import { isMetricQuery } from '../logs';
import type { ScopedVars, TemplateScope } from '../template/scope';
import type { AbsoluteRange, TimeRange } from '../time';
import { refusal, resolveDataSource, type DataSource } from './dataSource';
import { inputsOf } from './expression/expression';
import { panelTime } from './panelTime';
import { alignToStep, intervalMs, lokiStepMs, panelIntervalMs, prometheusStep, stepVariables, texts, type Step } from './step';
import { readTraceQuery } from './tempoQuery';

interface Common {
  readonly refId: string;
  /** Only asked because an expression reads it. */
  readonly hidden: boolean;
  readonly range: AbsoluteRange;
}

export interface PrometheusTarget extends Common {
  readonly kind: 'prometheus';
  readonly expr: string;
  readonly legendFormat: string | undefined;
  readonly ask: { readonly range: boolean; readonly instant: boolean; readonly exemplars: boolean };
  readonly format: 'time_series' | 'table' | 'heatmap';
  readonly stepMs: number;
  /** The range moved to multiples of the step. */
  readonly aligned: AbsoluteRange;
}

export interface LokiTarget extends Common {
  readonly kind: 'loki';
  readonly expr: string;
  readonly legendFormat: string | undefined;
  readonly instant: boolean;
  readonly stepMs: number;
  readonly limit: number;
  readonly direction: 'forward' | 'backward';
}

export interface TempoTarget extends Common {
  readonly kind: 'tempo';
  readonly action: 'search' | 'spans' | 'metrics' | 'trace' | 'serviceMap';
  readonly query: string;
  readonly legendFormat: string | undefined;
  readonly limit: number;
  readonly spansPerSet: number;
  /** Undefined for the one value over the range. */
  readonly stepMs: number | undefined;
}

export interface AlertmanagerTarget extends Common {
  readonly kind: 'alertmanager';
  readonly filter: readonly string[];
}

export interface GrafanaTarget extends Common {
  readonly kind: 'grafana';
  readonly action: 'randomWalk' | 'annotations' | 'search';
  readonly json: Json;
  readonly stepMs: number;
}

export interface ExpressionTarget extends Common {
  readonly kind: 'expression';
  readonly json: Json;
}

/** The data of another panel. */
export interface PanelTarget extends Common {
  readonly kind: 'panel';
  readonly targets: readonly PreparedTarget[];
  readonly transformations: readonly TransformationConfig[];
}

export interface RefusedTarget extends Common {
  readonly kind: 'refused';
  readonly message: string;
}

/** A query as it is asked: variables replaced, step chosen. Nothing but data, so that equal ones are the same request. */
export type PreparedTarget = PrometheusTarget | LokiTarget | TempoTarget | AlertmanagerTarget | GrafanaTarget | ExpressionTarget | PanelTarget | RefusedTarget;

export interface PrepareContext {
  readonly scope: TemplateScope;
  readonly range: TimeRange;
  readonly absolute: AbsoluteRange;
  readonly nowMs: number;
  /** Points that the panel can show where its file does not say. */
  readonly widthPoints: number;
  /** Of the dashboard's zone, for the alignment of steps longer than an hour. */
  readonly utcOffsetMs: number;
  readonly findPanel: (id: number) => PanelModel | undefined;
  /** The query with the dashboard's ad-hoc filters in each selector. */
  readonly withFilters: (expr: string, source: DataSource) => string;
}

const LOG_LINES = 1000;
const MAX_LOG_LINES = 5000;
const PANEL_DEPTH = 3;

/** The queries that a panel asks: those that are shown, and hidden ones that expressions read. */
export function prepareTargets(panel: PanelModel, context: PrepareContext, depth = 0): PreparedTarget[] {
  const { range } = panelTime(panel, context.range, context.absolute, context.nowMs, context.scope);
  const wanted = targetsToAsk(panel, context);
  return wanted.flatMap((target) => prepareOne(target, panel, range, context, depth));
}

function sourceOf(target: Target, panel: PanelModel, scope: TemplateScope): DataSource {
  const own = target.datasource;
  const panelSource = resolveDataSource(panel.datasource, scope, target.json);
  const blank = own === undefined || (own.uid === undefined && own.type === undefined);
  const ref: DataSourceRef | undefined = blank ? (panelSource.kind === 'mixed' ? undefined : panel.datasource) : own;
  const source = resolveDataSource(ref, scope, target.json);
  return source.kind === 'mixed' ? resolveDataSource(undefined, scope, target.json) : source;
}

function targetsToAsk(panel: PanelModel, context: PrepareContext): Target[] {
  const byRefId = new Map(panel.targets.map((target) => [target.refId, target]));
  const wanted = new Set<string>();
  const want = (target: Target) => {
    if (wanted.has(target.refId)) {
      return;
    }
    wanted.add(target.refId);
    if (sourceOf(target, panel, context.scope).kind === 'expression') {
      for (const refId of readSafely(target)) {
        const input = byRefId.get(refId);
        if (input) want(input);
      }
    }
  };
  panel.targets.filter((target) => !target.hide).forEach(want);
  return panel.targets.filter((target) => wanted.has(target.refId));
}

/** An expression that does not parse reads nothing; running it says what is wrong. */
function readSafely(target: Target): string[] {
  try {
    return inputsOf(target);
  } catch {
    return [];
  }
}

function prepareOne(target: Target, panel: PanelModel, range: AbsoluteRange, context: PrepareContext, depth: number): PreparedTarget[] {
  const common: Common = { refId: target.refId, hidden: target.hide, range };
  const source = sourceOf(target, panel, context.scope);
  switch (source.kind) {
    case 'prometheus':
    case 'mixed':
      return prometheus(target.json, common, panel, context, { ...source, kind: 'prometheus' });
    case 'loki':
      return loki(target.json, common, panel, context, source);
    case 'tempo':
      return tempo(target.json, common, panel, context);
    case 'alertmanager':
      return [{ ...common, kind: 'alertmanager', filter: filters(context.scope.replace(string(target.json['expr']), 'text')) }];
    case 'grafana':
      return grafana(target.json, common, panel, context);
    case 'expression': {
      const scoped = (value: unknown) => (typeof value === 'string' ? replaceExpression(value, context.scope, panel) : value);
      return [{ ...common, kind: 'expression', json: { ...target.json, expression: scoped(target.json['expression']), window: scoped(target.json['window']) } }];
    }
    case 'dashboard':
      return fromPanel(target.json, common, context, depth);
    case 'foreign':
      return target.hide ? [] : [{ ...common, kind: 'refused', message: refusal(source) }];
  }
}

/** `$A` is a query of the panel, not a variable of the dashboard. */
function replaceExpression(text: string, scope: TemplateScope, panel: PanelModel): string {
  const own: ScopedVars = Object.fromEntries(panel.targets.map(({ refId }) => [refId, { text: `\${${refId}}`, value: `\${${refId}}` }]));
  return scope.replace(text, 'text', own);
}

function points(panel: PanelModel, context: PrepareContext): number {
  return Math.max(1, panel.maxDataPoints ?? context.widthPoints);
}

function panelInterval(panel: PanelModel, scope: TemplateScope): string | undefined {
  return panel.interval === undefined ? undefined : scope.replace(panel.interval, 'text');
}

function prometheus(json: Json, common: Common, panel: PanelModel, context: PrepareContext, source: DataSource): PreparedTarget[] {
  const written = optionalString(json['expr']) ?? string(json['query']);
  if (written.trim() === '') {
    return [];
  }
  const { scope } = context;
  const step = prometheusStep({
    range: common.range,
    maxDataPoints: points(panel, context),
    panelInterval: panelInterval(panel, scope),
    queryInterval: withoutIntervals(string(json['interval']), scope),
    intervalFactor: optionalNumber(json['intervalFactor']),
  });
  const variables = stepVariables(step, common.range);
  const instant = boolean(json['instant'], false);
  const range = boolean(json['range'], false) || !instant;
  const format = string(json['format']);
  return [
    {
      ...common,
      kind: 'prometheus',
      expr: context.withFilters(scope.replace(written, 'promql', variables), source),
      legendFormat: legend(json, scope, variables),
      ask: { range, instant, exemplars: boolean(json['exemplar'], false) && range },
      format: format === 'table' || format === 'heatmap' ? format : 'time_series',
      stepMs: step.stepMs,
      aligned: alignToStep(common.range, step.stepMs, context.utcOffsetMs),
    },
  ];
}

/** `$__interval` and its like stay: they name how the step is chosen. */
function withoutIntervals(text: string, scope: TemplateScope): string {
  return /^\$\{?__(rate_)?interval(_ms)?\}?$/.test(text.trim()) ? text : scope.replace(text, 'text');
}

function legend(json: Json, scope: TemplateScope, variables: ScopedVars): string | undefined {
  const written = optionalString(json['legendFormat']);
  return written === undefined ? undefined : scope.replace(written, 'text', variables);
}

function loki(json: Json, common: Common, panel: PanelModel, context: PrepareContext, source: DataSource): PreparedTarget[] {
  const written = optionalString(json['expr']) ?? string(json['query']);
  if (written.trim() === '') {
    return [];
  }
  const { scope } = context;
  const ownMs = panelIntervalMs(common.range, points(panel, context), panelInterval(panel, scope), 1);
  const resolution = Math.max(1, number(json['resolution'], 1));
  const wantedStep = withoutIntervals(string(json['step']), scope);
  const stepMs = lokiStepMs(common.range, ownMs, wantedStep, resolution);
  const instantWanted = json['queryType'] === 'instant' || (json['queryType'] === undefined && boolean(json['instant'], false));
  const step: Step = { stepMs: ownMs, intervalMs: ownMs, rateIntervalMs: Math.max(ownMs, 60_000) };
  const rangeText = `${Math.max(1, Math.round((common.range.toMs - common.range.fromMs) / 1000))}s`;
  const variables = { ...stepVariables(step, common.range), ...texts({ __auto: instantWanted ? rangeText : `${stepMs}ms` }) };
  const expr = context.withFilters(scope.replace(written, 'logql', variables), source);
  const lines = Number(scope.replace(String(json['maxLines'] ?? ''), 'text'));
  return [
    {
      ...common,
      kind: 'loki',
      expr,
      legendFormat: legend(json, scope, variables),
      // Lines are asked over the range also where the file says "instant": at one time there are none.
      instant: instantWanted && isMetricQuery(expr),
      stepMs,
      limit: Number.isFinite(lines) && lines > 0 ? Math.min(MAX_LOG_LINES, lines) : LOG_LINES,
      direction: json['direction'] === 'forward' ? 'forward' : 'backward',
    },
  ];
}

function tempo(json: Json, common: Common, panel: PanelModel, context: PrepareContext): PreparedTarget[] {
  const { scope } = context;
  const panelMs = panelIntervalMs(common.range, points(panel, context), panelInterval(panel, scope), 1000);
  const wantedMs = intervalMs(scope.replace(string(json['step']), 'text'));
  const step: Step = { stepMs: wantedMs ?? panelMs, intervalMs: panelMs, rateIntervalMs: panelMs };
  const replaced = replaceDeep(json, scope, stepVariables(step, common.range));
  const query = readTraceQuery(replaced);
  const base = {
    ...common,
    kind: 'tempo' as const,
    legendFormat: optionalString(replaced['legendFormat']),
    limit: Math.min(1000, Math.max(1, number(json['limit'], 20))),
    spansPerSet: Math.min(100, Math.max(1, number(json['spss'], 3))),
    stepMs: undefined,
  };
  switch (query.action) {
    case 'none':
      return [];
    case 'refused':
      return [{ ...common, kind: 'refused', message: query.message }];
    case 'serviceMap':
      return [{ ...base, action: 'serviceMap', query: '' }];
    case 'trace':
      return [{ ...base, action: 'trace', query: query.traceId }];
    case 'metrics':
      return [{ ...base, action: 'metrics', query: query.traceql, stepMs: json['metricsQueryType'] === 'instant' ? undefined : step.stepMs }];
    case 'search':
      return [{ ...base, action: json['tableType'] === 'spans' ? 'spans' : 'search', query: query.traceql }];
  }
}

function replaceDeep(json: Json, scope: TemplateScope, variables: ScopedVars): Json {
  const replace = (value: unknown): unknown => {
    if (typeof value === 'string') return scope.replace(value, 'traceql', variables);
    if (Array.isArray(value)) return value.map(replace);
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, replace(inner)])) : value;
  };
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, replace(value)]));
}

/** `{alertname="Down"}` or `alertname="Down", team="a"` as Alertmanager's filters. */
function filters(text: string): string[] {
  return text.trim().replace(/^\{|\}$/g, '').split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/).map((part) => part.trim()).filter((part) => part !== '');
}

const GRAFANA_WORDS: Readonly<Record<string, string>> = {
  measurements: 'live measurements',
  list: 'the files of the Grafana server',
  read: 'the files of the Grafana server',
  snapshot: 'data that were saved with the dashboard',
};

function grafana(json: Json, common: Common, panel: PanelModel, context: PrepareContext): PreparedTarget[] {
  const type = string(json['queryType'], 'randomWalk');
  const stepMs = panelIntervalMs(common.range, points(panel, context), panelInterval(panel, context.scope), 1000);
  switch (type) {
    case '':
    case 'randomWalk':
      return [{ ...common, kind: 'grafana', action: 'randomWalk', json: {}, stepMs }];
    case 'annotations':
      return [{ ...common, kind: 'grafana', action: 'annotations', json: replaceDeep(json, context.scope, {}), stepMs }];
    case 'search':
    case 'searchNext':
      return [{ ...common, kind: 'grafana', action: 'search', json: replaceDeep(json, context.scope, {}), stepMs }];
    default:
      return [{ ...common, kind: 'refused', message: `This query asks Grafana itself for ${GRAFANA_WORDS[type] ?? `“${type}”`}, which is not here. Its random walk, annotations and search are answered.` }];
  }
}

function fromPanel(json: Json, common: Common, context: PrepareContext, depth: number): PreparedTarget[] {
  const id = optionalNumber(json['panelId']);
  const source = id === undefined ? undefined : context.findPanel(id);
  if (source === undefined || depth >= PANEL_DEPTH) {
    const message = id === undefined ? 'The query shows the data of another panel, but names none.' : depth >= PANEL_DEPTH ? `Panels show the data of one another more than ${PANEL_DEPTH} deep.` : `The query shows the data of panel ${id}, which is not in this dashboard.`;
    return [{ ...common, kind: 'refused', message }];
  }
  const transformations = boolean(json['withTransforms'], false) ? source.transformations : [];
  return [{ ...common, kind: 'panel', targets: prepareTargets(source, context, depth + 1), transformations }];
}
