import { resolveColor } from '../../field/colors';
import { basisRamp, colorRamp, type ColorRamp } from '../../field/schemes';
import type { Json } from '../../json';
import { boolean, number, string } from '../../json';
import { withAlpha } from '../color';

/** Cynthia Brewer's colours (colorbrewer2.org), light to dark or from end to end, six digits each. */
const SEQUENTIAL: Readonly<Record<string, string>> = {
  Blues: 'f7fbffdeebf7c6dbef9ecae16baed64292c62171b508519c08306b',
  Greens: 'f7fcf5e5f5e0c7e9c0a1d99b74c47641ab5d238b45006d2c00441b',
  Greys: 'fffffff0f0f0d9d9d9bdbdbd969696737373525252252525000000',
  Oranges: 'fff5ebfee6cefdd0a2fdae6bfd8d3cf16913d94801a636037f2704',
  Purples: 'fcfbfdefedf5dadaebbcbddc9e9ac8807dba6a51a354278f3f007d',
  Reds: 'fff5f0fee0d2fcbba1fc9272fb6a4aef3b2ccb181da50f1567000d',
  BuGn: 'f7fcfde5f5f9ccece699d8c966c2a441ae76238b45006d2c00441b',
  BuPu: 'f7fcfde0ecf4bfd3e69ebcda8c96c68c6bb188419d810f7c4d004b',
  GnBu: 'f7fcf0e0f3dbccebc5a8ddb57bccc44eb3d32b8cbe0868ac084081',
  OrRd: 'fff7ecfee8c8fdd49efdbb84fc8d59ef6548d7301fb300007f0000',
  PuBuGn: 'fff7fbece2f0d0d1e6a6bddb67a9cf3690c002818a016c59014636',
  PuBu: 'fff7fbece7f2d0d1e6a6bddb74a9cf3690c00570b0045a8d023858',
  PuRd: 'f7f4f9e7e1efd4b9dac994c7df65b0e7298ace125698004367001f',
  RdPu: 'fff7f3fde0ddfcc5c0fa9fb5f768a1dd3497ae017e7a017749006a',
  YlGnBu: 'ffffd9edf8b1c7e9b47fcdbb41b6c41d91c0225ea8253494081d58',
  YlGn: 'ffffe5f7fcb9d9f0a3addd8e78c67941ab5d238443006837004529',
  YlOrBr: 'ffffe5fff7bcfee391fec44ffe9929ec7014cc4c02993404662506',
  YlOrRd: 'ffffccffeda0fed976feb24cfd8d3cfc4e2ae31a1cbd0026800026',
};
const DIVERGING: Readonly<Record<string, string>> = {
  BrBG: '5430058c510abf812ddfc27df6e8c3f5f5f5c7eae580cdc135978f01665e003c30',
  PRGn: '40004b762a839970abc2a5cfe7d4e8f7f7f7d9f0d3a6dba05aae611b783700441b',
  PiYG: '8e0152c51b7dde77aef1b6dafde0eff7f7f7e6f5d0b8e1867fbc414d9221276419',
  PuOr: '7f3b08b35806e08214fdb863fee0b6f7f7f7d8daebb2abd28073ac5427882d004b',
  RdBu: '67001fb2182bd6604df4a582fddbc7f7f7f7d1e5f092c5de4393c32166ac053061',
  RdGy: '67001fb2182bd6604df4a582fddbc7ffffffe0e0e0bababa8787874d4d4d1a1a1a',
  RdYlBu: 'a50026d73027f46d43fdae61fee090ffffbfe0f3f8abd9e974add14575b4313695',
  RdYlGn: 'a50026d73027f46d43fdae61fee08bffffbfd9ef8ba6d96a66bd631a9850006837',
  Spectral: '9e0142d53e4ff46d43fdae61fee08bffffbfe6f598abdda466c2a53288bd5e4fa2',
};

const rgb = (...parts: number[]) => `rgb(${parts.map((part) => Math.round(Math.min(255, Math.max(0, part)))).join(', ')})`;

/** Dave Green's cubehelix; `h` in degrees. */
function cubehelix(h: number, s: number, l: number): string {
  const angle = ((h + 120) * Math.PI) / 180;
  const a = s * l * (1 - l);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return rgb(255 * (l + a * (-0.14861 * cos + 1.78277 * sin)), 255 * (l + a * (-0.29227 * cos - 0.90649 * sin)), 255 * (l + a * 1.97294 * cos));
}

