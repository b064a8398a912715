import type { Field } from '../frame/frame';
import { CLASSIC_PALETTE, FALLBACK_COLOR, parseRgb, readablePalette, resolveColor, toHex, type Rgb } from './colors';
import type { FieldConfig } from './fieldConfig';
import { reduceNumber } from './reducers';
import { colorRamp } from './schemes';
import { activeThreshold } from './thresholds';

/** Where the values of a field lie; `min` and `max` are null where no value is known. */
export interface ValueRange {
  readonly min: number | null;
  readonly max: number | null;
}

/** A colour and the share in [0, 1] at which the value stands between min and max. */
export interface ScaledColor {
  readonly color: string;
  readonly percent: number;
}

/** What colours of a field depend on. */
export interface ColorInput {
  readonly field: Field;
  readonly config: FieldConfig;
  readonly title: string;
  readonly seriesIndex: number;
  readonly range: ValueRange;
  readonly dark: boolean;
}

/** How values of a field are coloured. -Infinity stands for a value that is no number. */
export function colorScale(input: ColorInput): (value: number) => ScaledColor {
  const { config, range, dark } = input;
  const mode = config.color?.mode ?? 'thresholds';
  const ramp = colorRamp(mode, dark);
  if (input.field.type === 'boolean') {
    const [no, yes] = ramp ? [ramp(0), ramp(1)] : [resolveColor('red', dark), resolveColor('green', dark)];
    return (value) => (value && value !== -Infinity ? { color: yes, percent: 1 } : { color: no, percent: 0 });
  }
  const min = range.min ?? 0;
  const delta = (range.max ?? 0) - min;
  const share = (value: number): number => {
    const percent = value === -Infinity ? 0 : (value - min) / delta;
    return Number.isNaN(percent) ? 0 : percent;
  };
  const fixed = fixedColor(input);
  return (value) => {
    const percent = share(value);
    const color = fixed ?? ramp?.(percent) ?? resolveColor(activeThreshold(config.thresholds, value, percent).color, dark);
    return { color, percent: Math.min(1, Math.max(0, percent)) };
  };
}

/** The colour of lines and legends: of the series, or of the value that `seriesBy` names where colours follow values. */
export function seriesColor(input: ColorInput, scale: (value: number) => ScaledColor): string {
  return fixedColor(input) ?? scale(reduceNumber(input.field, input.config.color?.seriesBy ?? 'last') ?? 0).color;
}

/** Whether colours of this mode follow the values. */
export function isColorByValue(mode: string | undefined): boolean {
  return mode === undefined || !['fixed', 'shades', 'palette-classic', 'palette-classic-by-name'].includes(mode);
}

/** The colour of modes that do not look at values. */
function fixedColor({ config, dark, seriesIndex, title }: ColorInput): string | undefined {
  const base = config.color?.fixedColor ?? FALLBACK_COLOR;
  switch (config.color?.mode) {
    case 'fixed':
      return resolveColor(base, dark);
    case 'shades':
      return shade(resolveColor(base, dark), seriesIndex);
    case 'palette-classic':
      return resolveColor(CLASSIC_PALETTE[seriesIndex % CLASSIC_PALETTE.length], dark);
    case 'palette-classic-by-name': {
      const palette = dark ? READABLE.dark : READABLE.light;
      return palette[hash(title) % palette.length];
    }
    default:
      return undefined;
  }
}

const READABLE = { dark: readablePalette(true), light: readablePalette(false) };

/** The hash by which Grafana chooses colours of names (Bernstein's, from the end), unsigned. */
function hash(text: string): number {
  let value = 5381;
  for (let i = text.length - 1; i >= 0; i--) {
    value = (value * 33) ^ text.charCodeAt(i);
  }
  return value >>> 0;
}

const SHADES = 6;

/** The colour itself, then in turn brighter and darker ones whose hue moves a little to either side. */
function shade(color: string, index: number): string {
  const rgb = parseRgb(color);
  const place = index % (SHADES * 2 - 1);
  if (rgb === undefined || place === 0) {
    return color;
  }
  const amount = Math.ceil(place / 2) / SHADES;
  if (place % 2 === 1) {
    const [h, s, l] = toHsl(rgb);
    const brighter = 255 * amount * 0.35;
    const [r, g, b] = fromHsl(h + amount * 10, s, l).map(Math.round) as unknown as Rgb;
    return toHex([r + brighter, g + brighter, b + brighter]);
  }
  const [h, s, l] = toHsl(rgb);
  return toHex(fromHsl(h - amount * 10, s, Math.max(0, l - amount * 0.35)));
}

/** Hue in degrees, saturation and lightness in [0, 1]. */
function toHsl([red, green, blue]: Rgb): Rgb {
  const [r, g, b] = [red / 255, green / 255, blue / 255];
  const max = Math.max(r, g, b);
  const min = Math.min(r, g, b);
  const l = (max + min) / 2;
  const d = max - min;
  if (d === 0) {
    return [0, 0, l];
  }
  const s = l > 0.5 ? d / (2 - max - min) : d / (max + min);
  const sector = max === r ? (g - b) / d + (g < b ? 6 : 0) : max === g ? (b - r) / d + 2 : (r - g) / d + 4;
  return [sector * 60, s, l];
}

function fromHsl(hue: number, s: number, l: number): Rgb {
  const a = s * Math.min(l, 1 - l);
  const channel = (n: number): number => {
    const k = (n + (((hue % 360) + 360) % 360) / 30) % 12;
    return 255 * (l - a * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
  };
  return [channel(0), channel(8), channel(4)];
}
