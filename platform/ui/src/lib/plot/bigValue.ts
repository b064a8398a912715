import { fitFontSize, type MeasureText } from './textFit';

export interface BigValueInput {
  readonly width: number;
  readonly height: number;
  /** The longest texts of all tiles, so that they have one size; the name is '' where none is shown. */
  readonly name: string;
  readonly value: string;
  readonly sparkline: boolean;
  /** Below the value, in two fifths of its size. */
  readonly percentChange?: boolean;
  readonly wide: boolean;
  readonly nameSize: number | undefined;
  readonly valueSize: number | undefined;
}

/** How a tile with one large value is laid out, all in pixels. */
export interface BigValueLayout {
  /** `row`: name and value beside each other. */
  readonly direction: 'row' | 'column';
  readonly padding: number;
  readonly nameSize: number;
  readonly valueSize: number;
  /** 0 without a sparkline. */
  readonly chartHeight: number;
}

export const BIG_VALUE_LINE_HEIGHT = 1.2;
const MAX_NAME_PX = 30;
/** Smaller letters cannot be read; longer names are cut. */
const MIN_NAME_PX = 12;
export const BIG_VALUE_WEIGHT = 500;

/** The four layouts of Grafana's stat panel: wide or stacked, with a sparkline or without. */
export function bigValueLayout(input: BigValueInput, measure: MeasureText): BigValueLayout {
  const padding = input.height > 100 ? 12 : 8;
  const wide = input.wide && input.width / input.height > 2.5;
  const chart = input.sparkline && input.height > (wide ? 50 : 100);
  const sized = (layout: Omit<BigValueLayout, 'padding'>): BigValueLayout => ({ ...layout, padding });
  const text = { width: input.width - 2 * padding, height: input.height - 2 * padding };
  const value = (width: number, height: number) =>
    input.valueSize ?? (input.value === '' ? 14 : fitFontSize(input.value, { width, height, lineHeight: BIG_VALUE_LINE_HEIGHT, weight: BIG_VALUE_WEIGHT }, measure));
  const name = (width: number, height: number) => input.nameSize ?? (input.name === '' ? 0 : Math.max(MIN_NAME_PX, fitFontSize(input.name, { width, height, lineHeight: BIG_VALUE_LINE_HEIGHT, maxPx: MAX_NAME_PX }, measure)));
  /** A name that was not given a size stays smaller than its value. */
  const smaller = (nameSize: number, valueSize: number) => (input.nameSize === undefined ? Math.min(Math.max(valueSize * 0.7, MIN_NAME_PX), nameSize) : nameSize);
  if (wide && chart) {
    const nameSize = name(text.width * 0.6, text.height * 0.4);
    return sized({ direction: 'row', nameSize, valueSize: value(text.width * (input.name === '' ? 1 : 0.4), text.height * 0.5), chartHeight: input.height * 0.5 });
  }
  if (wide) {
    const valueSize = value(text.width * (input.name === '' ? 1 : 0.3), text.height);
    return sized({ direction: 'row', nameSize: smaller(name(text.width * 0.6, text.height), valueSize), valueSize, chartHeight: 0 });
  }
  const nameSize = name(text.width, input.height * 0.15);
  const nameHeight = nameSize * BIG_VALUE_LINE_HEIGHT;
  const valueSize = value(text.width, text.height - nameHeight - (chart ? input.height * 0.25 : 0));
  const settled = smaller(nameSize, valueSize);
  return sized({
    direction: 'column',
    nameSize: settled,
    valueSize,
    // The sparkline takes what is left.
    chartHeight: chart ? Math.max(0, input.height - (settled + valueSize + (input.percentChange ? Math.max(12, valueSize / 2.5) : 0)) * BIG_VALUE_LINE_HEIGHT - padding) : 0,
  });
}
