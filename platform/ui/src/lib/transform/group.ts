import { fieldMatcher } from '../field/matchers';
import { reduceField } from '../field/reducers';
import type { DataFrame, Field } from '../frame/frame';
import { array, object, string } from '../json';
import { readReducers, reducedType } from './reduce';
import { cellText, column, findField, madeFrame, pickRows, TransformError, type NamedContext, type Transformer } from './transformer';

/** One row for each distinct combination of values of the group-by fields, with calculations of the others. */
export const groupBy: Transformer = (frames, options, context) => {
  const settings = object(options['fields']);
  const settingOf = (field: Field, frame: DataFrame) => object(settings[context.nameOf(field, frame)] ?? settings[field.name]);
  if (!Object.values(settings).some((setting) => object(setting)['operation'] === 'groupby')) {
    return frames;
  }
  return frames.flatMap((frame) => {
    const keys = frame.fields.filter((field) => settingOf(field, frame)['operation'] === 'groupby');
    if (keys.length === 0) {
      return [];
    }
    const groups = groupRows(keys, frame.length);
    const calculated = frame.fields.flatMap((field) => {
      const setting = settingOf(field, frame);
      return setting['operation'] === 'aggregate' ? aggregations(field, context.nameOf(field, frame), setting['aggregations'], groups) : [];
    });
    const grouped = keys.map((field) => ({ ...field, values: groups.map(([row = 0]) => field.values[row]) }));
    return [madeFrame('groupBy', [frame], [...grouped, ...calculated], groups.length)];
  });
};

function aggregations(field: Field, name: string, ids: unknown, groups: readonly (readonly number[])[]): Field[] {
  const parts = groups.map((rows) => ({ ...field, values: rows.map((row) => field.values[row]) }));
  return readReducers(ids).map((reducer) => {
    const values = parts.map((part) => reduceField(part, reducer.id));
    return column(`${name} (${reducer.id})`, reducedType(reducer, field, values), values);
  });
}

/** One field makes the rows, one the columns, one the values. Only for a single frame. */
export const groupingToMatrix: Transformer = (frames, options, context) => {
  const [frame] = frames;
  if (frame === undefined || frames.length !== 1) {
    return frames;
  }
  const [columnName, rowName, valueName] = [string(options['columnField'], 'Time'), string(options['rowField'], 'Time'), string(options['valueField'], 'Value')];
  const [columns, rows, source] = [keyField(frame, columnName, context), keyField(frame, rowName, context), keyField(frame, valueName, context)];
  if (columns === undefined || rows === undefined || source === undefined) {
    return frames;
  }
  const rowValues = [...new Set(rows.values)];
  const columnValues = [...new Set(columns.values)];
  if (rowValues.length * columnValues.length > CELLS_MAX) {
    throw new TransformError(`the matrix would have more than ${CELLS_MAX.toLocaleString('en')} cells: take fields with fewer different values`);
  }
  const empty = emptyValue(options['emptyValue']);
  const cells = new Map<unknown, Map<unknown, unknown>>(columnValues.map((value) => [value, new Map()]));
  for (let row = 0; row < frame.length; row++) {
    cells.get(columns.values[row])?.set(rows.values[row], source.values[row]);
  }
  const matrix = columnValues.map((value): Field => ({
    name: cellText(value),
    type: source.type,
    values: rowValues.map((row) => cells.get(value)?.get(row) ?? empty),
    config: { ...source.config, displayNameFromDS: undefined },
  }));
  return [madeFrame('groupingToMatrix', frames, [column(`${rowName}\\${columnName}`, rows.type === 'time' ? 'time' : 'string', rowValues), ...matrix], rowValues.length)];
};

const CELLS_MAX = 500_000;

function keyField(frame: DataFrame, name: string, context: NamedContext): Field | undefined {
  const matches = fieldMatcher({ id: 'byName', options: name }, context);
  return findField(frame, name, context) ?? frame.fields.find((field) => matches?.(field, frame) === true);
}

function emptyValue(option: unknown): unknown {
  switch (option) {
    case 'true':
      return true;
    case 'false':
      return false;
    case 'null':
      return null;
    case 'zero':
      return 0;
    default:
      return '';
  }
}

/** A frame for each distinct combination of values of the fields. */
export const partitionByValues: Transformer = (frames, options, context) => {
  const [frame] = frames;
  const names = array(options['fields']);
  const matches = fieldMatcher({ id: 'byNames', options: { names } }, context);
  if (frame === undefined || names.length === 0 || matches === undefined) {
    return frames;
  }
  const keys = frame.fields.filter((field) => matches(field, frame));
  if (keys.length === 0) {
    return [frame];
  }
  const naming = object(options['naming']);
  const asLabels = naming['asLabels'] !== false;
  const rest = options['keepFields'] === true ? frame.fields : frame.fields.filter((field) => !keys.includes(field));
  return groupRows(keys, frame.length).map((rows) => {
    const values = keys.map((field) => cellText(field.values[rows[0] ?? 0]));
    const part = pickRows({ ...frame, fields: rest }, rows);
    if (!asLabels) {
      const separator = string(naming['separator1'], '=');
      const name = values.map((value, i) => (naming['withNames'] === true ? `${keys[i]?.name ?? ''}${separator}${value}` : value)).join(string(naming['separator2'], ' '));
      return { ...part, name: naming['append'] === true && frame.name !== undefined ? `${frame.name} ${name}` : name };
    }
    const added = Object.fromEntries(keys.map((field, i) => [field.name, values[i] ?? '']));
    return { ...part, fields: part.fields.map((field) => (field.type === 'time' ? field : withLabels(field, added))) };
  });
};

/** A configured name would be the same in all parts: what tells the parts apart is added to it. */
function withLabels(field: Field, added: Readonly<Record<string, string>>): Field {
  const name = field.config.displayName ?? field.config.displayNameFromDS;
  const labels = { ...field.labels, ...added };
  return name === undefined ? { ...field, labels } : { ...field, labels, config: { ...field.config, displayName: `${name} ${Object.values(added).join(' ')}` } };
}

/** Rows of equal keys together, groups in the order of their first row. */
function groupRows(keys: readonly Field[], length: number): number[][] {
  const groups = new Map<string, number[]>();
  for (let row = 0; row < length; row++) {
    const key = JSON.stringify(keys.map((field) => field.values[row] ?? null));
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [row]);
    } else {
      group.push(row);
    }
  }
  return [...groups.values()];
}
