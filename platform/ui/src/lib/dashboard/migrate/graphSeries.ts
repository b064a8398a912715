import { GRAPH_KEYS } from './graph';
import { at, defined, objects, remove, type MutableJson } from './mutable';
import { reducerOf } from './reducers';

/** The old graph with one bar for each series: a bar chart, or a bar gauge where its legend had values. */
export function graphToBars(panel: MutableJson): void {
  const xaxis = at(panel, 'xaxis');
  const wanted: readonly unknown[] = Array.isArray(xaxis['values']) && xaxis['values'].length > 0 ? xaxis['values'] : ['total'];
  const reducers = wanted.map(reducerOf);
  const [axis] = objects(panel['yaxes']);
  const defaults = defined({ unit: axis?.['format'], decimals: axis?.['decimals'], min: numberOf(axis?.['min']), max: numberOf(axis?.['max']) });
  const colors = Object.entries(at(panel, 'aliasColors'))
    .filter(([, color]) => Boolean(color))
    .map(([alias, color]) => ({ matcher: { id: 'byName', options: alias }, properties: [{ id: 'color', value: { mode: 'fixed', fixedColor: color } }] }));
  const overrides = [...objects(at(panel, 'fieldConfig')['overrides']), ...colors];
  if (at(panel, 'legend')['values']) {
    panel['type'] = 'bargauge';
    panel['options'] = { reduceOptions: { values: false, calcs: reducers.slice(0, 1), fields: '' }, orientation: 'vertical', displayMode: 'gradient', showUnfilled: true };
    panel['fieldConfig'] = { defaults: { ...defaults, color: { mode: 'palette-classic' } }, overrides };
  } else {
    panel['type'] = 'barchart';
    panel['transformations'] = [...objects(panel['transformations']), { id: 'reduce', options: { reducers } }, { id: 'transpose', options: {} }];
    panel['options'] = { groupWidth: 1, legend: { showLegend: at(panel, 'legend')['show'] !== false, displayMode: 'list', placement: 'bottom', calcs: [] }, tooltip: { mode: 'single', sort: 'none' } };
    const hidden = { matcher: { id: 'byName', options: 'Name' }, properties: [{ id: 'custom.axisPlacement', value: 'hidden' }] };
    panel['fieldConfig'] = { defaults, overrides: [...overrides, hidden] };
  }
  remove(panel, ...GRAPH_KEYS);
}

/** The old graph as a distribution of its values. */
export function graphToHistogram(panel: MutableJson): void {
  const xaxis = at(panel, 'xaxis');
  const stacking = panel['stack'] ? { stacking: { mode: panel['percentage'] ? 'percent' : 'normal', group: 'A' } } : {};
  const legend = at(panel, 'legend');
  panel['type'] = 'histogram';
  panel['options'] = {
    legend: { displayMode: 'list', showLegend: legend['show'] !== false, placement: legend['rightSide'] ? 'right' : 'bottom', calcs: [] },
    tooltip: { mode: 'single', sort: 'none' },
    combine: false,
    ...defined({ bucketCount: numberOf(xaxis['buckets']) }),
  };
  panel['fieldConfig'] = { defaults: { custom: stacking }, overrides: [] };
  remove(panel, ...GRAPH_KEYS);
}

function numberOf(value: unknown): number | undefined {
  const n = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof n === 'number' && Number.isFinite(n) ? n : undefined;
}
