import uPlot from 'uplot';
import type { ChartSeries, PreparedChart, PreparedScale, PreparedSeries } from '../../lib/plot/chartSeries';
import { withAlpha } from '../../lib/plot/color';
import { formatDisplay, formatUnit } from '../../lib/units/format';
import { resolveColor } from '../../lib/field/colors';
import { valueRange } from '../../lib/plot/scale';
import { tickSteps, trimZeros } from '../../lib/plot/ticks';
import { nearestValue } from '../../lib/plot/tooltip';
import type { AbsoluteRange } from '../../lib/time';
import { timeAxis, valueAxis } from './axes';
import { hueGradient, opacityGradient, schemeStops, valueGradient } from './gradients';
import { drawThresholdAreas, drawThresholdLines } from './thresholdMarks';

/** What a plot over time reads while it lives; it may change without the plot being made anew. */
export interface TimePlotInput {
  readonly chart: PreparedChart;
  readonly range: AbsoluteRange;
  readonly timeZone: string | undefined;
  readonly dark: boolean;
  /** Writes places on an axis of numbers; an axis of times without it. */
  readonly formatX?: ((value: number, decimals?: number) => string) | undefined;
}

type Options = Omit<uPlot.Options, 'width' | 'height'>;

/** Values farther away than this from the pointer are not meant by it. */
const REACH_PX = 24;

/** Changes when the plot must be made anew. */
export function timePlotShape({ chart, dark, timeZone }: TimePlotInput): string {
  const series = chart.series.map((entry) => [entry.series.name, entry.series.color, entry.shown, entry.scale, entry.series.style, entry.series.config.thresholds, entry.series.config.color, entry.series.config.decimals]);
  return JSON.stringify([series, chart.bands, dark, timeZone]);
}

/** The options of a plot over time; hooks of its surroundings are added by the caller. */
export function timePlotOptions(input: () => TimePlotInput): Options {
  const { chart, dark, timeZone, formatX } = input();
  const resolve = (color: string) => resolveColor(color, dark);
  const zone = () => input().timeZone;
  return {
    ms: 1,
    ...(timeZone === undefined ? {} : { tzDate: (ms: number) => zonedDate(ms, timeZone) }),
    padding: [8, chart.scales.length > 1 ? 0 : 12, 0, chart.scales.length === 0 || chart.scales[0]?.lead.style.axis.placement === 'hidden' ? 8 : 0],
    legend: { show: false },
    focus: { alpha: 1 },
    cursor: {
      drag: { x: true, y: false, setScale: false },
      focus: { prox: 30 },
      points: { size: 7, width: 1, stroke: (_, at) => withAlpha(chart.series[at - 1]?.series.color ?? '#888', 0.5), fill: (_, at) => chart.series[at - 1]?.series.color ?? '#888' },
      dataIdx: (u, at, index) => (at === 0 ? index : nearValue(u, at, index)) as number,
    },
    scales: { x: { time: formatX === undefined, range: () => [input().range.fromMs, input().range.toMs] }, ...Object.fromEntries(valueScales(input)) },
    axes: [formatX === undefined ? timeAxis({ dark }, zone) : { ...valueAxis({ dark }, (value, decimals) => (input().formatX ?? formatX)(value, decimals), 25), scale: 'x', side: 2 }, ...valueAxes(chart, dark)],
    bands: chart.bands.map((band): uPlot.Band => ({ series: [band.upper + 1, band.lower + 1], dir: band.direction, ...bandFill(chart, band.upper) })),
    series: [{}, ...chart.series.map((entry) => lineOf(entry, resolve))],
    hooks: {
      drawClear: [(u) => input().chart.scales.forEach((scale) => drawThresholdAreas(u, scale.key, scale.lead, resolve))],
      draw: [(u) => input().chart.scales.forEach((scale) => drawThresholdLines(u, scale.key, scale.lead, resolve))],
    },
  };
}

