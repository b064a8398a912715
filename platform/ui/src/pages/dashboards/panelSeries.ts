import { paletteColor } from '../../components/palette';
import type { Panel } from '../../lib/dashboard';
import type { Grid } from '../../lib/frames';
import type { Labels } from '../../lib/labels';
import { legends } from '../../lib/legend';
import { mapValue, overrideFor } from '../../lib/panelField';
import { reduce, type Reducer } from '../../lib/reduce';
import { cssColor, thresholdColor } from '../../lib/thresholds';
import { formatValue } from '../../lib/units';
import type { PanelResult } from './usePanelData';

/** A series of a panel with its name, colour and way of writing numbers settled. */
export interface PanelSeries {
  readonly name: string;
  readonly refId: string;
  readonly labels: Labels;
  readonly color: string;
  readonly unit: string;
  readonly decimals: number | undefined;
  readonly negative: boolean;
  readonly grid: Grid;
  readonly values: readonly (number | null)[];
}

export function panelSeries(panel: Panel, results: readonly PanelResult[]): PanelSeries[] {
  const all = results.flatMap(({ query, frame }) => {
    const names = legends(query.legendFormat, frame.series.map((series) => series.labels), query.expr);
    return frame.series.map((series, i) => ({ query, frame, series, name: names[i] ?? query.expr }));
  });
  return all.map(({ query, frame, series, name }, index) => {
    const override = overrideFor(panel.field, name, query.refId);
    return {
      name: override.displayName ?? name,
      refId: query.refId,
      labels: series.labels,
      color: cssColor(override.color ?? (panel.field.color.kind === 'fixed' ? panel.field.color.color : paletteColor(index))),
      unit: override.unit ?? panel.field.unit,
      decimals: override.decimals ?? panel.field.decimals,
      negative: override.negative,
      grid: frame.grid,
      values: series.values,
    };
  });
}

/** One value of a series as it is shown: its text after mappings, and its colour where thresholds or mappings give one. */
export interface ShownValue {
  readonly value: number | null;
  readonly text: string;
  readonly color: string | undefined;
}

export function shownValue(panel: Panel, series: PanelSeries, reducer: Reducer): ShownValue {
  const value = reduce(series.values, reducer) ?? lastNaN(series.values);
  const mapped = mapValue(panel.field, value);
  const color = mapped?.color ?? thresholdColor(panel.field.thresholds, value, panel.field.min, panel.field.max);
  const none = value === null ? panel.field.noValue : undefined;
  return {
    value,
    text: mapped?.text || none || formatValue(value, series.unit, { decimals: series.decimals }),
    color: color === undefined ? undefined : cssColor(color),
  };
}

/** A series of nothing but NaN shows that it is one. */
function lastNaN(values: readonly (number | null)[]): number | null {
  return values.some((value) => value !== null && Number.isNaN(value)) ? NaN : null;
}
