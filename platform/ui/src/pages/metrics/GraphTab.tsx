import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { Loader, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { Access } from '../../api/http';
import { queryExemplars, queryRange, type Exemplar } from '../../api/prometheus';
import { useAccess } from '../../app/access';
import { useTime } from '../../app/time';
import { Chart, type ChartSeries } from '../../components/Chart';
import { exemplarMarks } from '../../components/exemplars';
import { paletteColor } from '../../components/palette';
import { Empty, Failure } from '../../components/states';
import type { GridFrame } from '../../lib/frames';
import { alignRange, intervalVariables, queryInterval } from '../../lib/interval';
import { texts } from '../../lib/query/step';
import { EMPTY_SCOPE } from '../../lib/template/createScope';
import { formatSeries, type Labels } from '../../lib/labels';
import { formatDuration, type AbsoluteRange } from '../../lib/time';
import { ExemplarList } from './ExemplarList';

/** A chart with more lines is neither legible nor quick; the table shows all. */
const MAX_SERIES = 150;

interface GraphResult {
  readonly frame: GridFrame;
  readonly exemplars: readonly Exemplar[];
}

export function GraphTab({ exprs, width, exemplars, stacked }: { exprs: readonly string[]; width: number; exemplars: boolean; stacked: boolean }) {
  const { access } = useAccess();
  const { absolute, tick, zoom } = useTime();
  const interval = queryInterval({ range: absolute, maxDataPoints: Math.max(100, Math.round(width / 100) * 100) });
  const range = alignRange(absolute, interval.stepMs);
  const results = useQueries({
    queries: exprs.map((expr) => ({
      queryKey: ['graph', expr, range, interval.stepMs, exemplars, access.tenant, access.token, tick],
      queryFn: ({ signal }: { signal: AbortSignal }) => load(access, EMPTY_SCOPE.replace(expr, 'promql', texts(intervalVariables(interval, absolute))), range, interval.stepMs, exemplars, signal),
      placeholderData: keepPreviousData,
    })),
  });
  const loaded = results.map((result) => result.data);
  const all = loaded.flatMap((result, query) => (result ? result.frame.series.map((entry) => ({ grid: result.frame.grid, name: nameOf(entry.labels, exprs[query]), ...entry })) : []));
  const stamp = results.map((result) => result.dataUpdatedAt).join();
  const series = useMemo(
    () => all.slice(0, MAX_SERIES).map((entry, index): ChartSeries => ({ name: entry.name, color: paletteColor(index), grid: entry.grid, values: entry.values })),
    // `all` is made anew on each render; what it holds changes with the answers only.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [stamp],
  );
  const points = loaded.flatMap((result) => result?.exemplars ?? []);
  const marks = useMemo(
    () => exemplarMarks(points),
    // As above.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [stamp],
  );
  const waiting = results.some((result) => result.isPending);
  return (
    <div className="card" style={{ padding: 8 }}>
      {results.map((result, i) => result.error && <Failure key={exprs[i]} message={result.error.message} />)}
      {waiting && <Loader size="xs" aria-label="Loading" />}
      {series.length > 0 && (
        <>
          <Chart series={series} label={exprs.join(', ')} height={380} legendHeight={180} stacking={stacked ? 'normal' : 'none'} exemplars={marks} onZoom={(fromMs, toMs) => zoom({ fromMs, toMs })} />
          <Text size="xs" c="dimmed" px={4}>
            {all.length} series, step {formatDuration(interval.stepMs)}
            {all.length > MAX_SERIES && `; the first ${MAX_SERIES} are drawn`}
          </Text>
          {exemplars && <ExemplarList exemplars={points} />}
        </>
      )}
      {!waiting && series.length === 0 && results.every((result) => !result.error) && <Empty>No series match in this range.</Empty>}
    </div>
  );
}

/** A series without labels goes by its query. */
function nameOf(labels: Labels, expr: string | undefined): string {
  return Object.keys(labels).length === 0 && expr !== undefined ? expr : formatSeries(labels);
}

async function load(access: Access, expr: string, range: AbsoluteRange, stepMs: number, withExemplars: boolean, signal: AbortSignal): Promise<GraphResult> {
  const [frame, exemplars] = await Promise.all([queryRange(access, expr, range, stepMs, signal), withExemplars ? queryExemplars(access, expr, range, signal) : []]);
  return { frame, exemplars };
}
