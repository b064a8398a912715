import { useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useMemo } from 'react';
import { useTime } from '../app/time';
import { gridTime, type Grid } from '../lib/frames';
import type { ChartSeries as PlotSeries } from '../lib/plot/chartSeries';
import type { ExemplarMark } from '../lib/plot/exemplars';
import { legendOptions } from '../lib/plot/legend';
import { seriesStyle } from '../lib/plot/style';
import { tooltipOptions } from '../lib/plot/tooltip';
import { formatUnit } from '../lib/units/format';
import { TimePlot } from './plot/TimePlot';

export interface ChartSeries {
  readonly name: string;
  readonly color: string;
  readonly grid: Grid;
  readonly values: readonly (number | null)[];
}

export interface ChartProps {
  readonly series: readonly ChartSeries[];
  readonly label: string;
  readonly height: number;
  /** What the legend may take beside the height of the chart. */
  readonly legendHeight?: number;
  readonly stacking?: 'none' | 'normal';
  readonly exemplars?: readonly ExemplarMark[];
  /** Lines across the chart: thresholds. */
  readonly lines?: readonly { readonly value: number; readonly color: string }[];
  readonly onZoom?: ((fromMs: number, toMs: number) => void) | undefined;
}

const LEGEND = legendOptions({ displayMode: 'list', placement: 'bottom' });
const TOOLTIP = tooltipOptions({ mode: 'multi', sort: 'desc' });

/** Series of range queries over time, as pages outside dashboards show them. */
export function Chart({ series, label, height, legendHeight = 80, stacking = 'none', exemplars, lines, onZoom }: ChartProps) {
  const { ref, width } = useElementSize<HTMLDivElement>();
  const dark = useComputedColorScheme('light') === 'dark';
  const { absolute, timeZone } = useTime();
  const drawn = useMemo(() => series.map((entry) => plotSeries(entry, stacking, lines ?? [])), [series, stacking, lines]);
  const whole = height + legendHeight;
  return (
    <div ref={ref} style={{ width: '100%', height: whole, minWidth: 0 }}>
      {width > 20 && (
        <TimePlot
          series={drawn}
          label={label}
          range={absolute}
          timeZone={timeZone}
          width={Math.floor(width)}
          height={whole}
          dark={dark}
          legend={LEGEND}
          tooltip={TOOLTIP}
          {...(exemplars ? { exemplars } : {})}
          onZoom={onZoom && (({ fromMs, toMs }) => onZoom(fromMs, toMs))}
        />
      )}
    </div>
  );
}

function plotSeries({ name, color, grid, values }: ChartSeries, stacking: 'none' | 'normal', lines: readonly { readonly value: number; readonly color: string }[]): PlotSeries {
  const bounds = lines.map((line) => line.value).filter(Number.isFinite);
  const custom = {
    lineWidth: 1.5,
    stacking: { mode: stacking, group: 'A' },
    fillOpacity: stacking === 'normal' ? 30 : 0,
    // Thresholds stay in sight.
    ...(bounds.length > 0 ? { thresholdsStyle: { mode: 'dashed' }, axisSoftMin: Math.min(0, ...bounds), axisSoftMax: Math.max(...bounds) } : {}),
  };
  return {
    name,
    color,
    points: { times: values.map((_, i) => gridTime(grid, i)), values: values.map((value) => (value !== null && Number.isFinite(value) ? value : null)) },
    style: seriesStyle(custom),
    config: { thresholds: { mode: 'absolute', steps: [...lines] } },
    display: (value, decimals) => (typeof value === 'number' ? { ...formatUnit(value, undefined, decimals), numeric: value } : { text: '', numeric: NaN }),
    source: undefined,
  };
}
