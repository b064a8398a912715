import { graphToTimeseries } from './graph';
import { graphToBars, graphToHistogram } from './graphSeries';
import { at, type MutableJson } from './mutable';
import { oldHeatmapToHeatmap, oldPieToPiechart, upgradeHideFrom, upgradeText } from './otherPanels';
import { singlestatToStat } from './singlestat';
import { upgradeStatLike } from './statLike';
import { oldTableToTable } from './tableOld';

/** The panel types that Grafana replaced or whose options it moved, and what each becomes. */
const SUCCESSORS: Readonly<Record<string, (panel: MutableJson) => void>> = {
  graph: graphToSuccessor,
  singlestat: singlestatToStat,
  'grafana-singlestat-panel': singlestatToStat,
  'table-old': oldTableToTable,
  'grafana-piechart-panel': oldPieToPiechart,
  heatmap: oldHeatmapToHeatmap,
  'heatmap-new': newHeatmap,
  text: upgradeText,
  stat: upgradeStatLike,
  gauge: upgradeStatLike,
  bargauge: upgradeStatLike,
  timeseries: upgradeHideFrom,
};

/** Brings a panel to the newest form of its type or of the type that followed. Any other stays, known or not. */
export function migratePanelType(panel: MutableJson): void {
  const type = String(panel['type'] ?? '');
  if (!Object.hasOwn(SUCCESSORS, type)) {
    return;
  }
  SUCCESSORS[type]?.(panel);
  if (panel['type'] !== type) {
    // What has just become another type has the form that this one had before there were versions.
    migratePanelType(panel);
  }
}

/** What an old graph becomes depends on what it drew along: time, series or values. */
function graphToSuccessor(panel: MutableJson): void {
  switch (at(panel, 'xaxis')['mode']) {
    case 'series':
      return graphToBars(panel);
    case 'histogram':
      return graphToHistogram(panel);
    default:
      return graphToTimeseries(panel);
  }
}

/** The heatmap of Grafana 8.5 under its first name. */
function newHeatmap(panel: MutableJson): void {
  const options = at(panel, 'options');
  if (options['bucketFrame'] !== undefined) {
    options['rowsFrame'] = options['bucketFrame'];
    delete options['bucketFrame'];
  }
  panel['type'] = 'heatmap';
}
