/** Colours under the names that Grafana's dashboards use, in their light and dark shades. */

const HUES = ['red', 'orange', 'yellow', 'green', 'blue', 'purple'] as const;
const SHADES = ['super-light-', 'light-', '', 'semi-dark-', 'dark-'] as const;

/** Each hue in the order of the shades; light mode starts one shade darker and ends with one of its own. */
const RAMPS: Readonly<Record<(typeof HUES)[number], readonly string[]>> = {
  red: ['#FFA6B0', '#FF7383', '#F2495C', '#E02F44', '#C4162A', '#AD0317'],
  orange: ['#FFCB7D', '#FFB357', '#FF9830', '#FF780A', '#FA6400', '#E55400'],
  yellow: ['#FFF899', '#FFEE52', '#FADE2A', '#F2CC0C', '#E0B400', '#CC9D00'],
  green: ['#C8F2C2', '#96D98D', '#73BF69', '#56A64B', '#37872D', '#19730E'],
  blue: ['#C0D8FF', '#8AB8FF', '#5794F2', '#3274D9', '#1F60C4', '#1250B0'],
  purple: ['#DEB6F2', '#CA95E5', '#B877D9', '#A352CC', '#8F3BB8', '#7C2EA3'],
};

/** What stands for a colour that is missing. */
export const FALLBACK_COLOR = '#808080';

/** The colours that series take in turn. */
export const CLASSIC_PALETTE: readonly string[] = [
  ...['green', 'yellow', 'blue', 'orange', 'red', 'purple'],
  ...['dark-green', 'dark-yellow', 'dark-blue', 'dark-orange', 'dark-red', 'dark-purple'],
  ...['super-light-green', 'super-light-yellow', 'super-light-blue', 'super-light-orange', 'super-light-red', 'super-light-purple'],
  ...['#447EBC', '#C15C17', '#890F02', '#0A437C', '#6D1F62', '#584477', '#B7DBAB', '#F4D598', '#70DBED', '#F9BA8F', '#F29191', '#82B5D8'],
  ...['#E5A8E2', '#AEA2E0', '#629E51', '#E5AC0E', '#64B0C8', '#E0752D', '#BF1B00', '#0A50A1', '#962D82', '#614D93', '#9AC48A', '#F2C96D'],
  ...['#65C5DB', '#F9934E', '#EA6460', '#5195CE', '#D683CE', '#806EB7', '#3F6833', '#967302', '#2F575E', '#99440A', '#58140C', '#052B51'],
  ...['#511749', '#3F2B5B', '#E0F9D7', '#FCEACA', '#CFFAFF', '#F9E2D2', '#FCE2DE', '#BADFF4', '#F9D9F9', '#DEDAF7'],
];

const PANEL_BACKGROUND = { dark: '#181B1F', light: '#FFFFFF' };

const DARK = named(0, { transparent: '#00000000', 'panel-bg': PANEL_BACKGROUND.dark, text: '#CCCCDC' });
const LIGHT = named(1, { transparent: '#FFFFFF00', 'panel-bg': PANEL_BACKGROUND.light, text: '#24292E' });

function named(shift: number, special: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const shades = HUES.flatMap((hue) => SHADES.map((shade, i) => [`${shade}${hue}`, RAMPS[hue][i + shift] ?? FALLBACK_COLOR] as const));
  return new Map([...shades, ...Object.entries(special)]);
}

const HEX = /^#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i;
const FUNCTION = /^(?:rgba?|hsla?)\([\d\s.,%/+-]{1,60}(?:deg)?[\d\s.,%/+-]{0,60}\)$/i;
const WORD = /^[a-z]{3,25}$/i;

/**
 * The CSS colour of a name (`semi-dark-red`, `text`, `#ff0`, `rgb(…)`, CSS names). What cannot be a colour becomes grey, so
 * that no text of a dashboard reaches a style sheet.
 */
export function resolveColor(name: string | undefined, dark: boolean): string {
  if (name === undefined || name === '') {
    return FALLBACK_COLOR;
  }
  const known = (dark ? DARK : LIGHT).get(name);
  if (known !== undefined) {
    return known;
  }
  return HEX.test(name) || FUNCTION.test(name) || WORD.test(name) ? name : FALLBACK_COLOR;
}

export type Rgb = readonly [number, number, number];

/** The channels of a hexadecimal or `rgb(…)` colour, each in [0, 255]; undefined for colours of other forms. */
export function parseRgb(color: string): Rgb | undefined {
  const hex = /^#([0-9a-f]{3,8})$/i.exec(color)?.[1];
  if (hex !== undefined) {
    const wide = hex.length < 6 ? [...hex].map((digit) => digit + digit).join('') : hex;
    return [0, 2, 4].map((i) => Number.parseInt(wide.slice(i, i + 2), 16)) as unknown as Rgb;
  }
  const channels = /^rgba?\(\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)/i.exec(color);
  return channels ? [Number(channels[1]), Number(channels[2]), Number(channels[3])] : undefined;
}

export function toHex(rgb: Rgb): string {
  return `#${rgb.map((channel) => Math.min(255, Math.max(0, Math.round(channel))).toString(16).padStart(2, '0')).join('')}`;
}

/** The contrast of WCAG 2, in [1, 21]. */
function contrastRatio(a: Rgb, b: Rgb): number {
  const [la, lb] = [luminance(a), luminance(b)];
  return (Math.max(la, lb) + 0.05) / (Math.min(la, lb) + 0.05);
}

function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((channel) => {
    const share = channel / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The colours that stand out from the panel's ground, for palettes that are chosen from by name. */
export function readablePalette(dark: boolean): readonly string[] {
  const ground = parseRgb(dark ? PANEL_BACKGROUND.dark : PANEL_BACKGROUND.light) ?? [0, 0, 0];
  return CLASSIC_PALETTE.map((name) => resolveColor(name, dark)).filter((color) => {
    const rgb = parseRgb(color);
    return rgb !== undefined && contrastRatio(rgb, ground) >= 3;
  });
}
