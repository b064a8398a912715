import type { DataFrame, Field } from '../frame/frame';
import type { FieldConfig, MappingResult, ThresholdStep } from '../field/fieldConfig';
import { array, object, optionalString, string, type Json } from '../json';
import { cellText, type NamedContext } from './transformer';

/** What a column of a table of settings sets. */
export interface ColumnRole {
  readonly field: Field;
  readonly name: string;
  /** A setting, `field.name`, `field.value`, `field.label` or `__ignore`; undefined for a column that says nothing. */
  readonly key: string | undefined;
  readonly reducer: string;
  readonly thresholdColor: string;
}

const SETTINGS = ['max', 'min', 'unit', 'decimals', 'displayName', 'color', 'threshold1', 'mappings.value', 'mappings.color', 'mappings.text'];
const ROLES = ['field.name', 'field.value', 'field.label', '__ignore'];

/** The roles that the options give to columns, or that follow from their names. */
export function columnRoles(frame: DataFrame, mappings: unknown, { nameOf }: NamedContext): ColumnRole[] {
  const given = array(mappings).map(object);
  return frame.fields.map((field) => {
    const name = nameOf(field, frame);
    const mapping = given.find(({ fieldName }) => fieldName === name);
    const wanted = mapping === undefined ? name.toLowerCase() : string(mapping['handlerKey']);
    const key = [...SETTINGS, ...ROLES].find((known) => (mapping === undefined ? known.toLowerCase() : known) === wanted);
    const fallback = key?.startsWith('mappings.') === true ? 'allValues' : 'lastNotNull';
    return { field, name, key, reducer: optionalString(mapping?.['reducerId']) ?? fallback, thresholdColor: string(threshold(mapping)['color'], 'red') };
  });
}

function threshold(mapping: Json | undefined): Json {
  return object(object(mapping?.['handlerArguments'])['threshold']);
}

/** The configuration that values of columns say. */
export function configOf(roles: readonly ColumnRole[], valueOf: (role: ColumnRole) => unknown): FieldConfig {
  let config: FieldConfig = {};
  const steps: ThresholdStep[] = [];
  const lists = new Map<string, readonly unknown[]>();
  for (const role of roles) {
    const value = valueOf(role);
    if (role.key === undefined || value === null || value === undefined) {
      continue;
    }
    if (role.key === 'threshold1') {
      const bound = toNumber(value);
      if (bound !== undefined) {
        steps.push({ value: bound, color: role.thresholdColor });
      }
    } else if (role.key.startsWith('mappings.')) {
      lists.set(role.key, array(value));
    } else {
      config = { ...config, ...setting(role.key, value) };
    }
  }
  const values = lists.get('mappings.value');
  return {
    ...config,
    ...(steps.length > 0 && { thresholds: { mode: 'absolute' as const, steps: [{ value: -Infinity, color: 'green' }, ...steps.sort((a, b) => a.value - b.value)] } }),
    ...(values && { mappings: [{ type: 'value' as const, options: mappingOptions(values, lists) }] }),
  };
}

function setting(key: string, value: unknown): FieldConfig {
  const numeric = toNumber(value);
  switch (key) {
    case 'max':
    case 'min':
      return { [key]: numeric };
    case 'decimals':
      return numeric !== undefined && Number.isInteger(numeric) && numeric >= 0 && numeric <= 15 ? { decimals: numeric } : {};
    case 'unit':
    case 'displayName':
      return { [key]: cellText(value) };
    case 'color':
      return { color: { mode: 'fixed', fixedColor: cellText(value) } };
    default:
      return {};
  }
}

function mappingOptions(values: readonly unknown[], lists: ReadonlyMap<string, readonly unknown[]>): Record<string, MappingResult> {
  return Object.fromEntries(
    values.flatMap((value, index) => {
      const color = optionalString(lists.get('mappings.color')?.[index]);
      const text = optionalString(lists.get('mappings.text')?.[index]);
      return value === null || value === undefined ? [] : [[cellText(value), { text, color, icon: undefined, index }]];
    }),
  );
}

function toNumber(value: unknown): number | undefined {
  const numeric = typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
  return Number.isNaN(numeric) ? undefined : numeric;
}