/** The data of the plot, times in milliseconds. */
export function timePlotData(chart: PreparedChart): uPlot.AlignedData {
  return [[...chart.times], ...chart.rows] as uPlot.AlignedData;
}

function zonedDate(ms: number, zone: string): Date {
  try {
    return uPlot.tzDate(new Date(ms), zone === 'utc' || zone === 'UTC' ? 'Etc/UTC' : zone);
  } catch {
    return new Date(ms); // A zone that this browser does not know.
  }
}

function nearValue(u: uPlot, at: number, index: number): number | null {
  const row = u.data[at] as readonly (number | null | undefined)[];
  const pixels = (place: number) => Math.abs(u.valToPos(u.data[0][place] ?? NaN, 'x') - (u.cursor.left ?? 0));
  return nearestValue(row, index, pixels, REACH_PX) ?? null;
}

function valueScales(input: () => TimePlotInput): [string, uPlot.Scale][] {
  const keys = [...new Set(input().chart.series.map((entry) => entry.scale))];
  return keys.map((key): [string, uPlot.Scale] => {
    const { scale } = input().chart.series.find((entry) => entry.scale === key)?.series.style ?? {};
    const distribution: uPlot.Scale = scale?.type === 'log' ? { distr: 3, log: scale.log } : scale?.type === 'symlog' ? { distr: 4, log: scale.log, asinh: scale.linearThreshold } : {};
    return [
      key,
      {
        ...distribution,
        range: (_, min, max) => {
          const rules = input().chart.scales.find((entry) => entry.key === key)?.rules;
          return (rules ? valueRange(rules, min as number | null, max as number | null) : [null, null]) as uPlot.Range.MinMax;
        },
      },
    ];
  });
}

/** The first automatic axis stands at the left, all others at the right. */
function valueAxes(chart: PreparedChart, dark: boolean): uPlot.Axis[] {
  let left = false;
  return chart.scales.flatMap((scale, at): uPlot.Axis[] => {
    const { axis } = scale.lead.style;
    if (axis.placement === 'hidden') {
      return [{ scale: scale.key, show: false, size: 0 }];
    }
    const onRight = axis.placement === 'right' || (axis.placement === 'auto' && left);
    left ||= !onRight;
    const color = axis.colorBySeries ? scale.lead.color : undefined;
    const base = valueAxis({ dark, grid: axis.grid ?? at === 0, border: axis.border, color, label: axis.label }, tickFormat(scale), axis.width);
    const steps = tickSteps(scale.lead.config.unit);
    return [{ ...base, scale: scale.key, side: onRight ? 1 : 3, ...(steps && scale.lead.style.scale.type === 'linear' ? { incrs: steps } : {}) }];
  });
}

function tickFormat({ lead, rules }: PreparedScale): (value: number, decimals: number | undefined) => string {
  if (rules.percent) {
    return (value, decimals) => {
      const shown = formatUnit(value, 'percentunit', lead.config.decimals ?? Math.max(0, (decimals ?? 0) - 2));
      return formatDisplay({ ...shown, text: lead.config.decimals === undefined ? trimZeros(shown.text) : shown.text });
    };
  }
  return (value, decimals) => formatDisplay(lead.display(value, lead.config.decimals ?? decimals));
}

function lineOf({ series, shown, scale }: PreparedSeries, resolve: (color: string) => string): uPlot.Series {
  const { style, color } = series;
  const points = style.drawStyle === 'points';
  const paths = pathsOf(series);
  return {
    label: series.name,
    scale,
    show: shown,
    width: style.lineWidth,
    stroke: points ? color : strokeOf(series, scale, resolve),
    ...fillOf(series, scale, resolve),
    ...(style.dash && !points ? { dash: [...style.dash], cap: style.dash[0] === 0 ? 'round' : 'butt' } : {}),
    spanGaps: style.spanNulls === true,
    ...(paths ? { paths } : {}),
    points: pointsOf(series),
  };
}

