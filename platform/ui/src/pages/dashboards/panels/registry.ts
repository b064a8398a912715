import type { PanelKind } from './panel';

/**
 * What draws which type of panel. Each kind is loaded when the first of its type is seen; a type that no line names is
 * drawn by the fallback, which shows the data and says so.
 */
const KINDS: readonly PanelKind[] = [
  { types: ['timeseries'], load: () => import('./timeseries/TimeseriesPanel'), queries: true },
  { types: ['stat'], load: () => import('./stat/StatPanel'), queries: true },
  { types: ['gauge'], load: () => import('./gauge/GaugePanel'), queries: true },
  { types: ['heatmap'], load: () => import('./heatmap/HeatmapPanel'), queries: true },
  { types: ['state-timeline'], load: () => import('./statetimeline/StateTimelinePanel'), queries: true },
  { types: ['status-history'], load: () => import('./statetimeline/StatusHistoryPanel'), queries: true },
  { types: ['barchart'], load: () => import('./barchart/BarChartPanel'), queries: true },
  { types: ['histogram'], load: () => import('./histogram/HistogramPanel'), queries: true },
  { types: ['trend', 'xychart'], load: () => import('./xychart/XyChartPanel'), queries: true },
  { types: ['piechart'], load: () => import('./piechart/PieChartPanel'), queries: true },
  { types: ['bargauge'], load: () => import('./bargauge/BarGaugePanel'), queries: true },
  { types: ['table', 'table-old'], load: () => import('./table/TablePanel'), queries: true },
  { types: ['logs'], load: () => import('./logs/LogsPanel'), queries: true },
  { types: ['text'], load: () => import('./text/TextPanel'), queries: false },
  { types: ['dashlist'], load: () => import('./dashlist/DashListPanel'), queries: false },
  { types: ['alertlist'], load: () => import('./alertlist/AlertListPanel'), queries: false },
  { types: ['nodeGraph'], load: () => import('./nodegraph/NodeGraphPanel'), queries: true },
  { types: ['traces'], load: () => import('./traces/TracesPanel'), queries: true },
  { types: ['flamegraph'], load: () => import('./flamegraph/FlameGraphPanel'), queries: true },
  { types: ['annolist'], load: () => import('./annolist/AnnoListPanel'), queries: false },
];

/** Types that say why they show nothing. */
const REFUSED: PanelKind = { types: ['news', 'library-panel-ref'], load: () => import('./unknown/RefusedPanel'), queries: false };

const FALLBACK: PanelKind = { types: [], load: () => import('./unknown/UnknownPanel'), queries: true };

const BY_TYPE = new Map(KINDS.flatMap((kind) => kind.types.map((type) => [type, kind] as const)));

export function panelKind(type: string): PanelKind {
  return BY_TYPE.get(type) ?? (REFUSED.types.includes(type) ? REFUSED : FALLBACK);
}

/** Whether the type has a drawing of its own. */
export function isKnownType(type: string): boolean {
  return BY_TYPE.has(type);
}

/** Every type that is drawn, for choosing one. */
export function panelTypes(): readonly string[] {
  return [...BY_TYPE.keys()];
}
