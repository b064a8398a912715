import { useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useMemo, useRef, useState } from 'react';
import uPlot from 'uplot';
import { alignGrids, stack, type Grid } from '../lib/frames';
import { formatDateTime } from '../lib/time';
import { formatValue } from '../lib/units/format';
import { Legend } from './Legend';

export interface ChartSeries {
  readonly name: string;
  readonly color: string;
  readonly grid: Grid;
  readonly values: readonly (number | null)[];
  readonly unit?: string | undefined;
  readonly decimals?: number | undefined;
  /** Drawn below zero. */
  readonly negative?: boolean;
  /** Behind the name in the legend. */
  readonly summary?: string | undefined;
}

/** A point of its own that can be opened, such as an exemplar. */
export interface ChartMark {
  readonly timeMs: number;
  readonly value: number;
  readonly label: string;
  readonly onOpen: () => void;
}

export interface ChartProps {
  readonly series: readonly ChartSeries[];
  readonly label: string;
  readonly height: number | 'fill';
  readonly unit?: string | undefined;
  readonly decimals?: number | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly stacking?: 'none' | 'normal' | 'percent';
  /** In percent. */
  readonly fillOpacity?: number;
  readonly lineWidth?: number;
  readonly drawStyle?: 'line' | 'bars' | 'points';
  readonly spanNulls?: boolean;
  readonly showLegend?: boolean;
  readonly legendHeight?: number;
  readonly marks?: readonly ChartMark[];
  /** Lines across the chart: thresholds. */
  readonly lines?: readonly { readonly value: number; readonly color: string }[];
  readonly onZoom?: ((fromMs: number, toMs: number) => void) | undefined;
}

interface Hover {
  readonly index: number;
  readonly left: number;
  readonly mark: ChartMark | undefined;
}

/** Series over time. Dragging sideways zooms, a click on a name in the legend shows that series alone. */
export function Chart(props: ChartProps) {
  const { ref, width, height: measured } = useElementSize<HTMLDivElement>();
  const dark = useComputedColorScheme('light') === 'dark';
  const [only, setOnly] = useState<string | undefined>(undefined);
  const [hover, setHover] = useState<Hover | undefined>(undefined);
  const shown = useMemo(() => {
    const chosen = only === undefined ? props.series : props.series.filter((entry) => entry.name === only);
    return chosen.length > 0 ? chosen : props.series;
  }, [props.series, only]);
  const height = props.height === 'fill' ? measured : props.height;
  return (
    <div style={{ display: 'flex', flexDirection: 'column', minHeight: 0, flex: 1, minWidth: 0 }}>
      <div ref={ref} className="chart" style={props.height === 'fill' ? { flex: 1, minHeight: 60, overflow: 'hidden' } : { height: props.height }} role="img" aria-label={props.label}>
        {width > 20 && height > 20 && <Plot {...props} shown={shown} width={Math.floor(width)} plotHeight={Math.floor(height)} dark={dark} onHover={setHover} />}
        {hover && <HoverCard hover={hover} series={shown} unit={props.unit} decimals={props.decimals} width={width} />}
      </div>
      {(props.showLegend ?? true) && <Legend series={props.series} only={only} onOnly={setOnly} height={props.legendHeight ?? 80} />}
    </div>
  );
}

interface PlotProps extends ChartProps {
  readonly shown: readonly ChartSeries[];
  readonly width: number;
  readonly plotHeight: number;
  readonly dark: boolean;
  readonly onHover: (hover: Hover | undefined) => void;
}

function Plot(props: PlotProps) {
  const holder = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  const data = useMemo(() => plotData(props.shown, props.stacking ?? 'none'), [props.shown, props.stacking]);
  // What uPlot cannot change once it is made; everything else is read through `latest`.
  const shape = JSON.stringify([
    props.shown.map((entry) => [entry.name, entry.color]),
    props.stacking,
    props.fillOpacity,
    props.lineWidth,
    props.drawStyle,
    props.spanNulls,
    props.unit,
    props.decimals,
    props.min,
    props.max,
    props.dark,
  ]);
  const dataRef = useRef(data);
  useEffect(() => {
    dataRef.current = data;
  });

  useEffect(() => {
    const element = holder.current;
    if (!element) {
      return undefined;
    }
    const made = new uPlot(plotOptions(latest), dataRef.current, element);
    plot.current = made;
    return () => {
      made.destroy();
      plot.current = undefined;
    };
  }, [shape]);
  useEffect(() => {
    plot.current?.setData(data);
  }, [data, props.marks, props.lines]);
  useEffect(() => {
    plot.current?.setSize({ width: props.width, height: props.plotHeight });
  }, [props.width, props.plotHeight]);
  return <div ref={holder} />;
}

