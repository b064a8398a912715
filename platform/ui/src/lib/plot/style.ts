import { array, boolean, number, object, optionalNumber, optionalString, string, type Json } from '../json';

export type StackingMode = 'none' | 'normal' | 'percent';
export type AxisPlacement = 'auto' | 'left' | 'right' | 'hidden';
export type ScaleType = 'linear' | 'log' | 'symlog';

export interface AxisStyle {
  readonly placement: AxisPlacement;
  readonly label: string;
  readonly width: number | undefined;
  readonly softMin: number | undefined;
  readonly softMax: number | undefined;
  readonly centeredZero: boolean;
  /** Undefined: lines for the first axis only. */
  readonly grid: boolean | undefined;
  readonly border: boolean;
  readonly colorBySeries: boolean;
}

export interface ScaleStyle {
  readonly type: ScaleType;
  readonly log: 2 | 10;
  readonly linearThreshold: number;
}

/** How the series of one field is drawn: what charts add to a field's configuration (`fieldConfig.custom`). */
export interface SeriesStyle {
  readonly drawStyle: 'line' | 'bars' | 'points';
  readonly interpolation: 'linear' | 'smooth' | 'stepBefore' | 'stepAfter';
  readonly lineWidth: number;
  readonly dash: readonly number[] | undefined;
  /** In percent. */
  readonly fillOpacity: number;
  readonly gradient: 'none' | 'opacity' | 'hue' | 'scheme';
  readonly showPoints: 'auto' | 'always' | 'never';
  readonly pointSize: number;
  /** True: every gap is bridged; a number: gaps shorter than so many milliseconds. */
  readonly spanNulls: boolean | number;
  /** Points farther apart than so many milliseconds are not joined. */
  readonly insertNullsMs: number | undefined;
  readonly barAlignment: -1 | 0 | 1;
  readonly barWidthFactor: number;
  readonly barMaxWidth: number | undefined;
  readonly stacking: { readonly mode: StackingMode; readonly group: string };
  readonly axis: AxisStyle;
  readonly scale: ScaleStyle;
  readonly thresholds: 'off' | 'line' | 'dashed' | 'area' | 'line+area' | 'dashed+area';
  readonly transform: 'none' | 'constant' | 'negative-Y';
  readonly fillBelowTo: string | undefined;
  readonly hide: { readonly viz: boolean; readonly legend: boolean; readonly tooltip: boolean };
}

function oneOf<T extends string>(value: unknown, choices: readonly T[], fallback: T): T {
  return choices.find((choice) => choice === value) ?? fallback;
}

/** Reads `fieldConfig.custom`; what is absent or unknown is as in Grafana's own defaults. */
export function seriesStyle(custom: Json | undefined): SeriesStyle {
  const json = custom ?? {};
  const drawStyle = oneOf(json['drawStyle'], ['line', 'bars', 'points'], 'line');
  const insertNulls = json['insertNulls'];
  return {
    drawStyle,
    interpolation: oneOf(json['lineInterpolation'], ['linear', 'smooth', 'stepBefore', 'stepAfter'], 'linear'),
    lineWidth: drawStyle === 'points' ? 0 : Math.max(0, number(json['lineWidth'], 1)),
    dash: dashOf(object(json['lineStyle'])),
    fillOpacity: Math.min(100, Math.max(0, number(json['fillOpacity'], 0))),
    gradient: oneOf(json['gradientMode'], ['none', 'opacity', 'hue', 'scheme'], 'none'),
    showPoints: drawStyle === 'points' ? 'always' : oneOf(json['showPoints'], ['auto', 'always', 'never'], 'auto'),
    pointSize: Math.max(1, number(json['pointSize'], 5)),
    spanNulls: typeof json['spanNulls'] === 'number' ? json['spanNulls'] : boolean(json['spanNulls'], false),
    insertNullsMs: typeof insertNulls === 'number' && insertNulls > 0 ? insertNulls : undefined,
    barAlignment: json['barAlignment'] === -1 ? -1 : json['barAlignment'] === 1 ? 1 : 0,
    barWidthFactor: Math.min(1, Math.max(0.05, number(json['barWidthFactor'], 0.6))),
    barMaxWidth: optionalNumber(json['barMaxWidth']),
    stacking: {
      mode: oneOf(object(json['stacking'])['mode'], ['none', 'normal', 'percent'], 'none'),
      group: string(object(json['stacking'])['group'], 'A'),
    },
    axis: axisStyle(json),
    scale: scaleStyle(object(json['scaleDistribution'])),
    thresholds: oneOf(object(json['thresholdsStyle'])['mode'], ['off', 'line', 'dashed', 'area', 'line+area', 'dashed+area'], 'off'),
    transform: oneOf(json['transform'], ['none', 'constant', 'negative-Y'], 'none'),
    fillBelowTo: optionalString(json['fillBelowTo']),
    hide: hideFrom(json),
  };
}

/** Where a field is not shown. */
export function hideFrom(custom: Json | undefined): SeriesStyle['hide'] {
  const json = object(custom?.['hideFrom']);
  return { viz: boolean(json['viz'], false), legend: boolean(json['legend'], false), tooltip: boolean(json['tooltip'], false) };
}

export function axisStyle(json: Json): AxisStyle {
  return {
    placement: oneOf(json['axisPlacement'], ['auto', 'left', 'right', 'hidden'], 'auto'),
    label: string(json['axisLabel']),
    width: optionalNumber(json['axisWidth']),
    softMin: optionalNumber(json['axisSoftMin']),
    softMax: optionalNumber(json['axisSoftMax']),
    centeredZero: boolean(json['axisCenteredZero'], false),
    grid: typeof json['axisGridShow'] === 'boolean' ? json['axisGridShow'] : undefined,
    border: boolean(json['axisBorderShow'], false),
    colorBySeries: json['axisColorMode'] === 'series',
  };
}

export function scaleStyle(json: Json): ScaleStyle {
  return {
    type: oneOf(json['type'], ['linear', 'log', 'symlog'], 'linear'),
    log: json['log'] === 10 ? 10 : 2,
    linearThreshold: Math.max(Number.MIN_VALUE, number(json['linearThreshold'], 1)),
  };
}

function dashOf(lineStyle: Json): readonly number[] | undefined {
  const lengths = array(lineStyle['dash']).filter((length): length is number => typeof length === 'number' && length >= 0);
  switch (lineStyle['fill']) {
    case 'dash':
      return lengths.length > 0 ? lengths : [10, 10];
    case 'dot':
      return lengths.length > 0 ? lengths : [0, 10];
    case 'square':
      return lengths.length > 0 ? lengths : [10, 10];
    default:
      return undefined;
  }
}
