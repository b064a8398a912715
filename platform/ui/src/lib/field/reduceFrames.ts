import { array, boolean, number, object, optionalString, string, type Json } from '../json';
import type { TemplateScope } from '../template/scope';
import { resolveColor } from './colors';
import { CLASSIC_PALETTE } from './colors';
import { formatLabels } from './displayName';
import type { DisplayValue, FieldConfigSource, ShownField, ShownFrame } from './fieldConfig';
import { replaceData } from './macros';
import { fieldMatcher } from './matchers';
import { findReducer, reduceField } from './reducers';

/** One value of a stat, gauge, bar gauge or pie. */
export interface ReducedValue {
  readonly title: string;
  readonly display: DisplayValue;
  readonly field: ShownField;
  readonly frame: ShownFrame;
  /** The row that the value is from; undefined for a calculated one. */
  readonly row: number | undefined;
  /** The calculation that made it; undefined for the value of a row. */
  readonly calc: string | undefined;
}

export interface ReduceContext {
  readonly scope?: TemplateScope | undefined;
  readonly dark?: boolean | undefined;
  /** Its overrides by name give rows their colours. */
  readonly fieldConfig?: FieldConfigSource | undefined;
}

/** How many values are shown where the panel does not say. */
const LIMIT = 25;

/**
 * The values of a panel's `reduceOptions`: each calculation of each field, or with `values` each row. Without `fields` the
 * number fields are taken, else those whose name matches. Nothing where there is no such field.
 */
export function reduceFrames(frames: readonly ShownFrame[], options: Json, context: ReduceContext = {}): ReducedValue[] {
  const pattern = optionalString(options['fields']);
  const matches = fieldMatcher(pattern === undefined ? { id: 'numeric' } : { id: 'byRegexp', options: pattern }, { nameOf: titleOf, scope: context.scope });
  const fields = frames.flatMap((frame) => frame.fields.filter((field) => matches?.(field, frame) === true).map((field) => ({ field, frame })));
  if (!boolean(options['values'], false)) {
    const calcs = array(options['calcs']).map((calc) => string(calc)).filter((calc) => findReducer(calc) !== undefined);
    return fields.flatMap(({ field, frame }) => calculated(field, frame, calcs.length === 0 ? ['lastNotNull'] : calcs, context));
  }
  const limit = number(options['limit'], LIMIT) || LIMIT;
  const values: ReducedValue[] = [];
  for (const { field, frame } of fields) {
    for (let row = 0; row < frame.length && values.length < limit; row++) {
      values.push(ofRow(field, frame, row, values.length, context));
    }
  }
  return values;
}

function calculated(field: ShownField, frame: ShownFrame, calcs: readonly string[], { scope }: ReduceContext): ReducedValue[] {
  return calcs.map((calc) => {
    const display = field.display(reduceField(field, calc));
    const title = configuredName(field) ? replaceData(field.title, { field, frame, nameOf: titleOf, calculation: calc, shown: display }, scope) : field.title;
    return { title, display, field, frame, row: undefined, calc };
  });
}

function ofRow(field: ShownField, frame: ShownFrame, row: number, place: number, context: ReduceContext): ReducedValue {
  const title = rowTitle(field, frame, row, context.scope);
  const shown = field.display(field.values[row]);
  const color = overrideColor(title, context) ?? paletteColor(field, place, context);
  return { title, display: color === undefined ? shown : { ...shown, color }, field, frame, row, calc: undefined };
}

/** The texts of the row, and the name of the field where several fields show numbers. */
function rowTitle(field: ShownField, frame: ShownFrame, row: number, scope: TemplateScope | undefined): string {
  if (configuredName(field)) {
    return replaceData(field.title, { field, frame, nameOf: titleOf, rowIndex: row, display: (other, value) => (other as ShownField).display(value) }, scope);
  }
  const others = frame.fields.filter((other) => other !== field);
  const texts = others.filter(({ type }) => type === 'string').map((other) => other.display(other.values[row]).text);
  const parts = texts.filter((text) => text !== '');
  return [...parts, ...(parts.length === 0 || others.some(({ type }) => type === 'number') ? [field.title] : [])].join(' ');
}

/** The colour of an override for a field of the row's name: rows are treated as if they were series. */
function overrideColor(title: string, { fieldConfig, dark = false }: ReduceContext): string | undefined {
  const override = fieldConfig?.overrides.find(({ matcher }) => matcher.id === 'byName' && matcher.options === title);
  const color = object(override?.properties.find(({ id }) => id === 'color')?.value);
  const fixed = optionalString(color['fixedColor']);
  return fixed === undefined ? undefined : resolveColor(fixed, dark);
}

/** With the palette each row takes the next colour, as series do, unless a mapping colours it. */
function paletteColor(field: ShownField, place: number, { dark }: ReduceContext): string | undefined {
  return field.config.color?.mode === 'palette-classic' && dark !== undefined && (field.config.mappings ?? []).length === 0
    ? resolveColor(CLASSIC_PALETTE[place % CLASSIC_PALETTE.length], dark)
    : undefined;
}

function configuredName(field: ShownField): boolean {
  return field.config.displayName !== undefined && field.config.displayName !== '';
}

function titleOf(field: { readonly name: string; readonly labels?: Readonly<Record<string, string>> | undefined }): string {
  return (field as Partial<ShownField>).title ?? (field.name || formatLabels(field.labels ?? {}));
}
