import type { Exemplar } from '../api/prometheus';
import { formatValue } from '../lib/units/format';
import type { ChartMark } from './Chart';

/** The trace that an exemplar names. */
export function traceIdOf(exemplar: Exemplar): string | undefined {
  const traceId = exemplar.labels['trace_id'] ?? exemplar.labels['traceID'] ?? exemplar.labels['traceId'];
  return traceId !== undefined && /^[0-9a-fA-F]{16,32}$/.test(traceId) ? traceId.toLowerCase() : undefined;
}

/** Exemplars as points of a chart that lead to their traces; those that name no trace are left out. */
export function exemplarMarks(exemplars: readonly Exemplar[], unit: string | undefined, open: (traceId: string) => void): ChartMark[] {
  return exemplars.flatMap((exemplar) => {
    const traceId = traceIdOf(exemplar);
    if (traceId === undefined) {
      return [];
    }
    return [{ timeMs: exemplar.timeMs, value: exemplar.value, label: `Exemplar ${formatValue(exemplar.value, unit)}: a click opens its trace`, onOpen: () => open(traceId) }];
  });
}
