export interface Sparkline {
  /** Of an SVG path, in the box of `width` by `height`. */
  readonly line: string;
  readonly area: string;
}

const TOP_PX = 3;

/** The course of a value over time as a line with the area below it; undefined with fewer than two points. */
export function sparkline(times: readonly number[], values: readonly (number | null)[], box: { readonly width: number; readonly height: number; readonly min?: number | undefined; readonly max?: number | undefined }): Sparkline | undefined {
  const points = times.flatMap((time, i) => {
    const value = values[i];
    return typeof value === 'number' && Number.isFinite(value) && Number.isFinite(time) ? [{ time, value }] : [];
  });
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last || points.length < 2 || first.time === last.time) {
    return undefined;
  }
  const low = box.min ?? points.reduce((min, point) => Math.min(min, point.value), Infinity);
  const high = box.max ?? points.reduce((max, point) => Math.max(max, point.value), -Infinity);
  const x = (time: number) => ((time - first.time) / (last.time - first.time)) * box.width;
  const y = (value: number) => (high === low ? box.height / 2 : TOP_PX + (1 - (Math.min(high, Math.max(low, value)) - low) / (high - low)) * (box.height - TOP_PX - 1));
  const line = points.map((point, i) => `${i === 0 ? 'M' : 'L'}${x(point.time).toFixed(1)} ${y(point.value).toFixed(1)}`).join('');
  return { line, area: `${line}L${box.width.toFixed(1)} ${box.height}L0 ${box.height}Z` };
}
