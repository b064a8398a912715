import { CLASSIC_PALETTE, resolveColor } from '../field/colors';
import type { ShownField, ShownFrame } from '../field/fieldConfig';

/** Numbers by category, as a bar chart draws them. */
export interface BarTable {
  readonly category: ShownField;
  /** The values of the category field, one for each slot. */
  readonly keys: readonly unknown[];
  readonly columns: readonly { readonly field: ShownField; readonly frame: ShownFrame; readonly values: readonly (number | null)[]; readonly rows: readonly (number | undefined)[] }[];
}

/**
 * The field of categories is the one that is named, else the first with texts, else the first with times; all number fields
 * are columns. Several frames are joined on their categories.
 */
export function barTable(frames: readonly ShownFrame[], xField: string | undefined, dark: boolean): BarTable | undefined {
  const table = joined(frames, xField);
  return table && { ...table, columns: table.columns.map((column, at) => ({ ...column, field: inPalette(column.field, at, dark) })) };
}

/** Categories take no colour of the palette: the columns begin with its first. */
function inPalette(field: ShownField, at: number, dark: boolean): ShownField {
  return field.config.color?.mode === 'palette-classic' ? { ...field, color: resolveColor(CLASSIC_PALETTE[at % CLASSIC_PALETTE.length], dark) } : field;
}

function joined(frames: readonly ShownFrame[], xField: string | undefined): BarTable | undefined {
  const parts = frames.flatMap((frame) => {
    const named = frame.fields.find((field) => field.title === xField || field.name === xField);
    const category = named ?? frame.fields.find((field) => field.type === 'string') ?? frame.fields.find((field) => field.type === 'time');
    const numbers = frame.fields.filter((field) => field.type === 'number' && field !== category);
    return category && numbers.length > 0 ? [{ frame, category, numbers }] : [];
  });
  const [first] = parts;
  if (!first) {
    return undefined;
  }
  if (parts.length === 1) {
    const rows = first.category.values.map((_, row) => row);
    return { category: first.category, keys: first.category.values, columns: first.numbers.map((field) => ({ field, frame: first.frame, rows, values: rows.map((row) => numeric(field.values[row])) })) };
  }
  const keys = [...new Set(parts.flatMap((part) => [...part.category.values]))];
  if (first.category.type === 'time') {
    keys.sort((a, b) => Number(a) - Number(b));
  }
  const columns = parts.flatMap(({ frame, category, numbers }) => {
    const places = new Map(category.values.map((value, row) => [value, row]));
    const rows = keys.map((key) => places.get(key));
    return numbers.map((field) => ({ field, frame, rows, values: rows.map((row) => (row === undefined ? null : numeric(field.values[row]))) }));
  });
  return { category: first.category, keys, columns };
}

function numeric(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
