import { VALUE_FIELD_NAME } from '../field/displayName';
import { fieldMatcher, type FieldMatcher } from '../field/matchers';
import type { DataFrame, Field } from '../frame/frame';
import { optionalString } from '../json';
import { sortRows } from './rows';
import { madeFrame, named, TransformError, type NamedContext, type TransformContext, type Transformer } from './transformer';

/** How rows without a partner are treated: kept (`outer`), dropped (`inner`), or kept with all repetitions (`outerTabular`). */
export type JoinMode = 'outer' | 'inner' | 'outerTabular';

/** A join of hostile tables could make any number of rows of few. */
const ROWS_MAX = 500_000;

/** The rows of all frames side by side, where they agree in a field. */
export const joinByField: Transformer = (frames, options, context) => {
  const by = optionalString(options['byField']);
  const mode = options['mode'];
  const matcher = by === undefined ? undefined : fieldMatcher({ id: 'byName', options: by }, context);
  if (frames.length === 1 && matcher === undefined) {
    return frames;
  }
  const joined = joinFrames(frames, context, matcher, mode === 'inner' || mode === 'outerTabular' ? mode : 'outer');
  return joined === undefined ? frames : [joined];
};

/** Frames as columns beside one another if they are series, which calculations over several series need. */
export function asOneFrame(frames: readonly DataFrame[], context: TransformContext): readonly DataFrame[] {
  if (frames.length < 2 || !frames.every((frame) => frame.fields.some((field) => field.type === 'time'))) {
    return frames;
  }
  const joined = joinFrames(frames, named(frames, context), undefined, 'outer');
  return joined === undefined ? frames : [joined];
}

/** Undefined where no frame has the field. Without a matcher the first time field is joined by. */
export function joinFrames(frames: readonly DataFrame[], context: NamedContext, matcher: FieldMatcher | undefined, mode: JoinMode): DataFrame | undefined {
  const matches = matcher ?? fieldMatcher({ id: 'firstTimeField' }, context);
  const tables = frames.flatMap((frame): Table[] => {
    const key = frame.fields.find((field) => matches?.(field, frame) === true);
    return key === undefined ? [] : [{ key, fields: frame.fields.filter((field) => field !== key).map((field) => withFrameName(field, frame, frames.length)) }];
  });
  const [first] = tables;
  if (first === undefined) {
    return undefined;
  }
  const columns = mode === 'outer' ? joinOuter(tables) : mode === 'inner' ? joinInner(tables) : joinTabular(tables);
  const fields = [first.key, ...tables.flatMap((table) => table.fields)].map((field, i) => ({ ...field, values: columns[i] ?? [] }));
  const frame = { ...madeFrame('joinByField', frames, fields, columns[0]?.length ?? 0) };
  const [keyField] = fields;
  return mode === 'outer' && keyField !== undefined && keyField.type !== 'string' ? sortRows(frame, keyField) : frame;
}

interface Table {
  readonly key: Field;
  readonly fields: readonly Field[];
}

/** A column keeps saying which frame it came from. */
function withFrameName(field: Field, frame: DataFrame, frameCount: number): Field {
  if (frame.name === undefined || frame.name === '' || frameCount < 2) {
    return field;
  }
  return { ...field, name: field.name === VALUE_FIELD_NAME ? frame.name : field.name, labels: { ...field.labels, name: frame.name } };
}

/** One row for each value of the key; a later row of one frame with the same key wins. */
function joinOuter(tables: readonly Table[]): unknown[][] {
  const keys = tables[0]?.key.values ?? [];
  if (tables.every((table) => table.key.values === keys)) {
    return [[...keys], ...tables.flatMap((table) => table.fields.map((field) => [...field.values]))];
  }
  const rowOf = new Map<unknown, number>();
  for (const { key } of tables) {
    for (const value of key.values) {
      if (!rowOf.has(value)) {
        rowOf.set(value, rowOf.size);
      }
    }
  }
  const columns = tables.flatMap(({ key, fields }) =>
    fields.map((field) => {
      const values = new Array<unknown>(rowOf.size).fill(undefined);
      key.values.forEach((value, row) => {
        values[rowOf.get(value) ?? 0] = field.values[row];
      });
      return values;
    }),
  );
  return [[...rowOf.keys()], ...columns];
}

/** A row for each combination of rows that have the same key in every frame. */
function joinInner(tables: readonly Table[]): unknown[][] {
  const [first, ...others] = tables;
  if (first === undefined) {
    return [];
  }
  let rows = first.key.values.map((key, row) => [key, ...first.fields.map((field) => field.values[row])]);
  for (const { key, fields } of others) {
    const rowsOf = indexRows(key);
    bounded(rows.reduce((count, [value]) => count + (rowsOf.get(value)?.length ?? 0), 0));
    rows = rows.flatMap((joined) => (rowsOf.get(joined[0]) ?? []).map((row) => [...joined, ...fields.map((field) => field.values[row])]));
  }
  return transposed(rows, 1 + tables.reduce((sum, table) => sum + table.fields.length, 0));
}

/** Each row of each frame beside the first row of the same key in every other one; equal rows once. */
function joinTabular(tables: readonly Table[]): unknown[][] {
  const offsets: number[] = [];
  let width = 1;
  for (const table of tables) {
    offsets.push(width);
    width += table.fields.length;
  }
  const indexes = tables.map((table) => indexRows(table.key));
  const rows = new Map<string, unknown[]>();
  tables.forEach((table, t) => {
    tables.forEach((other, o) => {
      if (o === t && tables.length > 1) {
        return;
      }
      table.key.values.forEach((key, r) => {
        const row = new Array<unknown>(width).fill(undefined);
        row[0] = key;
        write(row, table, offsets[t] ?? 0, r);
        const partner = indexes[o]?.get(key)?.[0];
        if (partner !== undefined) {
          write(row, other, offsets[o] ?? 0, partner);
        }
        rows.set(JSON.stringify(row), row);
      });
      bounded(rows.size);
    });
  });
  return transposed([...rows.values()], width);
}

function write(row: unknown[], { fields }: Table, offset: number, from: number): void {
  fields.forEach((field, i) => {
    row[offset + i] = field.values[from];
  });
}

function indexRows({ values }: Field): Map<unknown, number[]> {
  const rows = new Map<unknown, number[]>();
  values.forEach((value, row) => {
    const known = rows.get(value);
    if (known === undefined) {
      rows.set(value, [row]);
    } else {
      known.push(row);
    }
  });
  return rows;
}

function transposed(rows: readonly (readonly unknown[])[], width: number): unknown[][] {
  return Array.from({ length: width }, (_, i) => rows.map((row) => row[i]));
}

function bounded(rows: number): void {
  if (rows > ROWS_MAX) {
    throw new TransformError(`the join would make more than ${ROWS_MAX.toLocaleString('en')} rows: join by a field whose values repeat less`);
  }
}
