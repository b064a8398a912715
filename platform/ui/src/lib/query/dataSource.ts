import type { DataSourceRef } from '../dashboard/model';
import { optionalString, string, type Json } from '../json';
import type { TemplateScope } from '../template/scope';

/** What answers a query: one of each lives in this process. */
export type SourceKind = 'prometheus' | 'loki' | 'tempo' | 'alertmanager' | 'grafana' | 'mixed' | 'dashboard' | 'expression' | 'foreign';

export interface DataSource {
  readonly kind: SourceKind;
  /** For people. */
  readonly name: string;
  /** The type as the file has it, for `foreign` ones. */
  readonly type: string;
}

const NAMES: Readonly<Record<SourceKind, string>> = {
  prometheus: 'Metrics (Prometheus)',
  loki: 'Logs (Loki)',
  tempo: 'Traces (Tempo)',
  alertmanager: 'Alertmanager',
  grafana: 'Dashboard service (Grafana)',
  mixed: 'Mixed',
  dashboard: 'Another panel',
  expression: 'Expression',
  foreign: 'A data source that is not here',
};

/** Plugin ids of Grafana. Jaeger's and Zipkin's queries are read by the trace store. */
const BY_TYPE: Readonly<Record<string, SourceKind>> = {
  prometheus: 'prometheus',
  'grafana-amazonprometheus-datasource': 'prometheus',
  'grafana-azureprometheus-datasource': 'prometheus',
  loki: 'loki',
  tempo: 'tempo',
  jaeger: 'tempo',
  zipkin: 'tempo',
  alertmanager: 'alertmanager',
  datasource: 'grafana',
  grafana: 'grafana',
  mixed: 'mixed',
  dashboard: 'dashboard',
  __expr__: 'expression',
};

const BY_UID: Readonly<Record<string, SourceKind>> = {
  '-- Grafana --': 'grafana',
  grafana: 'grafana',
  '-- Mixed --': 'mixed',
  '-- Dashboard --': 'dashboard',
  __expr__: 'expression',
  '-100': 'expression',
};

/** Words in names and uids that tell what stands behind them, for references that say no type. */
const BY_WORD: readonly (readonly [RegExp, SourceKind])[] = [
  [/alert-?manager/i, 'alertmanager'],
  [/loki|(^|[^a-z])logs?([^a-z]|$)/i, 'loki'],
  [/tempo|jaeger|zipkin|(^|[^a-z])traces?([^a-z]|$)/i, 'tempo'],
  [/prom|mimir|thanos|cortex|victoria|metrics/i, 'prometheus'],
];

const SPECIAL_TYPES: ReadonlySet<SourceKind> = new Set(['grafana', 'mixed', 'dashboard', 'expression']);

/**
 * What a reference means here: special uids first, then the type, then what its name says, then the form of the query;
 * metrics where nothing says more. A type of plugin that is not served here is `foreign`.
 */
export function resolveDataSource(ref: DataSourceRef | undefined, scope: TemplateScope, query?: Json): DataSource {
  const uid = scope.replace(ref?.uid ?? '', 'text').trim();
  const type = scope.replace(ref?.type ?? '', 'text').trim().toLowerCase();
  const kind = kindOf(uid, type, query);
  return { kind, name: kind === 'foreign' ? `“${type}”` : NAMES[kind], type };
}

/** Why queries of this type get no answer here. */
export function refusal(source: DataSource): string {
  if (/testdata/.test(source.type)) {
    return 'This query asks TestData, which makes up numbers. There is none here: metrics, logs and traces are real.';
  }
  return `This query asks a data source of type “${source.type}”. Here metrics (PromQL), logs (LogQL), traces (TraceQL), alerts and expressions are answered.`;
}

function kindOf(uid: string, type: string, query: Json | undefined): SourceKind {
  const special = Object.hasOwn(BY_UID, uid) ? BY_UID[uid] : undefined;
  if (special !== undefined) {
    return special;
  }
  const known = Object.hasOwn(BY_TYPE, type) ? BY_TYPE[type] : undefined;
  if (known !== undefined) {
    return known;
  }
  if (type !== '') {
    // Files that name a type by a variable leave it open where the variable is not there.
    return /[$[]/.test(type) ? kindOf(uid, '', query) : (kindOfWords(type) ?? 'foreign');
  }
  return kindOfWords(uid) ?? kindOfQuery(query ?? {});
}

function kindOfWords(words: string): SourceKind | undefined {
  const exact = Object.hasOwn(BY_TYPE, words.toLowerCase()) ? BY_TYPE[words.toLowerCase()] : undefined;
  if (exact !== undefined && !SPECIAL_TYPES.has(exact)) {
    return exact;
  }
  return BY_WORD.find(([pattern]) => pattern.test(words))?.[1];
}

function kindOfQuery(query: Json): SourceKind {
  const type = string(query['queryType']).toLowerCase();
  if (type.startsWith('traceql') || type === 'servicemap' || type === 'traceid' || type === 'nativesearch') {
    return 'tempo';
  }
  if (optionalString(query['expression']) !== undefined || type === 'classic_conditions') {
    return 'expression';
  }
  const expr = optionalString(query['expr']) ?? string(query['query']);
  return isLogql(expr) ? 'loki' : 'prometheus';
}

/** A selector without a metric that is followed by a pipeline, or a function that only LogQL has. */
function isLogql(expr: string): boolean {
  return /^\s*\{[^}]*\}\s*(\||$)/.test(expr) || /\b(bytes_over_time|bytes_rate)\s*\(/.test(expr) || /\b(count_over_time|rate)\s*\(\s*\{[^}]*\}\s*(\||\[)/.test(expr);
}
