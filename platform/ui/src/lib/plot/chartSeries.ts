import type { DisplayValue, FieldConfig, ShownField, ShownFrame } from '../field/fieldConfig';
import { timeField } from '../frame/frame';
import { alignPoints, bridgeGaps, insertGaps, type Points } from './align';
import { rangeRules, scaleKey, type RangeRules } from './scale';
import { stackRows, type StackGroup } from './stack';
import { seriesStyle, type SeriesStyle } from './style';
import { isShown, type Shown } from './visibility';

/** A line, a set of bars or of points in a chart over time. */
export interface ChartSeries {
  /** What legends and tooltips call it. */
  readonly name: string;
  readonly color: string;
  readonly points: Points;
  readonly style: SeriesStyle;
  readonly config: FieldConfig;
  readonly display: (value: unknown, decimals?: number) => DisplayValue;
  /** Where it comes from: for links and calculations. */
  readonly source: { readonly frame: ShownFrame; readonly field: ShownField } | undefined;
}

/** Series of all number and boolean fields that have a time beside them. */
export function chartSeries(frames: readonly ShownFrame[]): ChartSeries[] {
  return frames.flatMap((frame) => {
    const time = frame.fields.find((field) => field.type === 'time');
    if (!time) {
      return [];
    }
    const times = time.values.map((value) => (typeof value === 'number' ? value : NaN));
    const step = time.config.interval ?? timeField(frame)?.config.interval ?? frame.meta?.stepMs;
    return frame.fields
      .filter((field) => field.type === 'number' || field.type === 'boolean')
      .map((field): ChartSeries => {
        const read = seriesStyle(field.config.custom);
        const style = field.type === 'boolean' && read.interpolation !== 'stepBefore' ? { ...read, interpolation: 'stepAfter' as const } : read;
        const points = insertGaps({ times, values: field.values.map(read.scale.type === 'log' ? positive : plotted) }, style.insertNullsMs ?? step ?? 0);
        return { name: field.title, color: field.color, points, style, config: field.config, display: field.display, source: { frame, field } };
      });
  });
}

/** What can be drawn of a value: infinities and NaN are gaps. */
function plotted(value: unknown): number | null {
  if (typeof value === 'boolean') {
    return value ? 1 : 0;
  }
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** A logarithmic scale has no place for what is not above zero. */
function positive(value: unknown): number | null {
  const number = plotted(value);
  return number !== null && number > 0 ? number : null;
}

export interface PreparedSeries {
  readonly series: ChartSeries;
  readonly shown: boolean;
  readonly scale: string;
}

export interface PreparedScale {
  readonly key: string;
  readonly rules: RangeRules;
  /** The first series of the scale, whose settings its axis has. */
  readonly lead: ChartSeries;
}

/** Areas between two series, by their places. */
export interface PreparedBand {
  readonly upper: number;
  readonly lower: number;
  /** -1: the area below the upper one; 1: above it. */
  readonly direction: 1 | -1;
}

/** Series joined on one axis of times and stacked: what a chart draws. */
export interface PreparedChart {
  readonly times: readonly number[];
  /** As they are drawn. */
  readonly rows: readonly (readonly (number | null | undefined)[])[];
  /** As they are written in tooltips: not stacked, not turned over. */
  readonly values: readonly (readonly (number | null | undefined)[])[];
  readonly series: readonly PreparedSeries[];
  readonly scales: readonly PreparedScale[];
  readonly bands: readonly PreparedBand[];
  /** Series that stand on another one, by their places. */
  readonly stacked: ReadonlySet<number>;
}

export function prepareChart(all: readonly ChartSeries[], chosen: Shown): PreparedChart {
  const series = all.map((entry): PreparedSeries => ({ series: entry, shown: isShown(chosen, entry.name, entry.style.hide.viz), scale: scaleKey(entry.config, entry.style) }));
  const aligned = alignPoints(all.map((entry) => entry.points));
  const values = aligned.rows.map((row, at) => bridged(aligned.times, row, all[at]?.style.spanNulls));
  const transformed = values.map((row, at) => transform(row, all[at]?.style.transform ?? 'none'));
  const { rows, groups } = stackRows(
    transformed.map((row, at) => ({
      row,
      hidden: !(series[at]?.shown ?? false),
      mode: all[at]?.style.stacking.mode ?? 'none',
      key: `${all[at]?.style.stacking.group}|${series[at]?.scale}|${all[at]?.style.drawStyle}|${all[at]?.style.interpolation}`,
    })),
  );
  return {
    times: aligned.times,
    rows,
    values,
    series,
    scales: scalesOf(series),
    bands: [...stackBands(groups), ...belowBands(series)],
    stacked: new Set(groups.flatMap((group) => group.members.slice(1))),
  };
}

function bridged(times: readonly number[], row: readonly (number | null | undefined)[], spanNulls: boolean | number | undefined): readonly (number | null | undefined)[] {
  return typeof spanNulls === 'number' ? bridgeGaps(times, row, spanNulls) : row;
}

function transform(row: readonly (number | null | undefined)[], kind: SeriesStyle['transform']): readonly (number | null | undefined)[] {
  switch (kind) {
    case 'none':
      return row;
    case 'negative-Y':
      return row.map((value) => (value === null || value === undefined ? value : -value));
    case 'constant': {
      const first = row.find((value) => value !== undefined) ?? null;
      return row.map(() => first);
    }
  }
}

/** In the order of the series; a scale whose series are all hidden has no axis. */
function scalesOf(series: readonly PreparedSeries[]): PreparedScale[] {
  const scales = new Map<string, PreparedScale>();
  for (const entry of series) {
    if (entry.shown && !scales.has(entry.scale)) {
      scales.set(entry.scale, { key: entry.scale, rules: rangeRules(entry.series.config, entry.series.style), lead: entry.series });
    }
  }
  return [...scales.values()];
}

function stackBands(groups: readonly StackGroup[]): PreparedBand[] {
  return groups.flatMap((group) =>
    group.members.slice(1).map((member, at): PreparedBand => ({ upper: member, lower: group.members[at] ?? member, direction: group.direction === 1 ? -1 : 1 })),
  );
}

function belowBands(series: readonly PreparedSeries[]): PreparedBand[] {
  return series.flatMap((entry, upper): PreparedBand[] => {
    const name = entry.series.style.fillBelowTo;
    const lower = name === undefined ? -1 : series.findIndex((other) => other.series.name === name || other.series.source?.field.name === name);
    return lower < 0 || lower === upper || !entry.shown || !series[lower]?.shown ? [] : [{ upper, lower, direction: -1 }];
  });
}
