import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { queryConditions } from '../api/conditions';
import { useTime } from '../app/time';
import { useData } from '../app/useData';
import { conditionOf, type Threshold } from '../lib/alerting/condition';
import { count } from '../lib/alerting/figures';
import type { RuleLanguage } from '../lib/alerting/ruleGroups';
import type { GridFrame } from '../lib/frames';
import { alignRange, queryInterval } from '../lib/interval';
import { formatSeries } from '../lib/labels';
import { formatDuration } from '../lib/time';
import { Chart, type ChartSeries } from './Chart';
import { paletteColor } from './palette';
import { Empty, Loaded } from './states';

const SERIES_MAX = 100;

/** What a rule compares, over the chosen time, with lines at the values that it is compared with. */
export default function ConditionGraph({ language, expr, height = 260 }: { language: RuleLanguage; expr: string; height?: number }) {
  const { absolute, zoom } = useTime();
  const condition = useMemo(() => conditionOf(language, expr), [language, expr]);
  const interval = queryInterval({ range: absolute, maxDataPoints: 800 });
  const range = alignRange(absolute, interval.stepMs);
  const data = useData(['condition', language, condition.query, range.fromMs, range.toMs, interval.stepMs], (access, signal) =>
    queryConditions(access, language, condition.query, range, interval.stepMs, signal),
  );
  return (
    <Loaded data={data} height={height}>
      {(frame) => <Drawn frame={frame} query={condition.query} thresholds={condition.thresholds} stepMs={interval.stepMs} height={height} onZoom={(fromMs, toMs) => zoom({ fromMs, toMs })} />}
    </Loaded>
  );
}

interface DrawnProps {
  readonly frame: GridFrame;
  readonly query: string;
  readonly thresholds: readonly Threshold[];
  readonly stepMs: number;
  readonly height: number;
  readonly onZoom: (fromMs: number, toMs: number) => void;
}

function Drawn({ frame, query, thresholds, stepMs, height, onZoom }: DrawnProps) {
  const series = useMemo(
    () =>
      frame.series.slice(0, SERIES_MAX).map(
        (entry, index): ChartSeries => ({ name: Object.keys(entry.labels).length === 0 ? query : formatSeries(entry.labels), color: paletteColor(index), grid: frame.grid, values: entry.values }),
      ),
    [frame, query],
  );
  const lines = thresholds.filter(({ value }) => Number.isFinite(value)).map(({ value }) => ({ value, color: '#e03131' }));
  if (series.length === 0) {
    return <Empty>No series match in this range.</Empty>;
  }
  return (
    <>
      <Chart series={series} label={query} height={height} lines={lines} onZoom={onZoom} />
      <Text size="xs" c="dimmed" px={4}>
        {count(frame.series.length, 'series', 'series')}, step {formatDuration(stepMs)}
        {frame.series.length > SERIES_MAX && `; the first ${SERIES_MAX} are drawn`}
        {thresholds.length > 0 && `; condition: ${thresholds.map(({ operator, value }) => `${operator} ${value}`).join(' and ')}`}
      </Text>
    </>
  );
}
