import { array, object, type Json } from '../json';

/** A value that a choice writes. */
export type ChoiceValue = string | number | boolean;

interface Base {
  /** Where the value stands: keys and list places joined with dots. */
  readonly path: string;
  readonly label: string;
  readonly description?: string;
  /** The field is shown only where another value is one of these. */
  readonly when?: { readonly path: string; readonly is: readonly unknown[] };
}

/** An input of a form over a JSON document. `fallback` is what counts where the document says nothing. */
export type OptionField =
  | (Base & { readonly kind: 'choice'; readonly choices: readonly (readonly [ChoiceValue, string])[]; readonly fallback: ChoiceValue })
  | (Base & { readonly kind: 'switch'; readonly fallback: boolean })
  | (Base & { readonly kind: 'number'; readonly min?: number; readonly max?: number; readonly placeholder?: string })
  | (Base & { readonly kind: 'calculation'; readonly fallback: string })
  /** `text` one line, `lines` several, `name` a field's name, `color` a CSS or palette colour, `unit` a unit. */
  | (Base & { readonly kind: 'text' | 'lines' | 'name' | 'color' | 'unit'; readonly placeholder?: string })
  /** Lists: field names, calculations, any texts. */
  | (Base & { readonly kind: 'names' | 'calculations' | 'texts' });

/** What stands at a path; undefined where there is nothing. */
export function readPath(json: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, step) => (Array.isArray(value) ? array(value)[Number(step)] : own(object(value), step)), json);
}

/** The document with another value at a path; undefined takes the key away. Everything else stays. */
export function writePath(json: Json, path: string, value: unknown): Json {
  return object(written(json, path.split('.'), value));
}

/** The list with the item at one place moved to another; places outside change nothing. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const item = list[from];
  if (item === undefined || to < 0 || to >= list.length) {
    return list;
  }
  const others = list.filter((_, i) => i !== from);
  return [...others.slice(0, to), item, ...others.slice(to)];
}

/** Whether a field is to be shown. */
export function isShown(field: OptionField, json: Json): boolean {
  return field.when === undefined || field.when.is.includes(readPath(json, field.when.path));
}

function written(json: unknown, [step = '', ...rest]: readonly string[], value: unknown): unknown {
  if (Array.isArray(json) || (/^\d+$/.test(step) && json === undefined)) {
    const list = array(json);
    const at = Number(step);
    const next = rest.length === 0 ? value : written(list[at], rest, value);
    return at < list.length ? list.map((item, i) => (i === at ? next : item)) : [...list, next];
  }
  const whole = object(json);
  const next = rest.length === 0 ? value : written(own(whole, step), rest, value);
  return next === undefined ? Object.fromEntries(Object.entries(whole).filter(([key]) => key !== step)) : { ...whole, [step]: next };
}

function own(json: Json, key: string): unknown {
  return Object.hasOwn(json, key) ? json[key] : undefined;
}
