import type { Exemplar } from '../api/prometheus';
import { traceIdIn, type ExemplarMark } from '../lib/plot/exemplars';

/** The trace that an exemplar names. */
export function traceIdOf(exemplar: Exemplar): string | undefined {
  return traceIdIn(Object.entries(exemplar.labels));
}

/** Exemplars as marks of a chart, with cards that lead to their traces. */
export function exemplarMarks(exemplars: readonly Exemplar[]): ExemplarMark[] {
  return exemplars.map((exemplar) => ({ timeMs: exemplar.timeMs, value: exemplar.value, labels: Object.entries(exemplar.labels), traceId: traceIdOf(exemplar) }));
}
