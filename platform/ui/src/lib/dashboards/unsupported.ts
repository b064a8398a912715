import { readDashboard } from '../dashboard/read';
import type { PanelModel } from '../dashboard/model';
import { refusal, resolveDataSource } from '../query/dataSource';
import { EMPTY_SCOPE } from '../template/createScope';
import { refusedTransformation } from '../transform/transformFrames';

/** What of a dashboard is not shown or not answered here, and where; empty where all of it is. */
export function unsupportedParts(document: unknown, isKnownType: (type: string) => boolean): string[] {
  const model = readDashboard(document);
  const panels = model.rows.flatMap((row) => row.panels).flatMap((panel) => ofPanel(panel, isKnownType).map((text) => `Panel “${panel.title || String(panel.id)}”: ${text}`));
  const annotations = model.annotations.flatMap((query) => {
    const source = resolveDataSource(query.datasource, EMPTY_SCOPE, query.json);
    return source.kind === 'foreign' ? [`Annotation “${query.name}”: ${refusal(source)}`] : [];
  });
  return [...new Set([...panels, ...annotations])];
}

function ofPanel(panel: PanelModel, isKnownType: (type: string) => boolean): string[] {
  if (panel.type === 'library-panel-ref' || panel.type === 'news') {
    return [panel.type === 'news' ? 'news of other hosts are not loaded.' : 'it is a library panel that is not in the file. Export the dashboard for sharing externally, or replace the panel.'];
  }
  const type = panel.type === 'row' || isKnownType(panel.type) ? [] : [`the type “${panel.type}” has no drawing here; its data are shown as a table.`];
  const transformations = panel.transformations.filter(({ disabled }) => !disabled).flatMap(({ id }) => refusedTransformation(id) ?? []);
  const queries = panel.targets.flatMap((target) => {
    const source = resolveDataSource(target.datasource ?? panel.datasource, EMPTY_SCOPE, target.json);
    return source.kind === 'foreign' ? [refusal(source)] : [];
  });
  return [...new Set([...type, ...transformations, ...queries])];
}
