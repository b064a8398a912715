import type { DataFrame, Field, FieldType } from '../frame/frame';
import { object, optionalNumber, type Json } from '../json';
import type { TemplateScope } from '../template/scope';
import { colorScale, seriesColor, type ColorInput, type ValueRange } from './colorMode';
import { displayOf } from './display';
import { fieldNamer, type NameOf } from './displayName';
import type { FieldConfig, FieldConfigSource, ShownField, ShownFrame } from './fieldConfig';
import { replaceData } from './macros';
import { fieldMatcher, type FieldMatcher } from './matchers';
import { readColor, readFieldConfig, readLinks, readMappings, readThresholds } from './readFieldConfig';
import { DEFAULT_THRESHOLDS } from './thresholds';

export interface ShowOptions {
  readonly scope?: TemplateScope | undefined;
  readonly dark: boolean;
  /** An IANA name or `utc`; undefined for the browser's. */
  readonly timeZone?: string | undefined;
  /** The panel's type, which decides how fields are coloured that say nothing of it; series take the palette without one. */
  readonly panelType?: string | undefined;
}

/**
 * Settles how each field is named, written, coloured and linked: what the data source says, the panel's defaults where it says
 * nothing, then the overrides in their order.
 */
export function showFrames(frames: readonly DataFrame[], source: FieldConfigSource, options: ShowOptions): ShownFrame[] {
  const defaults = withPanelDefaults(readFieldConfig(source.defaults), options.panelType);
  const original = fieldNamer(frames);
  const configs = new Map<Field, FieldConfig>();
  const nameOf: NameOf = (field, frame) => {
    const config = configs.get(field);
    return config?.displayName !== undefined && config.displayName !== '' ? config.displayName : original(field, frame);
  };
  const overrides: { readonly matches: FieldMatcher; readonly properties: FieldConfigSource['overrides'][number]['properties'] }[] = [];
  const unknown: string[] = [];
  for (const { matcher, properties } of source.overrides) {
    const matches = fieldMatcher(matcher, { nameOf, scope: options.scope });
    if (matches === undefined) {
      unknown.push(matcher.id);
    } else {
      overrides.push({ matches, properties });
    }
  }
  const panel = new PanelRange(frames);
  let seriesIndex = 0;
  const shown = frames.map((frame): ShownFrame => {
    const fields = frame.fields.map((field): ShownField => {
      configs.set(field, fillIn(field, frame, defaults, original, options));
      for (const { matches, properties } of overrides) {
        if (matches(field, frame)) {
          const before = configs.get(field) ?? field.config;
          configs.set(field, override(before, properties, (text) => replaceData(text, { frame, field, nameOf: original }, options.scope)));
        }
      }
      const settled = settle(field, ordered(configs.get(field) ?? field.config), nameOf(field, frame), field.type === 'time' ? seriesIndex : seriesIndex++, panel, options);
      return { ...settled, frameOf: () => result };
    });
    const result: ShownFrame = { ...frame, fields };
    return result;
  });
  return withNotices(shown, unknown);
}

/** The least and greatest number of all fields, found when the first field asks. */
class PanelRange {
  private known: ValueRange | undefined;

  constructor(private readonly frames: readonly DataFrame[]) {}

  of(field: Field, config: FieldConfig): ValueRange {
    if (field.type !== 'number') {
      return { min: 0, max: 100 };
    }
    const { min, max } = config;
    if (min !== undefined && max !== undefined) {
      return { min, max };
    }
    const range = config.fieldMinMax === true ? rangeOf([field]) : (this.known ??= rangeOf(this.frames.flatMap((frame) => frame.fields)));
    return { min: min ?? range.min, max: max ?? range.max };
  }
}

function rangeOf(fields: readonly Field[]): ValueRange {
  let min = Infinity;
  let max = -Infinity;
  for (const { type, values } of fields) {
    if (type !== 'number') {
      continue;
    }
    // Every value of the panel passes here, so it is a plain loop; comparisons with NaN are false.
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (typeof value === 'number') {
        min = value < min ? value : min;
        max = value > max ? value : max;
      }
    }
  }
  return min > max ? { min: null, max: null } : { min, max };
}

/** Colour modes of panels whose files say none. */
const PALETTE_PANELS = new Set(['timeseries', 'graph', 'piechart', 'barchart', 'histogram', 'trend', 'xychart', 'candlestick']);

function withPanelDefaults(config: FieldConfig, panelType: string | undefined): FieldConfig {
  if (panelType === undefined || PALETTE_PANELS.has(panelType)) {
    return { ...config, color: config.color ?? { mode: 'palette-classic' } };
  }
  const mode = panelType === 'state-timeline' ? 'continuous-GrYlRd' : 'thresholds';
  return { ...config, color: config.color ?? { mode }, thresholds: config.thresholds ?? DEFAULT_THRESHOLDS };
}

