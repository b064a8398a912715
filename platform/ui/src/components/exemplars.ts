import type { Exemplar } from '../api/prometheus';
import type { ChartMark } from './Chart';

/** Exemplars as points of a chart that lead to their traces; those that name no trace are left out. */
export function exemplarMarks(exemplars: readonly Exemplar[], open: (traceId: string) => void): ChartMark[] {
  return exemplars.flatMap((exemplar) => {
    const traceId = exemplar.labels['trace_id'] ?? exemplar.labels['traceID'] ?? exemplar.labels['traceId'];
    return traceId === undefined ? [] : [{ timeMs: exemplar.timeMs, value: exemplar.value, label: traceId, onOpen: () => open(traceId) }];
  });
}
