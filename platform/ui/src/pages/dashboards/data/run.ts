import {
  alertmanagerAlerts,
  lokiInstant,
  lokiRange,
  promExemplars,
  promInstant,
  promRange,
  searchDashboards,
  serviceDependencies,
  storedAnnotations,
  tempoMetrics,
  tempoSearch,
  tempoTrace,
  type Asked,
  type QueryAnswer,
} from '../../../api/datasources';
import type { Access } from '../../../api/http';
import type { DataFrame } from '../../../lib/frame/frame';
import { array, number, object, string } from '../../../lib/json';
import { logFrame } from '../../../lib/query/logFrames';
import { alertFrame, annotationFrame, randomWalkFrame, searchFrame } from '../../../lib/query/otherFrames';
import type { GrafanaTarget, LokiTarget, PreparedTarget, PrometheusTarget, TempoTarget } from '../../../lib/query/prepare';
import { exemplarFrame, seriesFrames } from '../../../lib/query/seriesFrames';
import { Slots } from '../../../lib/query/slots';
import { serviceMapFrames, spanTable, traceFrame, traceMetricFrames, traceTable } from '../../../lib/query/traceFrames';
import type { SentQuery } from '../panels/panel';

/** What one query gave. */
export interface Answered {
  readonly frames: readonly DataFrame[];
  readonly exemplars: readonly DataFrame[];
  readonly sent: readonly SentQuery[];
}

export interface RunContext {
  readonly access: Access;
  /** Whether servers are asked for the statistics of each query. */
  readonly stats: boolean;
  readonly dashboardUid: string;
  readonly signal: AbortSignal;
}

/** A browser has six connections to one server; each kind of data gets its share, so that logs do not wait for metrics. */
const SLOTS = { prometheus: new Slots(4), loki: new Slots(2), tempo: new Slots(2), other: new Slots(2) };

type Asking = Exclude<PreparedTarget, { kind: 'expression' | 'panel' | 'refused' }>;

/** Asks one query. */
export async function askTarget(target: Asking, context: RunContext): Promise<Answered> {
  switch (target.kind) {
    case 'prometheus':
      return askPrometheus(target, context);
    case 'loki':
      return SLOTS.loki.run(() => askLoki(target, context), context.signal);
    case 'tempo':
      return SLOTS.tempo.run(() => askTempo(target, context), context.signal);
    case 'alertmanager': {
      const asked = await SLOTS.other.run(() => alertmanagerAlerts(context.access, target.filter, context.signal), context.signal);
      return { frames: [alertFrame(target.refId, asked.value)], exemplars: [], sent: [sent(target.refId, 'Alertmanager', target.filter.join(', '), asked)] };
    }
    case 'grafana':
      return SLOTS.other.run(() => askGrafana(target, context), context.signal);
  }
}

function sent(refId: string, source: string, expr: string, asked: Asked<unknown>, stepMs?: number, stats?: unknown): SentQuery {
  return { refId, source, expr, request: asked.request, stepMs, tookMs: asked.tookMs, stats };
}

async function askPrometheus(target: PrometheusTarget, context: RunContext): Promise<Answered> {
  const { access, signal } = context;
  const { refId, expr, stepMs } = target;
  const source = 'Prometheus';
  const slots = SLOTS.prometheus;
  const series = (asked: Asked<QueryAnswer>, step: number | undefined): Answered => ({
    frames: seriesFrames({ refId, expr, legendFormat: target.legendFormat, stepMs: step }, asked.value.data, asked.value.notices),
    exemplars: [],
    sent: [sent(refId, source, expr, asked, step, asked.value.stats)],
  });
  const parts = await Promise.all([
    target.ask.range ? slots.run(async () => series(await promRange(access, expr, target.aligned, stepMs, context, signal), stepMs), signal) : undefined,
    target.ask.instant ? slots.run(async () => series(await promInstant(access, expr, target.range.toMs, context, signal), undefined), signal) : undefined,
    target.ask.exemplars ? slots.run(() => exemplars(target, context), signal) : undefined,
  ]);
  return joined(parts.filter((part): part is Answered => part !== undefined));
}

