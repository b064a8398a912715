import { parseRgb, resolveColor, toHex, type Rgb } from './colors';

/** A colour for each share in [0, 1]; shares outside are moved to its ends. */
export type ColorRamp = (share: number) => string;

/** Every eighth colour of Matplotlib's maps; between them, straight lines stay within three of 255 steps of the originals. */
const VIRIDIS =
  '440154470d6048186a482374472d7b4537814240863e49893b528b375b8d33638d2f6b8e2c728e297a8e26828e23898e21918c1f978b1f9f8821a68527ad8131b57b3dbc744cc26c5cc8636ece5881d34d95d840aadc32c0df25d5e21aeae51afde725';
const MAGMA =
  '0000040303120a0822130d341d114729115a36106b440f7651127c5d177f6a1c81762181832681902a819c2e7faa337db73779c23b75cf4070db476ae55064ee5b5ef4695cf9785dfb8761fd9668fea571feb47bfec287fed194fde0a1fceeb0fcfdbf';
const INFERNO =
  '0000040403120b0724150b37210c4a2f0a5b3d09654a0c6b57106e64156e71196e7d1e6d8a226a972766a32c61b0315bbc3754c63d4dd04545da4e3ce35933eb6429f1711ff67e14f98c0afb9b06fcaa0ffbba1ff9c932f5d949f2e865f3f586fcffa4';
const PLASMA =
  '0d08872206903105973f049c4c02a15901a56600a77201a87e03a88a09a59511a1a01a9caa2395b32c8ebc3587c43e7fcc4778d24f71d9586adf6263e56b5deb7556f07f4ff48948f89441fb9f3afdab33feb72dfdc328fcd025f9dd25f5eb27f0f921';

/** Ramps through named colours, from low to high. */
const NAMED_RAMPS: Readonly<Record<string, readonly string[]>> = {
  'continuous-GrYlRd': ['green', 'yellow', 'red'],
  'continuous-RdYlGr': ['red', 'yellow', 'green'],
  'continuous-BlYlRd': ['dark-blue', 'super-light-yellow', 'dark-red'],
  'continuous-YlRd': ['super-light-yellow', 'dark-red'],
  'continuous-BlPu': ['blue', 'purple'],
  'continuous-YlBl': ['super-light-yellow', 'dark-blue'],
  'continuous-blues': ['panel-bg', 'dark-blue'],
  'continuous-reds': ['panel-bg', 'dark-red'],
  'continuous-greens': ['panel-bg', 'dark-green'],
  'continuous-purples': ['panel-bg', 'dark-purple'],
};

const MAPS: Readonly<Record<string, ColorRamp>> = {
  'continuous-viridis': sampled(VIRIDIS),
  'continuous-magma': sampled(MAGMA),
  'continuous-plasma': sampled(PLASMA),
  'continuous-inferno': sampled(INFERNO),
  'continuous-cividis': cividis,
};

/** The ramp of a colour mode; undefined for modes that are no ramp. */
export function colorRamp(mode: string, dark: boolean): ColorRamp | undefined {
  const map = Object.hasOwn(MAPS, mode) ? MAPS[mode] : undefined;
  if (map !== undefined) {
    return map;
  }
  const stops = Object.hasOwn(NAMED_RAMPS, mode) ? NAMED_RAMPS[mode] : undefined;
  return stops && basisRamp(stops.map((name) => resolveColor(name, dark)));
}

/** A uniform B-spline through the ends of the colours and near those between: the interpolation of D3's `interpolateRgbBasis`. */
export function basisRamp(colors: readonly string[]): ColorRamp {
  const points = colors.map((color) => parseRgb(color) ?? ([128, 128, 128] as const));
  const spans = points.length - 1;
  const at = (i: number): Rgb => points[i] ?? [128, 128, 128];
  return (share) => {
    const t = bounded(share);
    const i = t >= 1 ? spans - 1 : Math.floor(t * spans);
    const f = t * spans - i;
    const [p1, p2] = [at(i), at(i + 1)];
    const p0 = i > 0 ? at(i - 1) : reflected(p1, p2);
    const p3 = i < spans - 1 ? at(i + 2) : reflected(p2, p1);
    return toHex([0, 1, 2].map((c) => basis(f, p0[c] ?? 0, p1[c] ?? 0, p2[c] ?? 0, p3[c] ?? 0)) as unknown as Rgb);
  };
}

function reflected(end: Rgb, next: Rgb): Rgb {
  return [2 * end[0] - next[0], 2 * end[1] - next[1], 2 * end[2] - next[2]];
}

function basis(t: number, v0: number, v1: number, v2: number, v3: number): number {
  const t2 = t * t;
  const t3 = t2 * t;
  return ((1 - 3 * t + 3 * t2 - t3) * v0 + (4 - 6 * t2 + 3 * t3) * v1 + (1 + 3 * t + 3 * t2 - 3 * t3) * v2 + t3 * v3) / 6;
}

function sampled(stops: string): ColorRamp {
  const points = (stops.match(/.{6}/g) ?? []).map((hex) => parseRgb(`#${hex}`) ?? ([0, 0, 0] as const));
  return (share) => {
    const position = bounded(share) * (points.length - 1);
    const i = Math.min(Math.floor(position), points.length - 2);
    const [a, b] = [points[i] ?? [0, 0, 0], points[i + 1] ?? [0, 0, 0]];
    const f = position - i;
    return toHex([a[0] + (b[0] - a[0]) * f, a[1] + (b[1] - a[1]) * f, a[2] + (b[2] - a[2]) * f]);
  };
}

/** The polynomial by Nuñez, Anderton and Renslow. */
function cividis(share: number): string {
  const t = bounded(share);
  return toHex([
    -4.54 - t * (35.34 - t * (2381.73 - t * (6402.7 - t * (7024.72 - t * 2710.57)))),
    32.49 + t * (170.73 + t * (52.82 - t * (131.46 - t * (176.58 - t * 67.37)))),
    81.24 + t * (442.36 - t * (2482.43 - t * (6167.24 - t * (6614.94 - t * 2475.67)))),
  ]);
}

function bounded(share: number): number {
  return Number.isNaN(share) ? 0 : Math.min(1, Math.max(0, share));
}