function plotData(series: readonly ChartSeries[], stacking: 'none' | 'normal' | 'percent'): uPlot.AlignedData {
  const aligned = alignGrids(series);
  const signed = aligned.rows.map((row, i) => row.map((value) => clean(value, series[i]?.negative ?? false)));
  const rows = stacking === 'none' ? signed : stack(signed.map((row) => row.map((value) => value ?? null)), stacking);
  return [aligned.timesMs.map((timeMs) => timeMs / 1000), ...rows];
}

function clean(value: number | null | undefined, negative: boolean): number | null | undefined {
  if (value === null || value === undefined) {
    return value;
  }
  return Number.isFinite(value) ? (negative ? -value : value) : null;
}

function plotOptions(latest: { current: PlotProps }): uPlot.Options {
  const props = latest.current;
  const stacked = props.stacking !== undefined && props.stacking !== 'none';
  const unit = props.stacking === 'percent' ? 'percentunit' : props.unit;
  const axis: uPlot.Axis = {
    stroke: props.dark ? '#a6a7ab' : '#495057',
    grid: { stroke: props.dark ? '#2e2e2e' : '#eceef1', width: 1 },
    ticks: { show: false },
    font: '11px system-ui, sans-serif',
  };
  const fill = props.fillOpacity ?? 0;
  return {
    width: props.width,
    height: props.plotHeight,
    padding: [8, 16, 0, 0],
    legend: { show: false },
    cursor: { drag: { x: true, y: false, setScale: false }, focus: { prox: 24 }, points: { size: 6 } },
    scales: { x: { time: true }, y: { range: (_, low, high) => yRange(low, high, props) } },
    axes: [
      { ...axis, space: 60, size: 28, values: timeTicks },
      {
        ...axis,
        ...(BINARY_UNITS.has(unit ?? '') ? { incrs: BINARY_STEPS } : {}),
        size: (_, values) => Math.max(34, 12 + 6.4 * Math.max(0, ...(values ?? []).map((value) => String(value).length))),
        values: (_, ticks) => ticks.map((tick) => formatValue(tick, unit, tickDecimals(props.decimals))),
      },
    ],
    bands: stacked ? props.shown.slice(1).map((_, i): uPlot.Band => ({ series: [i + 2, i + 1] })) : [],
    series: [{}, ...props.shown.map((entry) => lineOf(entry, props, stacked ? Math.max(fill, 30) : fill))],
    hooks: {
      draw: [(u) => drawLines(u, latest.current), (u) => drawMarks(u, latest.current)],
      setSelect: [
        (u) => {
          if (u.select.width > 4) latest.current.onZoom?.(u.posToVal(u.select.left, 'x') * 1000, u.posToVal(u.select.left + u.select.width, 'x') * 1000);
          u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        },
      ],
      setCursor: [
        (u) => {
          const { idx, left = -1 } = u.cursor;
          const mark = left < 0 ? undefined : nearestMark(u, latest.current);
          u.over.style.cursor = mark ? 'pointer' : '';
          latest.current.onHover(idx === null || idx === undefined || left < 0 ? undefined : { index: idx, left: left + u.bbox.left / devicePixelRatio, mark });
        },
      ],
      ready: [(u) => u.over.addEventListener('click', () => nearestMark(u, latest.current)?.onOpen())],
    },
  };
}

/** Units whose prefixes are powers of 1024, and the spaces between ticks that make them round. */
const BINARY_UNITS: ReadonlySet<string> = new Set(['bytes', 'bits', 'binBps', 'binbps']);
const BINARY_STEPS = Array.from({ length: 60 }, (_, i) => 2 ** i);

function tickDecimals(decimals: number | undefined) {
  return decimals === undefined || decimals === 0 ? {} : { decimals };
}

function lineOf(entry: ChartSeries, props: PlotProps, fill: number): uPlot.Series {
  const line: uPlot.Series = {
    label: entry.name,
    stroke: entry.color,
    width: props.drawStyle === 'points' ? 0 : (props.lineWidth ?? 1.5),
    spanGaps: props.spanNulls ?? false,
    points:
      props.drawStyle === 'points'
        ? { show: true, size: 5 }
        : { show: props.drawStyle !== 'bars', size: 4, fill: entry.color, filter: (u, index) => isolatedPoints(u.data[index] ?? []) },
  };
  if (fill > 0 || props.drawStyle === 'bars') {
    line.fill = `${entry.color}${Math.round((Math.max(fill, props.drawStyle === 'bars' ? 60 : 0) / 100) * 255).toString(16).padStart(2, '0')}`;
  }
  const bars = props.drawStyle === 'bars' ? uPlot.paths.bars?.({ size: [0.7, 40] }) : undefined;
  return bars ? { ...line, paths: bars } : line;
}

/** Points without a neighbour, which a line alone would not show. */
function isolatedPoints(values: ArrayLike<number | null | undefined>): number[] {
  const isolated: number[] = [];
  for (let i = 0; i < values.length; i++) {
    if (typeof values[i] === 'number' && typeof values[i - 1] !== 'number' && typeof values[i + 1] !== 'number') {
      isolated.push(i);
    }
  }
  return isolated;
}

