import type { Field } from '../frame/frame';
import { boolean, object, optionalNumber, optionalString, string, type Json } from '../json';

/** How the cells of a column are drawn: Grafana's `custom.cellOptions`. */
export type CellOptions =
  | { readonly type: 'auto' | 'color-text' | 'json-view' | 'data-links' | 'pill' | 'markdown'; readonly wrap: boolean }
  | { readonly type: 'color-background'; readonly mode: 'basic' | 'gradient'; readonly applyToRow: boolean; readonly wrap: boolean }
  | { readonly type: 'gauge'; readonly mode: 'basic' | 'gradient' | 'lcd'; readonly valueMode: 'color' | 'text' | 'hidden'; readonly wrap: false }
  | { readonly type: 'sparkline'; readonly hideValue: boolean; readonly filled: boolean; readonly wrap: false }
  | { readonly type: 'image'; readonly alt: string; readonly title: string; readonly wrap: false }
  /** A type that is not drawn; its value is shown as text. */
  | { readonly type: 'unknown'; readonly name: string; readonly wrap: boolean };

/** Reads the options of a field; the names that older versions gave under `displayMode` are understood. */
export function cellOptions(field: Field): CellOptions {
  const custom = object(field.config.custom);
  const old = optionalString(custom['displayMode']);
  const json = old === undefined ? object(custom['cellOptions']) : fromDisplayMode(old);
  const type = string(json['type'], 'auto');
  const wrap = boolean(json['wrapText'], boolean(custom['wrapText'], false));
  switch (type) {
    case 'auto':
      return field.values.some(isFrame) ? sparkline(json) : { type, wrap };
    case 'color-text':
    case 'json-view':
    case 'data-links':
      return { type, wrap };
    case 'pill':
    case 'markdown':
      // Both are for texts; numbers are written as they always are.
      return field.type === 'string' || field.type === 'other' ? { type, wrap: type === 'markdown' || wrap } : { type: 'auto', wrap };
    case 'color-background':
      return { type, mode: json['mode'] === 'basic' ? 'basic' : 'gradient', applyToRow: json['applyToRow'] === true, wrap };
    case 'gauge':
      return { type, mode: gaugeMode(json['mode']), valueMode: json['valueDisplayMode'] === 'text' ? 'text' : json['valueDisplayMode'] === 'hidden' ? 'hidden' : 'color', wrap: false };
    case 'sparkline':
      return sparkline(json);
    case 'image':
      return { type, alt: string(json['alt']), title: string(json['title']), wrap: false };
    case 'custom':
      return { type: 'auto', wrap };
    default:
      return { type: 'unknown', name: type, wrap };
  }
}

function sparkline(json: Json): CellOptions {
  return { type: 'sparkline', hideValue: boolean(json['hideValue'], false), filled: (optionalNumber(json['fillOpacity']) ?? 17) > 0, wrap: false };
}

function gaugeMode(value: unknown): 'basic' | 'gradient' | 'lcd' {
  return value === 'basic' || value === 'lcd' ? value : 'gradient';
}

/** `displayMode` of versions before 9.2 as today's options. */
function fromDisplayMode(mode: string): Json {
  switch (mode) {
    case 'basic':
      return { type: 'gauge', mode: 'basic' };
    case 'gradient-gauge':
      return { type: 'gauge', mode: 'gradient' };
    case 'lcd-gauge':
      return { type: 'gauge', mode: 'lcd' };
    case 'color-background':
      return { type: 'color-background', mode: 'gradient' };
    case 'color-background-solid':
      return { type: 'color-background', mode: 'basic' };
    default:
      return { type: mode };
  }
}

/** Whether a value is a frame of its own, as transformations put series into cells. */
export function isFrame(value: unknown): value is { readonly fields: readonly Field[]; readonly length: number } {
  return typeof value === 'object' && value !== null && Array.isArray((value as Json)['fields']);
}

/** Numbers stand right in text cells, everything else left, unless the column says otherwise. */
export function alignment(field: Field, options: CellOptions): 'left' | 'center' | 'right' {
  const align = object(field.config.custom)['align'];
  if (align === 'left' || align === 'center' || align === 'right') {
    return align;
  }
  const text = options.type === 'auto' || options.type === 'color-text' || options.type === 'color-background';
  return text && field.type === 'number' ? 'right' : 'left';
}
