import { array } from '../../json';
import { at, isObject, objects, type MutableJson } from './mutable';

/** Schema 30: value mappings with numbers as types become lists by name, coloured as the thresholds coloured their text. */
export function upgradeMappings(panel: MutableJson): void {
  const fieldConfig = at(panel, 'fieldConfig');
  const defaults = at(fieldConfig, 'defaults');
  if (Array.isArray(defaults['mappings'])) {
    defaults['mappings'] = newMappings(defaults['mappings'], at(defaults, 'thresholds')['steps']);
  }
  for (const override of objects(fieldConfig['overrides'])) {
    for (const property of objects(override['properties'])) {
      if (property['id'] === 'mappings' && Array.isArray(property['value'])) {
        property['value'] = newMappings(property['value'], undefined);
      }
    }
  }
}

/** Value mappings of the newest form; those that are of it already stay. */
export function newMappings(old: unknown, thresholdSteps: unknown): MutableJson[] {
  const values: MutableJson = {};
  const mappings: MutableJson[] = [];
  for (const mapping of objects(old)) {
    const { type, text } = mapping;
    if (isObject(mapping['options']) && type) {
      if (type === 'value') Object.assign(values, mapping['options']);
      else mappings.push(mapping);
      continue;
    }
    const color = colorAt(parseFloat(String(text)), thresholdSteps);
    const result = color === undefined ? { text } : { text, color };
    if (type === 1 && mapping['value'] !== undefined && mapping['value'] !== null) {
      if (mapping['value'] === 'null') mappings.push({ type: 'special', options: { match: 'null', result } });
      else values[String(mapping['value'])] = result;
    } else if (type === 2) {
      mappings.push({ type: 'range', options: { from: Number(mapping['from']), to: Number(mapping['to']), result } });
    }
  }
  return Object.keys(values).length > 0 ? [{ type: 'value', options: values }, ...mappings] : mappings;
}

/** The colour of the last step that the number reaches. */
function colorAt(value: number, steps: unknown): string | undefined {
  if (Number.isNaN(value) || array(steps).length === 0) {
    return undefined;
  }
  const all = objects(steps);
  const reached = all.filter((step, i) => i === 0 || (typeof step['value'] === 'number' && value >= step['value'])).at(-1);
  return typeof reached?.['color'] === 'string' ? reached['color'] : undefined;
}