/** What the data source says, and the panel's defaults where it says nothing and they make sense for the type. */
function fillIn(field: Field, frame: DataFrame, defaults: FieldConfig, nameOf: NameOf, { scope }: ShowOptions): FieldConfig {
  const own = field.config;
  const replace = (text: string | undefined): string | undefined => (text === undefined ? undefined : replaceData(text, { frame, field, nameOf }, scope));
  const isNumber = field.type === 'number';
  return {
    ...own,
    displayName: own.displayName ?? replace(defaults.displayName),
    description: own.description ?? defaults.description,
    unit: own.unit ?? replace(defaults.unit),
    decimals: own.decimals ?? (isNumber ? defaults.decimals : undefined),
    min: own.min ?? (isNumber ? defaults.min : undefined),
    max: own.max ?? (isNumber ? defaults.max : undefined),
    fieldMinMax: own.fieldMinMax ?? defaults.fieldMinMax,
    noValue: own.noValue ?? replace(defaults.noValue),
    filterable: own.filterable ?? defaults.filterable,
    color: own.color ?? defaults.color,
    thresholds: own.thresholds ?? defaults.thresholds,
    mappings: own.mappings ?? (field.type === 'time' ? undefined : defaults.mappings),
    links: own.links === undefined ? defaults.links : [...own.links, ...(defaults.links ?? [])],
    custom: { ...defaults.custom, ...own.custom },
  };
}

/** Properties of an override in their order; one without a value takes the setting away. */
function override(config: FieldConfig, properties: FieldConfigSource['overrides'][number]['properties'], replace: (text: string) => string): FieldConfig {
  let result: FieldConfig = config;
  for (const { id, value } of properties) {
    result = id.startsWith('custom.') ? { ...result, custom: withPath(result.custom ?? {}, id.slice(7).split('.'), value) } : { ...result, ...property(id, value, replace) };
  }
  return result;
}

function property(id: string, value: unknown, replace: (text: string) => string): FieldConfig {
  const text = typeof value === 'string' ? replace(value) : typeof value === 'number' ? String(value) : undefined;
  const numeric = optionalNumber(text ?? value);
  switch (id) {
    case 'displayName':
    case 'unit':
    case 'noValue':
    case 'description':
      return { [id]: text };
    case 'decimals':
    case 'min':
    case 'max':
      return { [id]: numeric };
    case 'filterable':
    case 'fieldMinMax':
      return { [id]: value === true };
    case 'color':
      return { color: readColor(value) };
    case 'thresholds':
      return { thresholds: readThresholds(value) };
    case 'mappings':
      return { mappings: readMappings(value) };
    case 'links':
      return { links: readLinks(value) };
    default:
      return {};
  }
}

function withPath(json: Json, path: readonly string[], value: unknown): Json {
  const [step = '', ...rest] = path;
  if (rest.length > 0) {
    return { ...json, [step]: withPath(object(json[step]), rest, value) };
  }
  const others = Object.entries(json).filter(([key]) => key !== step);
  return Object.fromEntries(value === undefined || value === null ? others : [...others, [step, value]]);
}

/** Min below max, whatever the file says, and a colour mode where there are thresholds. */
function ordered(config: FieldConfig): FieldConfig {
  const { min, max } = config;
  const color = config.color ?? (config.thresholds === undefined ? undefined : { mode: 'thresholds' });
  return min !== undefined && max !== undefined && min > max ? { ...config, color, min: max, max: min } : { ...config, color };
}

function settle(given: Field, config: FieldConfig, title: string, seriesIndex: number, panel: PanelRange, { dark, timeZone }: ShowOptions): ShownField {
  const field = given.type === 'other' ? { ...given, type: guessType(given) } : given;
  const range = panel.of(field, config);
  const input: ColorInput = { field, config, title, seriesIndex, range, dark };
  const scale = colorScale(input);
  return { ...field, config, title, seriesIndex, range, color: seriesColor(input, scale), display: displayOf(field, config, { scale, dark, timeZone }) };
}

/** The type of the first value that is there. */
function guessType({ values }: Field): FieldType {
  const first = values.find((value) => value !== null && value !== undefined);
  switch (typeof first) {
    case 'number':
    case 'string':
    case 'boolean':
      return typeof first as 'number' | 'string' | 'boolean';
    default:
      return 'other';
  }
}

/** Says on the first frame which overrides could not be applied. */
function withNotices(frames: ShownFrame[], unknown: readonly string[]): ShownFrame[] {
  const [first, ...rest] = frames;
  if (first === undefined || unknown.length === 0) {
    return frames;
  }
  const notices = [...new Set(unknown)].map((id) => ({
    severity: 'warning' as const,
    text: `An override of this panel finds its fields with "${id}", which is not known here. It is left out.`,
  }));
  return [{ ...first, meta: { ...first.meta, notices: [...(first.meta?.notices ?? []), ...notices] } }, ...rest];
}