const between = (from: readonly [number, number, number], to: readonly [number, number, number]): ColorRamp => (t) => {
  const at = (i: 0 | 1 | 2) => from[i] + (to[i] - from[i]) * t;
  return cubehelix(at(0), at(1), at(2));
};

const OTHER: Readonly<Record<string, ColorRamp>> = {
  // The polynomial by Anton Mikhailov.
  Turbo: (t) =>
    rgb(
      34.61 + t * (1172.33 - t * (10793.56 - t * (33300.12 - t * (38394.49 - t * 14825.05)))),
      23.31 + t * (557.33 + t * (1225.33 - t * (3574.96 - t * (1073.77 + t * 707.56)))),
      27.2 + t * (3211.1 - t * (15327.97 - t * (27814 - t * (22569.18 - t * 6838.66)))),
    ),
  Warm: between([-100, 0.75, 0.35], [80, 1.5, 0.8]),
  Cool: between([260, 0.75, 0.35], [80, 1.5, 0.8]),
  Cubehelix: between([300, 0.5, 0], [-240, 0.5, 1]),
  Rainbow: (t) => cubehelix(360 * t - 100, 1.5 - 1.5 * Math.abs(t - 0.5), 0.8 - 0.9 * Math.abs(t - 0.5)),
  Sinebow: (t) => rgb(...[0, 1, 2].map((i) => 255 * Math.sin((0.5 - t) * Math.PI + (i * Math.PI) / 3) ** 2)),
};
const MAPS: ReadonlySet<string> = new Set(['Viridis', 'Magma', 'Inferno', 'Plasma', 'Cividis']);

export interface HeatmapColors {
  readonly mode: 'scheme' | 'opacity';
  readonly scheme: string;
  readonly fill: string;
  readonly exponent: number;
  readonly steps: number;
  readonly reverse: boolean;
  readonly min: number | undefined;
  readonly max: number | undefined;
}

export function heatmapColors(json: Json): HeatmapColors {
  const bound = (value: unknown) => (typeof value === 'number' ? value : undefined);
  return {
    mode: json['mode'] === 'opacity' ? 'opacity' : 'scheme',
    scheme: string(json['scheme'], 'Oranges'),
    fill: string(json['fill'], 'dark-orange'),
    exponent: json['scale'] === 'linear' ? 1 : number(json['exponent'], 0.5),
    steps: Math.min(128, Math.max(2, Math.round(number(json['steps'], 64)))),
    reverse: boolean(json['reverse'], false),
    min: bound(json['min']),
    max: bound(json['max']),
  };
}

/** The colours from the least to the greatest count. Schemes are turned over where the page's ground asks for it, as Grafana does. */
export function heatmapPalette(colors: HeatmapColors, dark: boolean): string[] {
  const shares = Array.from({ length: colors.steps }, (_, i) => i / (colors.steps - 1));
  if (colors.mode === 'opacity') {
    const fill = resolveColor(colors.fill, dark);
    return shares.map((share) => withAlpha(fill, share ** colors.exponent));
  }
  const { ramp, turned } = schemeOf(colors.scheme, dark);
  const palette = shares.map(ramp);
  return turned !== colors.reverse ? palette.reverse() : palette;
}

function schemeOf(name: string, dark: boolean): { ramp: ColorRamp; turned: boolean } {
  if (Object.hasOwn(SEQUENTIAL, name)) {
    return { ramp: ramps(SEQUENTIAL[name] ?? ''), turned: dark };
  }
  const map = MAPS.has(name) ? colorRamp(`continuous-${name.toLowerCase()}`, dark) : Object.hasOwn(OTHER, name) ? OTHER[name] : undefined;
  if (map) {
    return { ramp: map, turned: name === 'Rainbow' || name === 'Sinebow' || !dark };
  }
  return { ramp: ramps(DIVERGING[Object.hasOwn(DIVERGING, name) ? name : 'Spectral'] ?? ''), turned: true };
}

function ramps(digits: string): ColorRamp {
  return basisRamp((digits.match(/.{6}/g) ?? []).map((hex) => `#${hex}`));
}