function yRange(low: number | null, high: number | null, props: PlotProps): [number, number] {
  const values = props.marks?.map((mark) => mark.value).filter(Number.isFinite) ?? [];
  const from = props.min ?? Math.min(0, low ?? 0, ...values);
  const to = props.max ?? Math.max(high ?? 0, ...values);
  const head = to > 0 && props.max === undefined ? (to - from) * 0.06 : 0;
  return from === to ? [from, from + 1] : [from, to + head];
}

/** Times of day, with the date where a day begins or ticks are days. */
function timeTicks(_: uPlot, ticks: number[]): string[] {
  const apart = (ticks[1] ?? 0) - (ticks[0] ?? 0);
  return ticks.map((tick) => {
    const text = formatDateTime(tick * 1000);
    if (apart >= 86_400 || text.endsWith('00:00:00')) {
      return text.slice(5, 10);
    }
    return apart > 0 && apart < 60 ? text.slice(11, 19) : text.slice(11, 16);
  });
}

function drawLines(u: uPlot, props: PlotProps): void {
  for (const { value, color } of props.lines ?? []) {
    const y = u.valToPos(value, 'y', true);
    if (y < u.bbox.top || y > u.bbox.top + u.bbox.height) continue;
    u.ctx.save();
    u.ctx.strokeStyle = color;
    u.ctx.lineWidth = devicePixelRatio;
    u.ctx.setLineDash([6, 4]);
    u.ctx.beginPath();
    u.ctx.moveTo(u.bbox.left, y);
    u.ctx.lineTo(u.bbox.left + u.bbox.width, y);
    u.ctx.stroke();
    u.ctx.restore();
  }
}

function drawMarks(u: uPlot, props: PlotProps): void {
  const size = 4 * devicePixelRatio;
  u.ctx.save();
  u.ctx.fillStyle = '#e8590c';
  u.ctx.strokeStyle = props.dark ? '#1f1f1f' : '#fff';
  u.ctx.lineWidth = devicePixelRatio;
  for (const mark of props.marks ?? []) {
    const x = u.valToPos(mark.timeMs / 1000, 'x', true);
    const y = u.valToPos(mark.value, 'y', true);
    if (x < u.bbox.left || x > u.bbox.left + u.bbox.width || y < u.bbox.top || y > u.bbox.top + u.bbox.height) continue;
    u.ctx.beginPath();
    u.ctx.moveTo(x, y - size);
    u.ctx.lineTo(x + size, y);
    u.ctx.lineTo(x, y + size);
    u.ctx.lineTo(x - size, y);
    u.ctx.closePath();
    u.ctx.fill();
    u.ctx.stroke();
  }
  u.ctx.restore();
}

/** The mark within reach of the pointer. */
function nearestMark(u: uPlot, props: PlotProps): ChartMark | undefined {
  const { left = -1, top = -1 } = u.cursor;
  const distance = (mark: ChartMark) => Math.hypot(u.valToPos(mark.timeMs / 1000, 'x') - left, u.valToPos(mark.value, 'y') - top);
  const [nearest] = [...(props.marks ?? [])].sort((a, b) => distance(a) - distance(b));
  return nearest && distance(nearest) < 12 ? nearest : undefined;
}

const HOVER_ROWS = 12;

function HoverCard({ hover, series, unit, decimals, width }: { hover: Hover; series: readonly ChartSeries[]; unit: string | undefined; decimals: number | undefined; width: number }) {
  const aligned = useMemo(() => alignGrids(series), [series]);
  const timeMs = aligned.timesMs[hover.index];
  if (timeMs === undefined) {
    return null;
  }
  const rows = series
    .map((entry, i) => ({ entry, value: aligned.rows[i]?.[hover.index] ?? null }))
    .filter((row): row is { entry: ChartSeries; value: number } => row.value !== null)
    .sort((a, b) => b.value - a.value);
  const onRight = hover.left > width / 2;
  return (
    <div className="chart-tooltip" style={{ top: 4, ...(onRight ? { right: width - hover.left + 12 } : { left: hover.left + 12 }) }}>
      <div>{formatDateTime(timeMs)}</div>
      {hover.mark && <strong>{hover.mark.label}</strong>}
      {rows.slice(0, HOVER_ROWS).map(({ entry, value }) => (
        <div key={entry.name} className="chart-tooltip-row">
          <span className="swatch" style={{ background: entry.color }} />
          <span className="chart-tooltip-name">{entry.name}</span>
          <strong>{formatValue(value, entry.unit ?? unit, { decimals: entry.decimals ?? decimals })}</strong>
        </div>
      ))}
      {rows.length > HOVER_ROWS && <div>and {rows.length - HOVER_ROWS} more</div>}
    </div>
  );
}
