import { annotationsOf, ensured, objects, panelsOf, remove, type MutableJson } from './mutable';

/** The hours and days that an old graph marked become annotations of that panel, as in Grafana. The old graph counted in UTC. */
export function timeRegionsToAnnotations(dashboard: MutableJson): void {
  const added = panelsOf(dashboard)
    .filter(({ type }) => type === 'graph')
    .flatMap((panel) => {
      const regions = objects(panel['timeRegions']).map((region, i) => annotationOf(panel, region, i));
      remove(panel, 'timeRegions');
      return regions.filter((region) => region !== undefined);
    });
  if (added.length > 0) {
    ensured(dashboard, 'annotations')['list'] = [...annotationsOf(dashboard), ...added];
  }
}

function annotationOf(panel: MutableJson, region: MutableJson, index: number): MutableJson | undefined {
  if (!region['fill'] && !region['line']) {
    return undefined;
  }
  const color = region['colorMode'] === 'custom' || region['colorMode'] === undefined ? region['fillColor'] : region['colorMode'];
  const { fromDayOfWeek, toDayOfWeek, from, to } = region;
  return {
    datasource: { type: 'datasource', uid: 'grafana' },
    enable: true,
    hide: true,
    filter: { exclude: false, ids: [panel['id']] },
    iconColor: region['fill'] ? color : (region['lineColor'] ?? 'white'),
    name: `T${index + 1}`,
    target: { queryType: 'timeRegions', refId: 'Anno', timeRegion: { fromDayOfWeek, toDayOfWeek, from, to, timezone: 'utc' } },
  };
}
