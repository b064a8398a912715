import type { Labels } from '../labels';
import type { FieldConfig } from '../field/fieldConfig';

/** What the values of a field are: times are milliseconds since the epoch, numbers may be NaN or infinite; each may be null. */
export type FieldType = 'time' | 'number' | 'string' | 'boolean' | 'other';

export type FieldValue = unknown;

/** A column of a frame. */
export interface Field {
  readonly name: string;
  readonly type: FieldType;
  /** Of the series that the values belong to; undefined for a column of a table. */
  readonly labels?: Labels | undefined;
  /** As many as the frame is long. */
  readonly values: readonly FieldValue[];
  /** What the data source says of the field; the panel's configuration is merged over it. */
  readonly config: FieldConfig;
}

/** How a data source would like its frame to be shown. */
export type Visualisation = 'graph' | 'table' | 'logs' | 'trace' | 'nodeGraph' | 'flamegraph';

export interface FrameMeta {
  /** `timeseries-multi`: a time and one value; `heatmap-cells`: xMax, yMin, yMax, value (native histograms); others as Grafana's data plane names them. */
  readonly type?: 'timeseries-multi' | 'timeseries-wide' | 'numeric-multi' | 'heatmap-cells' | 'heatmap-rows' | 'log-lines' | 'table' | undefined;
  readonly visualisation?: Visualisation | undefined;
  readonly executedQuery?: string | undefined;
  /** The step of a range query. */
  readonly stepMs?: number | undefined;
  readonly notices?: readonly { readonly severity: 'info' | 'warning' | 'error'; readonly text: string }[] | undefined;
  readonly stats?: readonly { readonly name: string; readonly value: number; readonly unit?: string }[] | undefined;
  /** `exemplar` or `annotations` for frames that are drawn over the data. */
  readonly topic?: 'exemplar' | 'annotations' | undefined;
}

/**
 * Columns of equal length: what queries give, transformations change and panels draw. A series is a frame of its own
 * with a time field and a value field (Grafana's `timeseries-multi`). Never changed once made.
 */
export interface DataFrame {
  readonly refId: string;
  readonly name: string | undefined;
  readonly fields: readonly Field[];
  readonly length: number;
  readonly meta?: FrameMeta | undefined;
}

export function timeField(frame: DataFrame): Field | undefined {
  return frame.fields.find((field) => field.type === 'time');
}

export function numberFields(frame: DataFrame): readonly Field[] {
  return frame.fields.filter((field) => field.type === 'number');
}

export function fieldNamed(frame: DataFrame, name: string): Field | undefined {
  return frame.fields.find((field) => field.name === name);
}

/** The values of a time or number field; anything that is no number is null. */
export function numbers(field: Field): readonly (number | null)[] {
  return field.values.map((value) => (typeof value === 'number' ? value : null));
}
