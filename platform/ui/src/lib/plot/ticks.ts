/** Decimals that a number is written with: 2 for 0.25. */
export function decimalsOf(value: number): number {
  const text = String(Math.round(Math.abs(value) * 1e6) / 1e6);
  return /e/.test(text) ? 0 : (text.split('.')[1]?.length ?? 0);
}

/** Units whose prefixes are powers of 1024. */
const BINARY_UNITS: ReadonlySet<string> = new Set(['bytes', 'bits', 'kbytes', 'mbytes', 'gbytes', 'tbytes', 'pbytes', 'binBps', 'binbps', 'KiBs', 'Kibits', 'MiBs', 'Mibits', 'GiBs', 'Gibits', 'TiBs', 'Tibits', 'PiBs', 'Pibits']);

const BINARY_STEPS = Array.from({ length: 80 }, (_, i) => 2 ** (i - 10));

/** Distances between ticks that are round in the unit; undefined where those of decimal numbers are. */
export function tickSteps(unit: string | undefined): number[] | undefined {
  return BINARY_UNITS.has(unit ?? '') ? BINARY_STEPS : undefined;
}

/** Without zeros that a fixed number of decimals left: `60.00` is `60`. */
export function trimZeros(text: string): string {
  return /^-?\d+\.\d+$/.test(text) ? String(Number(text)) : text;
}
