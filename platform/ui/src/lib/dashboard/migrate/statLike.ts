import { upgradeMappings } from './mappings';
import { at, ensured, isObject, objects, remove, without, type MutableJson } from './mutable';
import { isReducerName, reducerOf } from './reducers';

/** The version whose options this module writes: what it has changed once, it leaves alone. */
const WRITTEN_VERSION = '12.0.0';

/**
 * Statistics, gauges and bar gauges that an older version of Grafana saved: until 7.0 their field settings were options
 * of the panel. Without a version they count as the oldest, as in Grafana.
 */
export function upgradeStatLike(panel: MutableJson): void {
  const version = parseFloat(typeof panel['pluginVersion'] === 'string' ? panel['pluginVersion'] : '6.1') || 6.1;
  if (version >= 8) {
    return;
  }
  const options = ensured(panel, 'options');
  if (version < 6.2) valueOptionsToFields(options);
  if (version < 6.6) thresholdSteps(options);
  if (version < 7) fieldsToConfig(panel, options);
  const defaults = ensured(ensured(panel, 'fieldConfig'), 'defaults');
  if (version < 7.1 && typeof defaults['title'] === 'string') {
    defaults['displayName'] = defaults['title'];
    remove(defaults, 'title');
  }
  const most = defaults['unit'] === 'percent' ? 100 : defaults['unit'] === 'percentunit' ? 1 : undefined;
  if (most !== undefined) {
    defaults['min'] = typeof defaults['min'] === 'number' ? defaults['min'] : 0;
    defaults['max'] = typeof defaults['max'] === 'number' ? defaults['max'] : most;
  }
  upgradeMappings(panel);
  panel['pluginVersion'] = WRITTEN_VERSION;
}

function valueOptionsToFields(options: MutableJson): void {
  const old = options['valueOptions'];
  if (!isObject(old)) {
    return;
  }
  options['fieldOptions'] = {
    mappings: options['valueMappings'],
    thresholds: options['thresholds'],
    defaults: { unit: old['unit'], decimals: old['decimals'], min: options['minValue'], max: options['maxValue'] },
    ...(isReducerName(old['stat']) ? { calcs: [reducerOf(old['stat'])] } : {}),
  };
  remove(options, 'valueMappings', 'thresholds', 'valueOptions', 'minValue', 'maxValue');
}

/** Thresholds were a list without a mode, at several places over time; the first is that of everything below. */
function thresholdSteps(options: MutableJson): void {
  const fieldOptions = options['fieldOptions'];
  if (!isObject(fieldOptions)) {
    return;
  }
  const defaults = ensured(fieldOptions, 'defaults');
  const old = defaults['thresholds'] ?? fieldOptions['thresholds'] ?? options['thresholds'];
  const mappings = defaults['mappings'] ?? fieldOptions['mappings'];
  remove(fieldOptions, 'thresholds', 'mappings', 'override');
  remove(options, 'thresholds');
  if (mappings !== undefined) {
    defaults['mappings'] = mappings;
  }
  if (Array.isArray(old)) {
    const steps = objects(old)
      .map(({ value, color }) => ({ value: typeof value === 'number' ? value : null, color }))
      .sort((a, b) => (a.value ?? -Infinity) - (b.value ?? -Infinity));
    defaults['thresholds'] = { mode: 'absolute', steps: steps.map((step, i) => (i === 0 ? { ...step, value: null } : step)) };
  }
  if (typeof defaults['color'] === 'string') {
    defaults['color'] = { mode: 'fixed', fixedColor: defaults['color'] };
  }
}

function fieldsToConfig(panel: MutableJson, options: MutableJson): void {
  const fieldOptions = options['fieldOptions'];
  const fieldConfig = ensured(panel, 'fieldConfig');
  if (!isObject(fieldOptions)) {
    return;
  }
  fieldConfig['defaults'] = { ...at(fieldConfig, 'defaults'), ...at(fieldOptions, 'defaults') };
  fieldConfig['overrides'] = [...objects(fieldConfig['overrides']), ...objects(fieldOptions['overrides'])];
  options['reduceOptions'] = {
    values: fieldOptions['values'] === true,
    calcs: Array.isArray(fieldOptions['calcs']) ? fieldOptions['calcs'] : ['lastNotNull'],
    ...(fieldOptions['limit'] === undefined ? {} : { limit: fieldOptions['limit'] }),
  };
  panel['options'] = without(options, 'fieldOptions');
}
