import uPlot from 'uplot';
import type { FieldConfig } from '../field/fieldConfig';
import type { ScaleStyle, SeriesStyle } from './style';

/** What decides how far a value axis reaches. */
export interface RangeRules {
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly softMin: number | undefined;
  readonly softMax: number | undefined;
  readonly centeredZero: boolean;
  readonly decimals: number | undefined;
  readonly scale: ScaleStyle;
  readonly percent: boolean;
}

/** Series of one key share a scale and an axis: those of one unit, range, placement, distribution and label. */
export function scaleKey(config: FieldConfig, style: SeriesStyle): string {
  const { axis, scale } = style;
  const distribution = scale.type === 'linear' ? 'linear' : `${scale.type}${scale.log}`;
  return [config.unit ?? '', config.min ?? '', config.max ?? '', axis.softMin ?? '', axis.softMax ?? '', axis.placement, distribution, axis.label].join('/');
}

export function rangeRules(config: FieldConfig, style: SeriesStyle): RangeRules {
  const { softMin, softMax, centeredZero } = style.axis;
  return { min: config.min, max: config.max, softMin, softMax, centeredZero, decimals: config.decimals, scale: style.scale, percent: style.stacking.mode === 'percent' };
}

/**
 * The ends of a value axis, as Grafana chooses them: a tenth of the data's spread is added at each end, zero is taken in
 * where the data come near it, and soft ends hold until data pass them. Null where there is nothing to show.
 */
export function valueRange(rules: RangeRules, dataMin: number | null, dataMax: number | null): [number | null, number | null] {
  const { min, max, scale } = rules;
  if (rules.percent) {
    return [min ?? ((dataMin ?? 0) < 0 ? -1 : 0), max ?? ((dataMax ?? 1) > 0 ? 1 : 0)];
  }
  if (dataMin === null || dataMax === null) {
    return min !== undefined && max !== undefined && min < max ? [min, max] : emptyRange(rules);
  }
  const [low, high] = rules.centeredZero && scale.type !== 'log' ? centered(dataMin, dataMax) : [dataMin, dataMax];
  const [from, to] = spread(rules, min ?? low, max ?? high);
  const ends = rules.decimals === 0 ? [Math.floor(from), Math.ceil(to)] : [from, to];
  const [start, end] = [min ?? ends[0] ?? 0, max ?? ends[1] ?? 0];
  return start < end ? [start, end] : [scale.type === 'log' ? 1 : 0, 100];
}

/** An axis without data reaches over what is said of it. */
function emptyRange({ min, max, softMin, softMax }: RangeRules): [number | null, number | null] {
  const from = min ?? softMin;
  const to = max ?? softMax;
  return from === undefined && to === undefined ? [null, null] : (from ?? 0) < (to ?? 100) ? [from ?? 0, to ?? 100] : [0, 100];
}

function centered(low: number, high: number): [number, number] {
  const reach = Math.max(Math.abs(low), Math.abs(high));
  return [-reach, reach];
}

function spread(rules: RangeRules, low: number, high: number): [number, number] {
  const { scale } = rules;
  if (scale.type === 'log') {
    const [from, to] = uPlot.rangeLog(Math.max(low, Number.MIN_VALUE), Math.max(high, Number.MIN_VALUE), scale.log, true);
    return [from ?? 1, to ?? 100];
  }
  if (scale.type === 'symlog') {
    const [from, to] = uPlot.rangeAsinh(low, high, scale.log, true);
    return [from ?? 0, to ?? 100];
  }
  const [from, to] = uPlot.rangeNum(low, high, {
    min: { pad: 0.1, hard: rules.min ?? -Infinity, soft: rules.softMin ?? 0, mode: rules.softMin === undefined ? 3 : 1 },
    max: { pad: 0.1, hard: rules.max ?? Infinity, soft: rules.softMax ?? 0, mode: rules.softMax === undefined ? 3 : 1 },
  });
  return [from ?? 0, to ?? 100];
}
