import type { Json } from '../json';
import { annotationsOf, ensured, objects, panelsOf, variablesOf, type MutableJson } from './migrate/mutable';
import { migratePanelType } from './migrate/panelTypes';
import { layOut } from './migrate/rows';
import { applySteps } from './migrate/steps';
import { timeRegionsToAnnotations } from './migrate/timeRegions';
import { unwrap } from './migrate/unwrap';

/**
 * Any dashboard document as the newest classic one: of schema versions from the first on, of the second resource form, in
 * the wrapper of the API or of an export, or with most of it missing. The document itself is not changed, and what is not
 * known is kept. A document that is no dashboard gives an empty one.
 */
export function migrateDashboard(document: unknown): Json {
  const dashboard = unwrap(structuredClone(document));
  dashboard['panels'] = objects(dashboard['panels']);
  ensured(dashboard, 'templating');
  ensured(dashboard, 'annotations');
  applySteps(dashboard);
  numberPanels(panelsOf(dashboard));
  timeRegionsToAnnotations(dashboard);
  panelsOf(dashboard).forEach(migratePanelType);
  complete(dashboard);
  return dashboard;
}

/** Fills the gaps that no version of Grafana would leave: places, ids, letters of queries, lists. */
function complete(dashboard: MutableJson): void {
  const panels = objects(dashboard['panels']);
  dashboard['panels'] = panels;
  layOut(panels);
  for (const panel of panelsOf(dashboard)) {
    // A panel of the library whose model is not in the file has no type.
    panel['type'] = typeof panel['type'] === 'string' && panel['type'] !== '' ? panel['type'] : panel['libraryPanel'] === undefined ? 'timeseries' : 'library-panel-ref';
    nameTargets(panel);
  }
  ensured(dashboard, 'templating')['list'] = variablesOf(dashboard).filter(({ name }) => typeof name === 'string' && name !== '');
  const annotations = annotationsOf(dashboard);
  const own = annotations.some(({ builtIn }) => builtIn === 1 || builtIn === true);
  ensured(dashboard, 'annotations')['list'] = own ? annotations : [{ ...OWN_ANNOTATIONS }, ...annotations];
  dashboard['links'] = objects(dashboard['links']);
  if (typeof dashboard['title'] !== 'string' || dashboard['title'] === '') {
    dashboard['title'] = 'Untitled dashboard';
  }
}

/** What people mark on a dashboard is shown on it: each has this query, as in Grafana. */
const OWN_ANNOTATIONS = {
  builtIn: 1,
  datasource: { type: 'grafana', uid: '-- Grafana --' },
  enable: true,
  hide: true,
  iconColor: 'rgba(0, 211, 255, 1)',
  name: 'Annotations & Alerts',
  type: 'dashboard',
};

/** Every panel has an id of its own: the first that has one keeps it. */
function numberPanels(panels: readonly MutableJson[]): void {
  const taken = new Set<number>();
  let next = 1 + Math.max(0, ...panels.map(({ id }) => (Number.isSafeInteger(id) ? Number(id) : 0)));
  for (const panel of panels) {
    const id = Number(panel['id'] ?? 0);
    if (!Number.isSafeInteger(id) || id <= 0 || taken.has(id)) {
      panel['id'] = next++;
    } else {
      panel['id'] = id;
    }
    taken.add(Number(panel['id']));
  }
}

/** Queries without a letter get the next free one. */
function nameTargets(panel: MutableJson): void {
  if (panel['targets'] === undefined) {
    return;
  }
  const targets = objects(panel['targets']);
  panel['targets'] = targets;
  const taken = new Set(targets.map(({ refId }) => refId));
  for (const target of targets) {
    if (typeof target['refId'] !== 'string' || target['refId'] === '') {
      target['refId'] = nextRefId(taken);
      taken.add(target['refId']);
    }
  }
}

/** A, B, … Z, AA, AB, … */
export function nextRefId(taken: ReadonlySet<unknown>): string {
  for (let i = 0; ; i++) {
    const refId = i < 26 ? String.fromCharCode(65 + i) : `${String.fromCharCode(64 + Math.floor(i / 26))}${String.fromCharCode(65 + (i % 26))}`;
    if (i >= 700 || !taken.has(refId)) {
      return i >= 700 ? `Q${taken.size + 1}` : refId;
    }
  }
}
