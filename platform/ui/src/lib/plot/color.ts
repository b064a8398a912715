/** Red, green and blue in [0, 255], opacity in [0, 1]. */
export interface Rgb {
  readonly r: number;
  readonly g: number;
  readonly b: number;
  readonly a: number;
}

/** Reads `#rgb`, `#rrggbb`, `#rrggbbaa`, `rgb()` and `rgba()`; undefined for other colours. */
export function parseColor(color: string): Rgb | undefined {
  const text = color.trim();
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(text);
  const hex = short ? `${short[1]}${short[1]}${short[2]}${short[2]}${short[3]}${short[3]}` : /^#([0-9a-f]{6}(?:[0-9a-f]{2})?)$/i.exec(text)?.[1];
  if (hex) {
    const part = (at: number) => parseInt(hex.slice(at, at + 2), 16);
    return { r: part(0), g: part(2), b: part(4), a: hex.length === 8 ? part(6) / 255 : 1 };
  }
  const numbers = /^rgba?\(([\d.,%\s/]+)\)$/.exec(text)?.[1]?.split(/[\s,/]+/).filter((entry) => entry !== '').map(Number.parseFloat);
  const [r, g, b, a = 1] = numbers ?? [];
  return r === undefined || g === undefined || b === undefined ? undefined : { r, g, b, a };
}

function css({ r, g, b, a }: Rgb): string {
  const whole = (n: number) => Math.round(Math.min(255, Math.max(0, n)));
  return a >= 1 ? `rgb(${whole(r)}, ${whole(g)}, ${whole(b)})` : `rgba(${whole(r)}, ${whole(g)}, ${whole(b)}, ${Math.round(a * 1000) / 1000})`;
}

/** The colour with that opacity. */
export function withAlpha(color: string, alpha: number): string {
  const rgb = parseColor(color);
  return rgb ? css({ ...rgb, a: alpha * rgb.a }) : `color-mix(in srgb, ${color} ${Math.round(alpha * 100)}%, transparent)`;
}

/** Turns the hue by degrees and makes the colour lighter (positive) or darker (negative), both in HSL; by percent of lightness. */
export function adjust(color: string, change: { readonly hue?: number; readonly lightness?: number }): string {
  const rgb = parseColor(color);
  if (!rgb) {
    return color;
  }
  const { h, s, l } = toHsl(rgb);
  return css({ ...fromHsl((((h + (change.hue ?? 0)) % 360) + 360) % 360, s, Math.min(1, Math.max(0, l + (change.lightness ?? 0) / 100))), a: rgb.a });
}

/** Between two colours, `share` of the way in [0, 1]. */
export function mix(from: string, to: string, share: number): string {
  const [a, b] = [parseColor(from), parseColor(to)];
  if (!a || !b) {
    return share < 0.5 ? from : to;
  }
  const between = (x: number, y: number) => x + (y - x) * share;
  return css({ r: between(a.r, b.r), g: between(a.g, b.g), b: between(a.b, b.b), a: between(a.a, b.a) });
}

const LIGHT_TEXT = '#ffffff';
const DARK_TEXT = '#1b1c1f';

/** Black or white, whichever is easier to read on all the grounds (the ends of a gradient); white where it is good enough. */
export function textColorOn(...grounds: readonly string[]): string {
  const known = grounds.map(parseColor).filter((ground) => ground !== undefined);
  const worst = (text: number) => Math.min(...known.map((ground) => contrast(text, luminance(ground))));
  const white = worst(1);
  return white >= 4.5 || white >= worst(luminance({ r: 27, g: 28, b: 31, a: 1 })) ? LIGHT_TEXT : DARK_TEXT;
}

const GROUNDS = { light: '#ffffff', dark: '#242424' };
const LARGE_TEXT_PX = 24;

/** The colour, made darker or lighter as far as it takes to read a text of that size in it on a card (WCAG 2.2 AA). */
export function readableText(color: string, dark: boolean, sizePx: number): string {
  const ground = parseColor(dark ? GROUNDS.dark : GROUNDS.light);
  const wanted = sizePx >= LARGE_TEXT_PX ? 3 : 4.5;
  let readable = color;
  for (let step = 0; step < 40; step++) {
    const rgb = parseColor(readable);
    if (!rgb || !ground || contrast(luminance(rgb), luminance(ground)) >= wanted) {
      return readable;
    }
    readable = adjust(readable, { lightness: dark ? 2.5 : -2.5 });
  }
  return readable;
}

/** Relative luminance and contrast ratio as WCAG 2.2 defines them. */
function luminance({ r, g, b }: Rgb): number {
  const linear = (channel: number) => (channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

function contrast(a: number, b: number): number {
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function toHsl({ r, g, b }: Rgb): { h: number; s: number; l: number } {
  const [red, green, blue] = [r / 255, g / 255, b / 255];
  const max = Math.max(red, green, blue);
  const min = Math.min(red, green, blue);
  const l = (max + min) / 2;
  const d = max - min;
  if (d === 0) {
    return { h: 0, s: 0, l };
  }
  const s = l > 0.5 ? d / (2 - max - min) : d / (max + min);
  const h = max === red ? (green - blue) / d + (green < blue ? 6 : 0) : max === green ? (blue - red) / d + 2 : (red - green) / d + 4;
  return { h: h * 60, s, l };
}

function fromHsl(h: number, s: number, l: number): Rgb {
  const channel = (n: number) => {
    const k = (n + h / 30) % 12;
    return 255 * (l - s * Math.min(l, 1 - l) * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
  };
  return { r: channel(0), g: channel(8), b: channel(4), a: 1 };
}
