import { keepPreviousData, useQueries } from '@tanstack/react-query';
import type { Access } from '../../api/http';
import { queryLogs } from '../../api/loki';
import { queryExemplars, queryInstant, queryRange, type Exemplar } from '../../api/prometheus';
import { useAccess } from '../../app/access';
import { useTime } from '../../app/time';
import type { Panel, Target } from '../../lib/dashboard';
import { gridOf, toGridSeries, type GridFrame } from '../../lib/frames';
import { alignRange, intervalVariables, queryInterval } from '../../lib/interval';
import { toLogLines, type LogLine } from '../../lib/logs';
import type { AbsoluteRange } from '../../lib/time';
import { interpolate, type VariableValues } from '../../lib/variables';

/** A target as it is asked: variables replaced, step chosen. */
export interface PanelQuery {
  readonly refId: string;
  readonly expr: string;
  readonly legendFormat: string | undefined;
  readonly dataSource: Target['dataSource'];
  readonly instant: boolean;
  readonly exemplars: boolean;
  readonly stepMs: number;
  readonly range: AbsoluteRange;
}

export interface PanelResult {
  readonly query: PanelQuery;
  readonly frame: GridFrame;
  readonly lines: readonly LogLine[];
  readonly exemplars: readonly Exemplar[];
}

export interface PanelData {
  readonly queries: readonly PanelQuery[];
  readonly results: readonly PanelResult[];
  readonly loading: boolean;
  readonly failures: readonly string[];
}

const LOG_LIMIT = 200;
const WIDTH_STEP_PX = 50;

/** Runs a panel's targets with the page's time range. The width in pixels decides the step, in coarse steps so that resizing asks seldom. */
export function usePanelData(panel: Panel, values: VariableValues, widthPx: number, enabled: boolean): PanelData {
  const { access } = useAccess();
  const { absolute, tick } = useTime();
  const points = panel.maxDataPoints ?? Math.max(WIDTH_STEP_PX, Math.round(widthPx / WIDTH_STEP_PX) * WIDTH_STEP_PX);
  const needsData = panel.kind !== 'text' && panel.kind !== 'alertlist' && panel.kind !== 'incidents';
  const queries = panel.targets.filter((target) => target.expr !== '' && target.dataSource !== 'other').map((target) => prepare(target, panel, values, absolute, points));
  const results = useQueries({
    queries: queries.map((query) => ({
      queryKey: ['panel', query, access.tenant, access.token, tick],
      queryFn: ({ signal }: { signal: AbortSignal }) => run(access, query, signal),
      enabled: enabled && needsData && widthPx > 0,
      placeholderData: keepPreviousData,
    })),
  });
  return {
    queries,
    results: results.flatMap((result) => (result.data === undefined ? [] : [result.data])),
    loading: results.some((result) => result.isFetching),
    failures: [...new Set(results.flatMap((result) => (result.error ? [result.error.message] : [])))],
  };
}

function prepare(target: Target, panel: Panel, values: VariableValues, range: AbsoluteRange, maxDataPoints: number): PanelQuery {
  const first = interpolate(target.interval ?? panel.interval ?? '', values, 'text');
  const interval = queryInterval({ range, maxDataPoints, minInterval: first, intervalFactor: target.intervalFactor });
  const language = target.dataSource === 'loki' ? 'logql' : 'promql';
  return {
    refId: target.refId,
    expr: interpolate(target.expr, { ...values, ...intervalVariables(interval, range) }, language),
    legendFormat: target.legendFormat === undefined ? undefined : interpolate(target.legendFormat, values, 'text'),
    dataSource: target.dataSource,
    instant: target.instant,
    exemplars: target.exemplars,
    stepMs: interval.stepMs,
    range: target.instant || target.dataSource === 'loki' ? range : alignRange(range, interval.stepMs),
  };
}

async function run(access: Access, query: PanelQuery, signal: AbortSignal): Promise<PanelResult> {
  const empty = { query, lines: [], exemplars: [] };
  if (query.dataSource === 'loki') {
    const streams = await queryLogs(access, { query: query.expr, range: query.range, limit: LOG_LIMIT }, signal);
    return { ...empty, frame: { grid: gridOf(query.range.fromMs, query.range.toMs, query.stepMs), series: [] }, lines: toLogLines(streams) };
  }
  if (query.instant) {
    return { ...empty, frame: await instantFrame(access, query, signal) };
  }
  const [frame, exemplars] = await Promise.all([
    queryRange(access, query.expr, query.range, query.stepMs, signal),
    query.exemplars ? queryExemplars(access, query.expr, query.range, signal) : [],
  ]);
  return { ...empty, frame, exemplars };
}

/** An instant answer as a grid of one time. */
async function instantFrame(access: Access, query: PanelQuery, signal: AbortSignal): Promise<GridFrame> {
  const result = await queryInstant(access, query.expr, query.range.toMs, signal);
  const grid = gridOf(query.range.toMs, query.range.toMs, query.stepMs);
  switch (result.kind) {
    case 'vector':
      return { grid, series: result.samples.map((sample) => ({ labels: sample.labels, values: [sample.value] })) };
    case 'scalar':
      return { grid, series: [{ labels: {}, values: [result.sample.value] }] };
    case 'matrix':
      return { grid, series: result.series.map((entry) => toGridSeries(entry.labels, entry.points.slice(-1).map(([, text]) => [grid.startMs / 1000, text]), grid)) };
    case 'string':
      return { grid, series: [] };
  }
}
