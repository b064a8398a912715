import { fitFontSize, type MeasureText } from './textFit';

export interface BarGaugeInput {
  readonly width: number;
  readonly height: number;
  /** The bar stands upright. */
  readonly vertical: boolean;
  /** The longest of all names and values. */
  readonly name: string;
  readonly value: string;
  readonly namePlacement: 'auto' | 'top' | 'left' | 'hidden';
  readonly showValue: boolean;
  readonly nameSize: number | undefined;
  readonly valueSize: number | undefined;
}

/** How a bar, its value and its name share their box, in pixels. */
export interface BarGaugeLayout {
  readonly name: { readonly placement: 'above' | 'left' | 'below' | 'none'; readonly width: number; readonly height: number; readonly size: number };
  readonly value: { readonly width: number; readonly height: number; readonly size: number };
  readonly bar: { readonly width: number; readonly height: number };
}

const NAME_LINE_HEIGHT = 1.5;
const MIN_VALUE_HEIGHT = 18;
const MAX_VALUE_HEIGHT = 50;
const MIN_VALUE_WIDTH = 50;
const MAX_VALUE_WIDTH = 150;
const VALUE_PADDING = 10;
const MAX_VALUE_PX = 50;

export function barGaugeLayout(input: BarGaugeInput, measure: MeasureText): BarGaugeLayout {
  const name = nameBox(input, measure);
  if (input.vertical) {
    const valueHeight = input.showValue ? Math.min(Math.max(input.height * 0.1, MIN_VALUE_HEIGHT), MAX_VALUE_HEIGHT) : 0;
    return {
      name,
      value: { width: input.width, height: valueHeight, size: valueSize(input, input.width, valueHeight, measure) },
      bar: { width: input.width, height: Math.max(0, input.height - name.height - valueHeight) },
    };
  }
  const height = Math.max(1, input.height - name.height);
  const width = input.showValue ? Math.max(Math.min(input.width * 0.2, MAX_VALUE_WIDTH), MIN_VALUE_WIDTH) : 0;
  return {
    name,
    value: { width, height, size: valueSize(input, width - VALUE_PADDING, height, measure) },
    bar: { width: Math.max(0, input.width - width - name.width), height },
  };
}

function valueSize(input: BarGaugeInput, width: number, height: number, measure: MeasureText): number {
  return input.showValue ? (input.valueSize ?? fitFontSize(input.value, { width, height, lineHeight: 1, maxPx: MAX_VALUE_PX }, measure)) : 0;
}

function nameBox(input: BarGaugeInput, measure: MeasureText): BarGaugeLayout['name'] {
  if (input.name === '' || input.namePlacement === 'hidden') {
    return { placement: 'none', width: 0, height: 0, size: 0 };
  }
  if (input.vertical) {
    const size = input.nameSize ?? 14;
    return { placement: 'below', width: input.width, height: size * NAME_LINE_HEIGHT, size };
  }
  if (input.namePlacement === 'top' || (input.namePlacement === 'auto' && input.height > 40)) {
    const height = input.nameSize === undefined ? Math.max(Math.min(input.height * 0.45, MAX_VALUE_HEIGHT), 17) : input.nameSize * NAME_LINE_HEIGHT;
    return { placement: 'above', width: 0, height: Math.min(height, 24), size: input.nameSize ?? Math.min(16, height / NAME_LINE_HEIGHT) };
  }
  const size = input.nameSize ?? Math.min(14, Math.max(input.height * 0.6, MIN_VALUE_HEIGHT) / NAME_LINE_HEIGHT);
  return { placement: 'left', width: Math.min(measure(input.name, size) + 15, input.width * 0.5), height: 0, size };
}

/** Where a value stands between the ends, in [0, 1]. */
export function valueShare(value: number, min: number, max: number): number {
  return max <= min || Number.isNaN(value) ? 0 : Math.min(1, Math.max(0, (value - min) / (max - min)));
}

const CELL_PX = 12;
const CELL_GAP_PX = 2;

/** The cells of an LCD bar: how many, how long each is, and the value at which each one lights. */
export function lcdCells(lengthPx: number, min: number, max: number): { readonly sizePx: number; readonly gapPx: number; readonly values: readonly number[] } {
  const count = Math.max(1, Math.floor(lengthPx / CELL_PX));
  const sizePx = Math.max(1, Math.floor((lengthPx - CELL_GAP_PX * count) / count));
  return { sizePx, gapPx: CELL_GAP_PX, values: Array.from({ length: count }, (_, i) => min + ((max - min) / count) * i) };
}

export interface BarStop {
  readonly value: number;
  readonly color: string;
}

/**
 * The colours along a bar with their places in pixels from its foot: one blends into the next halfway between two
 * thresholds, and thresholds above the value have no part in it.
 */
export function gradientStops(stops: readonly BarStop[], value: number, min: number, max: number, lengthPx: number): { readonly color: string; readonly atPx: number | undefined }[] {
  let last = 0;
  return stops
    .filter((stop, i) => i === 0 || value >= stop.value)
    .map((stop, i) => {
      if (i === 0) {
        return { color: stop.color, atPx: undefined };
      }
      const at = valueShare(stop.value, min, max) * lengthPx;
      const middle = Math.round(at - (at - last) / 2);
      last = at;
      return { color: stop.color, atPx: middle };
    });
}