async function exemplars(target: PrometheusTarget, context: RunContext): Promise<Answered> {
  const asked = await promExemplars(context.access, target.expr, target.aligned, context.signal);
  const frame = exemplarFrame(target.refId, asked.value);
  return { frames: [], exemplars: frame.length > 0 ? [frame] : [], sent: [sent(target.refId, 'Prometheus exemplars', target.expr, asked)] };
}

export function joined(parts: readonly Answered[]): Answered {
  return { frames: parts.flatMap((part) => part.frames), exemplars: parts.flatMap((part) => part.exemplars), sent: parts.flatMap((part) => part.sent) };
}

async function askLoki(target: LokiTarget, context: RunContext): Promise<Answered> {
  const { refId, expr, stepMs } = target;
  const asked = target.instant
    ? await lokiInstant(context.access, expr, target.range.toMs, target.limit, context.signal)
    : await lokiRange(context.access, { query: expr, range: target.range, stepMs, limit: target.limit, direction: target.direction }, context.signal);
  const lines = object(asked.value.data)['resultType'] === 'streams';
  const step = target.instant ? undefined : stepMs;
  const frames = lines ? [logFrame(refId, expr, asked.value.data, target.direction)] : seriesFrames({ refId, expr, legendFormat: target.legendFormat, stepMs: step }, asked.value.data, asked.value.notices);
  return { frames: frames.filter((frame) => frame.length > 0), exemplars: [], sent: [sent(refId, 'Loki', expr, asked, lines ? undefined : step, asked.value.stats)] };
}

async function askTempo(target: TempoTarget, context: RunContext): Promise<Answered> {
  const { refId, query, range } = target;
  const { access, signal } = context;
  const answer = (frames: readonly DataFrame[], asked: Asked<unknown>): Answered => ({
    frames: frames.filter((frame) => frame.length > 0),
    exemplars: [],
    sent: [sent(refId, 'Tempo', query, asked, target.stepMs)],
  });
  switch (target.action) {
    case 'trace': {
      const asked = await tempoTrace(access, query, signal);
      return answer([traceFrame(refId, asked.value)], asked);
    }
    case 'serviceMap': {
      const asked = await serviceDependencies(access, range, signal);
      return answer(serviceMapFrames(refId, asked.value, Math.max(1, (range.toMs - range.fromMs) / 1000)), asked);
    }
    case 'metrics': {
      const asked = await tempoMetrics(access, query, range, target.stepMs, signal);
      const series = { refId, expr: query, legendFormat: target.legendFormat, stepMs: target.stepMs };
      return answer(traceMetricFrames(series, asked.value, target.stepMs === undefined ? range.toMs : undefined), asked);
    }
    case 'search':
    case 'spans': {
      const asked = await tempoSearch(access, query, range, { limit: target.limit, spss: target.spansPerSet }, signal);
      return answer([target.action === 'spans' ? spanTable(refId, query, asked.value) : traceTable(refId, query, asked.value)], asked);
    }
  }
}

async function askGrafana(target: GrafanaTarget, context: RunContext): Promise<Answered> {
  const { refId, json } = target;
  switch (target.action) {
    case 'randomWalk':
      return { frames: [randomWalkFrame(refId, target.range, target.stepMs)], exemplars: [], sent: [] };
    case 'annotations': {
      const filter = {
        range: target.range,
        limit: number(json['limit'], 100),
        tags: array(json['tags']).map((tag) => string(tag)),
        matchAny: json['matchAny'] === true,
        dashboardUid: json['type'] === 'dashboard' ? context.dashboardUid : undefined,
        type: undefined,
      };
      const asked = await storedAnnotations(context.access, filter, context.signal);
      return { frames: [annotationFrame(refId, asked.value)], exemplars: [], sent: [sent(refId, 'Annotations', filter.tags.join(', '), asked)] };
    }
    case 'search': {
      const search = object(json['search'] ?? json['searchNext']);
      const asked = await searchDashboards(context.access, string(search['query']), array(search['tags'] ?? search['tag']).map((tag) => string(tag)), context.signal);
      return { frames: [searchFrame(refId, asked.value)], exemplars: [], sent: [sent(refId, 'Search', string(search['query']), asked)] };
    }
  }
}
