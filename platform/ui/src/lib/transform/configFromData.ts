import { reduceField } from '../field/reducers';
import type { DataFrame, Field } from '../frame/frame';
import { string } from '../json';
import { columnRoles, configOf, type ColumnRole } from './fieldMappings';
import { cellText, madeFrame, matcherOption, type NamedContext, type Transformer } from './transformer';

/** Unit, bounds, thresholds and so on of fields come from the answer of another query. */
export const configFromData: Transformer = (frames, options, context) => {
  const refId = string(options['configRefId'], 'config');
  const source = frames.find((frame) => frame.refId === refId);
  if (source === undefined) {
    return frames;
  }
  const config = configOf(columnRoles(source, options['mappings'], context), ({ field, reducer }) => reduceField(field, reducer));
  const matches = matcherOption(options['applyTo'], context) ?? (({ type }: Field) => type === 'number');
  return frames
    .filter((frame) => frame !== source || frames.length === 1)
    .map((frame) => ({ ...frame, fields: frame.fields.map((field) => (matches(field, frame) ? { ...field, config: { ...field.config, ...config } } : field)) }));
};

/** Each row becomes a field, with what its other columns say as labels and configuration. */
export const rowsToFields: Transformer = (frames, options, context) => frames.map((frame) => turned(frame, options['mappings'], context));

function turned(frame: DataFrame, mappings: unknown, context: NamedContext): DataFrame {
  const roles = columnRoles(frame, mappings, context);
  const name = roles.find(({ key }) => key === 'field.name') ?? roles.find(({ key, field }) => key === undefined && field.type === 'string');
  const value = roles.find(({ key }) => key === 'field.value') ?? roles.find(({ key, field }) => key === undefined && field.type === 'number');
  if (name === undefined || value === undefined) {
    return frame;
  }
  const isLabel = (role: ColumnRole): boolean => role !== name && role !== value && (role.key === undefined || role.key === 'field.label');
  const fields = name.field.values.map((title, row): Field => {
    const labels = roles.filter((role) => isLabel(role) && role.field.values[row] !== null && role.field.values[row] !== undefined);
    return {
      name: cellText(title),
      type: value.field.type,
      values: [value.field.values[row]],
      config: configOf(roles, (role) => (role.key?.startsWith('mappings.') === true ? [role.field.values[row]] : role.field.values[row])),
      labels: labels.length === 0 ? name.field.labels : { ...name.field.labels, ...Object.fromEntries(labels.map((role) => [role.name, cellText(role.field.values[row])])) },
    };
  });
  return madeFrame('rowsToFields', [frame], fields, 1);
}
