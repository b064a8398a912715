import { formatDisplay } from '../units/format';
import type { DataFrame, Field } from '../frame/frame';
import { formatValue } from '../template/formats';
import type { Language, ScopedVars, TemplateScope } from '../template/scope';
import type { DisplayValue } from './fieldConfig';
import { formatLabels, frameName, type NameOf } from './displayName';

/** Where a text stands whose `${__field…}`, `${__value…}` and the like are replaced. */
export interface DataPlace {
  readonly frame: DataFrame;
  readonly field: Field;
  readonly nameOf: NameOf;
  /** Undefined where the text is about the field as a whole. */
  readonly rowIndex?: number | undefined;
  /** What is shown there, for a calculated value that is in no row. */
  readonly shown?: DisplayValue | undefined;
  /** The name of the calculation that made it. */
  readonly calculation?: string | undefined;
  readonly display?: ((field: Field, value: unknown) => DisplayValue) | undefined;
}

const REFERENCE = /\$\{([^{}]{1,300})\}|\$(__[a-z_]+\d*)|\[\[([^[\]]{1,300})\]\]/g;
const PATH_STEP = /^(?:\.([^.[\]]+)|\[(?:"([^"]*)"|'([^']*)'|([^\]]*))\])/;

/**
 * Replaces the references to data itself and leaves the rest to the scope. What data say is never read as a reference
 * again. Names that are not known here stay as they are. `encode` is applied to what data say unless the reference asks
 * for a format.
 */
export function replaceData(text: string, place: DataPlace, scope: TemplateScope | undefined, language: Language = 'text', encode: (value: string, before: string) => string = String, extra?: ScopedVars): string {
  let result = '';
  let rest = '';
  let last = 0;
  const flush = (): void => {
    result += rest === '' ? '' : (scope?.replace(rest, language, extra) ?? rest);
    rest = '';
  };
  for (const match of text.matchAll(REFERENCE)) {
    rest += text.slice(last, match.index);
    last = match.index + match[0].length;
    const reference = match[1] ?? match[2] ?? match[3] ?? '';
    const value = resolve(reference, place);
    if (value === undefined) {
      rest += match[0];
    } else {
      flush();
      result += formatted(value, reference, (plain) => encode(plain, result));
    }
  }
  rest += text.slice(last);
  flush();
  return result;
}

/** `name.path:format`, of which the format is what stands behind the last colon outside brackets. */
function splitFormat(reference: string): { path: string; format: string | undefined } {
  const colon = reference.lastIndexOf(':');
  return colon > 0 && !/[\]"']/.test(reference.slice(colon)) ? { path: reference.slice(0, colon), format: reference.slice(colon + 1) } : { path: reference, format: undefined };
}

function formatted(value: string, reference: string, encode: (value: string) => string): string {
  const { path, format } = splitFormat(reference);
  return format === undefined || format === '' ? encode(value) : formatValue(value, format, { name: path, text: value });
}

/** Undefined for what is no reference to data. */
function resolve(reference: string, place: DataPlace): string | undefined {
  const { path } = splitFormat(reference);
  const name = /^__[a-z_]+\d*/.exec(path)?.[0];
  const steps = name === undefined ? undefined : parsePath(path.slice(name.length));
  if (name === undefined || steps === undefined) {
    return undefined;
  }
  const { field, frame, nameOf } = place;
  switch (name) {
    case '__field':
      return fieldReference(field, frame, nameOf, steps);
    case '__series':
    case '__series_name':
      return steps.length === 0 || steps[0] === 'name' ? frameName(frame, nameOf) : undefined;
    case '__value':
      return valueReference(place, steps[0]);
    case '__data':
      return steps[0] === 'fields' ? cellReference(place, steps.slice(1)) : steps[0] === 'refId' ? frame.refId : undefined;
    case '__calc':
      return place.calculation;
    default:
      return name.startsWith('__cell_') && place.rowIndex !== undefined ? text(frame.fields[Number(name.slice(7))]?.values[place.rowIndex]) : undefined;
  }
}

function fieldReference(field: Field, frame: DataFrame, nameOf: NameOf, steps: readonly string[]): string | undefined {
  const [property, label] = steps;
  switch (property) {
    case undefined:
    case 'displayName':
      return nameOf(field, frame);
    case 'name':
      return field.name;
    case 'labels':
    case 'formattedLabels':
      if (label === undefined) {
        return formatLabels(field.labels ?? {}, false);
      }
      return label === '__values' ? Object.values(field.labels ?? {}).sort().join(', ') : ownLabel(field, steps.slice(1).join('.'));
    default:
      return undefined;
  }
}

function ownLabel(field: Field, name: string): string {
  return field.labels !== undefined && Object.hasOwn(field.labels, name) ? (field.labels[name] ?? '') : '';
}

/** As in Grafana, the text of a value in a row is without prefix and suffix, that of a calculated one is whole. */
function valueReference(place: DataPlace, property: string | undefined): string | undefined {
  const { field, frame, rowIndex, shown } = place;
  if (rowIndex === undefined && shown === undefined) {
    return '';
  }
  const raw = rowIndex === undefined ? undefined : field.values[rowIndex];
  const display = (): DisplayValue | undefined => shown ?? place.display?.(field, raw);
  switch (property) {
    case 'raw':
      return rowIndex === undefined ? text(shown?.numeric) : text(raw);
    case 'numeric':
      return text(display()?.numeric ?? Number(raw));
    case 'text':
      return shown === undefined ? (display()?.text ?? text(raw)) : formatDisplay(shown);
    case undefined: {
      const value = display();
      return value === undefined ? text(raw) : formatDisplay(value);
    }
    case 'time':
      return rowIndex === undefined ? '' : text(frame.fields.find(({ type }) => type === 'time')?.values[rowIndex]);
    default:
      return undefined;
  }
}

/** `fields.name`, `fields["name"]` or `fields[2]`, then `.text` or `.numeric`; another column of the same row. */
function cellReference(place: DataPlace, steps: readonly string[]): string | undefined {
  const [name, property = 'raw'] = steps;
  if (name === undefined || place.rowIndex === undefined) {
    return undefined;
  }
  const { frame, nameOf } = place;
  const field =
    frame.fields.find((other) => nameOf(other, frame) === name) ??
    frame.fields.find((other) => other.name === name) ??
    (/^\d+$/.test(name) ? frame.fields[Number(name)] : undefined);
  return field === undefined ? '' : valueReference({ ...place, field, shown: undefined }, property);
}

function parsePath(path: string): readonly string[] | undefined {
  const steps: string[] = [];
  let rest = path;
  while (rest !== '') {
    const match = PATH_STEP.exec(rest);
    if (!match) {
      return undefined;
    }
    steps.push(match[1] ?? match[2] ?? match[3] ?? match[4] ?? '');
    rest = rest.slice(match[0].length);
  }
  return steps;
}

function text(value: unknown): string {
  return value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}
