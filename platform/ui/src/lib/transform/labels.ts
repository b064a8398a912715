import type { DataFrame, Field } from '../frame/frame';
import { array, optionalString, string } from '../json';
import { column, madeFrame, TransformError, type Transformer } from './transformer';

/** Labels of series become columns beside the values, or with `rows` a table of label and value for each series. */
export const labelsToFields: Transformer = (frames, options, context) => {
  const keep = array(options['keepLabels']).map((label) => string(label));
  const kept = (label: string): boolean => keep.length === 0 || keep.includes(label);
  if (options['mode'] === 'rows') {
    return frames.flatMap((frame) =>
      frame.fields.flatMap((field) => {
        const pairs = Object.entries(field.labels ?? {}).filter(([label]) => kept(label));
        const rows = [column('label', 'string', pairs.map(([label]) => label)), column('value', 'string', pairs.map(([, value]) => value))];
        return pairs.length === 0 ? [] : [{ ...frame, name: context.nameOf(field, frame), fields: rows, length: pairs.length }];
      }),
    );
  }
  const valueLabel = optionalString(options['valueLabel']);
  return frames.map((frame) => {
    const unique = new Map<string, Set<string>>();
    const fields = frame.fields.map((field): Field => {
      if (field.labels === undefined) {
        return field;
      }
      for (const [label, value] of Object.entries(field.labels)) {
        if (kept(label) && label !== valueLabel) {
          unique.set(label, (unique.get(label) ?? new Set()).add(value));
        }
      }
      const name = valueLabel !== undefined && kept(valueLabel) ? field.labels[valueLabel] : undefined;
      return { ...field, name: name ?? field.name, labels: undefined, config: { ...field.config, displayName: undefined, displayNameFromDS: undefined } };
    });
    const added = [...unique].flatMap(([label, values]) => [...values].map((value) => column(label, 'string', new Array<string>(frame.length).fill(value))));
    return { ...frame, fields: [...fields, ...added] };
  });
};

/** One table of the labels, in which the values of one label make the columns. */
export const joinByLabels: Transformer = (frames, options) => {
  const label = string(options['value']);
  const all = new Set(frames.flatMap((frame) => frame.fields.flatMap((field) => Object.keys(field.labels ?? {}))));
  if (label === '' || !all.has(label)) {
    throw new TransformError(label === '' ? 'no label is chosen whose values make the columns' : `no series has the label "${label}"`);
  }
  const chosen = array(options['join']).map((name) => string(name));
  const keys = (chosen.length > 0 ? chosen : [...all]).filter((name) => name !== label);
  const groups = new Map<string, { readonly labels: readonly (string | undefined)[]; readonly columns: Map<string, unknown[]> }>();
  const sources = new Map<string, Field>();
  for (const { field } of labelled(frames)) {
    const labels = keys.map((name) => field.labels?.[name]);
    const group = groups.get(JSON.stringify(labels)) ?? { labels, columns: new Map<string, unknown[]>() };
    groups.set(JSON.stringify(labels), group);
    const name = field.labels?.[label] ?? '';
    group.columns.set(name, [...(group.columns.get(name) ?? []), ...field.values]);
    if (!sources.has(name)) {
      sources.set(name, field);
    }
  }
  const rows = [...groups.values()].flatMap(({ labels, columns }) => {
    const length = Math.max(1, ...[...columns.values()].map((values) => values.length));
    return Array.from({ length }, (_, i) => ({ labels, columns, i }));
  });
  const keyFields = keys.map((name, k) => column(name, 'string', rows.map(({ labels }) => labels[k])));
  const valueFields = [...sources].map(([name, { type }]) => column(name, type, rows.map(({ columns, i }) => columns.get(name)?.[i])));
  return [madeFrame('joinByLabels', frames, [...keyFields, ...valueFields], rows.length)];
};

function labelled(frames: readonly DataFrame[]): { field: Field }[] {
  return frames.flatMap((frame) => frame.fields.filter((field) => field.labels !== undefined && field.type !== 'time').map((field) => ({ field })));
}
