/** Red, green and blue in [0, 255], opacity in [0, 1]. */
export interface Rgb {
  readonly r: number;
  readonly g: number;
  readonly b: number;
  readonly a: number;
}

const FUNCTION = /^(rgba?|hsla?)\(\s*([\d.]+)(?:deg)?[\s,]+([\d.]+)%?[\s,]+([\d.]+)%?(?:[\s,/]+([\d.]+)(%?))?\s*\)$/i;

/** Undefined for names and for what is no colour. */
export function parseColor(text: string): Rgb | undefined {
  const hex = /^#([0-9a-f]{3,8})$/i.exec(text.trim())?.[1];
  if (hex !== undefined) {
    return parseHex(hex);
  }
  const match = FUNCTION.exec(text.trim());
  if (!match) {
    return undefined;
  }
  const [, name = '', first, second, third, alpha, percent] = match;
  const values = [Number(first), Number(second), Number(third)] as const;
  const a = alpha === undefined ? 1 : Number(alpha) / (percent === '%' ? 100 : 1);
  return name.toLowerCase().startsWith('rgb') ? { r: values[0], g: values[1], b: values[2], a } : { ...fromHsl(values[0], values[1] / 100, values[2] / 100), a };
}

function parseHex(hex: string): Rgb | undefined {
  const long = hex.length === 3 || hex.length === 4 ? [...hex].map((digit) => digit + digit).join('') : hex;
  if (long.length !== 6 && long.length !== 8) {
    return undefined;
  }
  const at = (index: number) => Number.parseInt(long.slice(index * 2, index * 2 + 2), 16);
  return { r: at(0), g: at(1), b: at(2), a: long.length === 8 ? at(3) / 255 : 1 };
}

/** A text that a browser can only read as a colour: hexadecimal, `rgb()`, `hsl()`, a name, or one of our own variables. */
export function safeColor(text: string | undefined): string | undefined {
  const trimmed = text?.trim() ?? '';
  return parseColor(trimmed) !== undefined || /^[a-z]{3,24}$/i.test(trimmed) || /^var\(--[a-z0-9-]{1,60}\)$/i.test(trimmed) ? trimmed : undefined;
}

/** The nearer of black and white in contrast, by the luminance of WCAG 2.2. Undefined where the ground is not known. */
export function textOn(ground: string): string | undefined {
  const color = parseColor(ground);
  return color === undefined ? undefined : luminance(color) > 0.179 ? '#000000' : '#ffffff';
}

function luminance({ r, g, b }: Rgb): number {
  const linear = (value: number) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

/** Darker by `percent` points of lightness (lighter where negative) and turned by `degrees` of hue. */
export function shade(color: Rgb, percent: number, degrees: number): Rgb {
  const { h, s, l } = toHsl(color);
  return { ...fromHsl((h + degrees + 360) % 360, s, Math.min(1, Math.max(0, l - percent / 100))), a: color.a };
}

export function cssRgb({ r, g, b, a }: Rgb): string {
  const rounded = [r, g, b].map(Math.round).join(', ');
  return a >= 1 ? `rgb(${rounded})` : `rgba(${rounded}, ${a})`;
}

function toHsl({ r, g, b }: Rgb): { h: number; s: number; l: number } {
  const [red, green, blue] = [r / 255, g / 255, b / 255];
  const max = Math.max(red, green, blue);
  const min = Math.min(red, green, blue);
  const l = (max + min) / 2;
  if (max === min) {
    return { h: 0, s: 0, l };
  }
  const spread = max - min;
  const s = l > 0.5 ? spread / (2 - max - min) : spread / (max + min);
  const sixth = max === red ? (green - blue) / spread + (green < blue ? 6 : 0) : max === green ? (blue - red) / spread + 2 : (red - green) / spread + 4;
  return { h: sixth * 60, s, l };
}

function fromHsl(h: number, s: number, l: number): Rgb {
  const channel = (offset: number) => {
    const k = (offset + h / 30) % 12;
    return 255 * (l - s * Math.min(l, 1 - l) * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
  };
  return { r: channel(0), g: channel(8), b: channel(4), a: 1 };
}

/** White or nearly black: what panels stand on. */
const GROUND = { light: { r: 255, g: 255, b: 255, a: 1 }, dark: { r: 36, g: 36, b: 36, a: 1 } };
const CONTRAST_MIN = 4.5;

/** The colour, made darker or lighter until a text in it can be read on a panel (WCAG 2.2 AA). What is no hexadecimal or functional colour stays as it is. */
export function readableText(text: string, dark: boolean): string {
  let color = parseColor(text);
  if (color === undefined) {
    return text;
  }
  const ground = luminance(dark ? GROUND.dark : GROUND.light);
  for (let step = 0; step < 20 && contrast(luminance(color), ground) < CONTRAST_MIN; step++) {
    color = shade(color, dark ? -4 : 4, 0);
  }
  return cssRgb(color);
}

function contrast(a: number, b: number): number {
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}
