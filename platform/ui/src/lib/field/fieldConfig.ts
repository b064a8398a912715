import type { DataFrame, Field } from '../frame/frame';
import type { Json } from '../json';

export interface ThresholdStep {
  /** -Infinity for the first. */
  readonly value: number;
  readonly color: string;
}

export interface ThresholdsConfig {
  readonly mode: 'absolute' | 'percentage';
  readonly steps: readonly ThresholdStep[];
}

export interface MappingResult {
  readonly text: string | undefined;
  readonly color: string | undefined;
  readonly icon: string | undefined;
  readonly index: number | undefined;
}

export type ValueMapping =
  | { readonly type: 'value'; readonly options: Readonly<Record<string, MappingResult>> }
  | { readonly type: 'range'; readonly from: number | null; readonly to: number | null; readonly result: MappingResult }
  | { readonly type: 'regex'; readonly pattern: string; readonly result: MappingResult }
  | { readonly type: 'special'; readonly match: 'true' | 'false' | 'null' | 'nan' | 'null+nan' | 'empty'; readonly result: MappingResult };

export interface DataLink {
  readonly title: string;
  /** With variables, `${__value.raw}`, `${__series.name}`, `${__field.labels.x}`, `${__data.fields.x}` and the like, not yet replaced. */
  readonly url: string;
  readonly targetBlank: boolean;
}

/** How the values of a field are written, coloured and linked: Grafana's `fieldConfig.defaults`. */
export interface FieldConfig {
  readonly displayName?: string | undefined;
  /** What the data source calls it: the legend format of a query. */
  readonly displayNameFromDS?: string | undefined;
  readonly description?: string | undefined;
  readonly unit?: string | undefined;
  readonly decimals?: number | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly noValue?: string | undefined;
  readonly filterable?: boolean | undefined;
  readonly interval?: number | undefined;
  /** Whether min and max that are not set come from this field alone, not from all of the panel. */
  readonly fieldMinMax?: boolean | undefined;
  /** How calculations take nulls: as they are, left out, or as zero. */
  readonly nullValueMode?: 'null' | 'connected' | 'null as zero' | undefined;
  readonly color?: { readonly mode: string; readonly fixedColor?: string | undefined; readonly seriesBy?: 'last' | 'min' | 'max' | undefined } | undefined;
  readonly thresholds?: ThresholdsConfig | undefined;
  readonly mappings?: readonly ValueMapping[] | undefined;
  readonly links?: readonly DataLink[] | undefined;
  /** What a panel type adds: drawStyle, axisPlacement, hideFrom, cellOptions and so on. */
  readonly custom?: Json | undefined;
}

/** A panel's `fieldConfig`, as its file has it. */
export interface FieldConfigSource {
  readonly defaults: Json;
  readonly overrides: readonly { readonly matcher: { readonly id: string; readonly options?: unknown }; readonly properties: readonly { readonly id: string; readonly value?: unknown }[] }[];
}

/** A value as it is shown. */
export interface DisplayValue {
  /** Without prefix and suffix. */
  readonly text: string;
  readonly numeric: number;
  readonly prefix?: string | undefined;
  readonly suffix?: string | undefined;
  /** A CSS colour. */
  readonly color?: string | undefined;
  /** Where the value stands between min and max, in [0, 1]. */
  readonly percent?: number | undefined;
  readonly icon?: string | undefined;
}

/** A field whose configuration is settled: defaults, overrides and palette are applied. */
export interface ShownField extends Field {
  /** `decimals` are those of an axis: they count where the configuration has none, and leave no trailing zeros. */
  readonly display: (value: unknown, decimals?: number) => DisplayValue;
  /** The name in legend, header and tooltip. */
  readonly title: string;
  /** Counts the series of the panel: the place in the palette. */
  readonly seriesIndex: number;
  /** A CSS colour for lines and legends. */
  readonly color: string;
  /** Between which numbers the values are coloured and measured: the configured ones, else the least and greatest of the panel. */
  readonly range?: { readonly min: number | null; readonly max: number | null } | undefined;
  /** The frame that the field was settled in, for links to other columns. A function, so that fields can be written as JSON. */
  readonly frameOf?: (() => ShownFrame) | undefined;
}

export interface ShownFrame extends DataFrame {
  readonly fields: readonly ShownField[];
}
