import { graphToTimeseries } from './graph';
import type { MutableJson } from './mutable';
import { singlestatToStat } from './singlestat';

/** The panel types that Grafana replaced, and how each becomes its successor. */
const SUCCESSORS: Readonly<Record<string, (panel: MutableJson) => void>> = {
  graph: graphToTimeseries,
  singlestat: singlestatToStat,
  'grafana-singlestat-panel': singlestatToStat,
};

/** Replaces a panel type that Grafana replaced. Any other stays, known or not. */
export function migratePanelType(panel: MutableJson): void {
  const type = String(panel['type'] ?? '');
  if (Object.hasOwn(SUCCESSORS, type)) {
    SUCCESSORS[type]?.(panel);
  }
}
