export interface SparkPath {
  readonly line: string;
  /** The stretch below the line; empty where there is none. */
  readonly area: string;
}

const MAX_POINTS = 400;

/** The path of a small line of `width` by `height` pixels: missing values part it, times place its points where they are known. */
export function sparkPath(values: readonly unknown[], times: readonly unknown[] | undefined, width: number, height: number): SparkPath {
  const step = Math.max(1, Math.ceil(values.length / MAX_POINTS));
  const points = values.flatMap((value, index) => (index % step === 0 || index === values.length - 1 ? [{ at: placeOf(times?.[index], index), value: typeof value === 'number' && Number.isFinite(value) ? value : undefined }] : []));
  const known = points.flatMap(({ value }) => (value === undefined ? [] : [value]));
  if (known.length === 0) {
    return { line: '', area: '' };
  }
  const low = known.reduce((least, value) => Math.min(least, value));
  const high = known.reduce((most, value) => Math.max(most, value));
  const from = points[0]?.at ?? 0;
  const span = (points.at(-1)?.at ?? 0) - from;
  const x = (at: number) => round(span <= 0 ? width / 2 : ((at - from) / span) * width);
  const y = (value: number) => round(high === low ? height / 2 : height - 1 - ((value - low) / (high - low)) * (height - 2));
  let line = '';
  let area = '';
  let run: { at: number; value: number }[] = [];
  const end = () => {
    const [first] = run;
    const last = run.at(-1);
    if (first && last) {
      // A point of its own is drawn as a short stroke.
      const path = run.map((point, index) => `${index === 0 ? 'M' : 'L'}${x(point.at)} ${y(point.value)}`).join('') + (run.length === 1 ? 'h1' : '');
      line += path;
      if (run.length > 1) area += `${path}L${x(last.at)} ${height}L${x(first.at)} ${height}Z`;
    }
    run = [];
  };
  for (const { at, value } of points) {
    if (value === undefined) end();
    else run.push({ at, value });
  }
  end();
  return { line, area };
}

function placeOf(time: unknown, index: number): number {
  return typeof time === 'number' ? time : index;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