function pointsOf({ style, color }: ChartSeries): uPlot.Series.Points {
  const size = { size: style.pointSize, fill: color, stroke: color, width: 1 };
  switch (style.showPoints) {
    case 'always':
      return { ...size, show: true };
    case 'never':
      return { ...size, show: false };
    case 'auto':
      return style.drawStyle === 'bars' ? { ...size, show: false } : { ...size, filter: (u, at, show) => (show ? null : isolated(u.data[at] ?? [])) };
  }
}

/** Points without a neighbour, which a line alone would not show. */
function isolated(values: ArrayLike<number | null | undefined>): number[] | null {
  const places: number[] = [];
  let before: number | null | undefined = null;
  let beforeAt = -1;
  let beforeAlone = false;
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    if (value === undefined) continue;
    if (value !== null) {
      beforeAlone = before === null;
    } else if (before !== null && beforeAlone) {
      places.push(beforeAt);
    }
    before = value;
    beforeAt = at;
  }
  if (before !== null && beforeAlone) places.push(beforeAt);
  return places.length > 0 ? places : null;
}

const LINEAR = uPlot.paths.linear?.();
const SMOOTH = uPlot.paths.spline?.();
const STEP_BEFORE = uPlot.paths.stepped?.({ align: -1 });
const STEP_AFTER = uPlot.paths.stepped?.({ align: 1 });

function pathsOf({ style }: ChartSeries): uPlot.Series.PathBuilder | undefined {
  switch (style.drawStyle) {
    case 'points':
      return () => null;
    case 'bars':
      return uPlot.paths.bars?.({ size: [style.barWidthFactor, style.barMaxWidth ?? 200], align: style.barAlignment });
    case 'line':
      return { linear: LINEAR, smooth: SMOOTH, stepBefore: STEP_BEFORE, stepAfter: STEP_AFTER }[style.interpolation];
  }
}

/** Whether colours follow values along the line. */
function byValue(series: ChartSeries): boolean {
  const mode = series.config.color?.mode ?? '';
  return series.style.gradient === 'scheme' && (mode === 'thresholds' || mode.startsWith('continuous-'));
}

function strokeOf(series: ChartSeries, scale: string, resolve: (color: string) => string): uPlot.Series.Stroke {
  if (byValue(series)) {
    return (u) => {
      const { stops, hard } = schemeStops(u, scale, series, resolve);
      return valueGradient(u, scale, stops, hard);
    };
  }
  return series.style.gradient === 'hue' ? (u) => hueGradient(u, series.color, 1) : series.color;
}

function fillOf(series: ChartSeries, scale: string, resolve: (color: string) => string): { fill?: uPlot.Series.Fill } {
  const opacity = series.style.fillOpacity / 100;
  if (opacity === 0 || series.style.drawStyle === 'points') {
    return {};
  }
  if (byValue(series)) {
    return {
      fill: (u) => {
        const { stops, hard } = schemeStops(u, scale, series, resolve);
        return valueGradient(u, scale, stops.map((stop) => ({ ...stop, color: withAlpha(stop.color, opacity) })), hard);
      },
    };
  }
  switch (series.style.gradient) {
    case 'opacity':
      return { fill: (u) => opacityGradient(u, series.color, opacity) };
    case 'hue':
      return { fill: (u) => hueGradient(u, series.color, opacity) };
    default:
      return { fill: withAlpha(series.color, opacity) };
  }
}

/** The area of `fillBelowTo` has the opacity of its series, a third where that says none. */
function bandFill(chart: PreparedChart, upper: number): { fill?: string } {
  const series = chart.series[upper]?.series;
  if (!series || series.style.fillBelowTo === undefined || chart.stacked.has(upper)) {
    return {};
  }
  return { fill: withAlpha(series.color, (series.style.fillOpacity || 35) / 100) };
}
