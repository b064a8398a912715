import type { DataFrame } from '../frame/frame';

/** One measured value that an application kept, mostly with its trace. */
export interface ExemplarMark {
  readonly timeMs: number;
  readonly value: number;
  readonly labels: readonly (readonly [string, string])[];
  readonly traceId: string | undefined;
}

const MAX_MARKS = 1000;
/** In small letters. */
const TRACE_LABELS: ReadonlySet<string> = new Set(['trace_id', 'traceid']);

/** The marks of exemplar frames: a time, a value, and the labels as further fields. */
export function exemplarMarks(frames: readonly DataFrame[]): ExemplarMark[] {
  return frames
    .flatMap((frame) => {
      const time = frame.fields.find((field) => field.type === 'time');
      const value = frame.fields.find((field) => field.type === 'number');
      const rest = frame.fields.filter((field) => field !== time && field !== value);
      return Array.from({ length: frame.length }, (_, row) => {
        const labels = rest.flatMap((field): [string, string][] => (typeof field.values[row] === 'string' && field.values[row] !== '' ? [[field.name, field.values[row]]] : []));
        return { timeMs: Number(time?.values[row] ?? NaN), value: Number(value?.values[row] ?? NaN), labels, traceId: traceIdIn(labels) };
      });
    })
    .filter((mark) => Number.isFinite(mark.timeMs) && Number.isFinite(mark.value))
    .slice(0, MAX_MARKS);
}

/** The id of the trace that labels name, under any of its usual spellings. */
export function traceIdIn(labels: readonly (readonly [string, string])[]): string | undefined {
  const id = labels.find(([name]) => TRACE_LABELS.has(name.toLowerCase()))?.[1];
  return id !== undefined && /^[0-9a-fA-F]{16,32}$/.test(id) ? id.toLowerCase() : undefined;
}
