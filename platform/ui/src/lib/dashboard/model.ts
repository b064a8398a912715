import type { FieldConfigSource } from '../field/fieldConfig';
import type { Json } from '../json';

/** A reference as files write it: a uid, a name, a variable or nothing at all. */
export interface DataSourceRef {
  readonly type?: string | undefined;
  readonly uid?: string | undefined;
}

export interface GridPosition {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface TransformationConfig {
  readonly id: string;
  readonly options: Json;
  readonly disabled: boolean;
  /** Which frames it takes; all without one. */
  readonly filter?: { readonly id: string; readonly options?: unknown } | undefined;
  readonly topic?: string | undefined;
}

export interface LinkConfig {
  readonly title: string;
  readonly url: string;
  readonly targetBlank: boolean;
}

/** One query of a panel, as its file has it. */
export interface Target {
  readonly refId: string;
  readonly hide: boolean;
  readonly datasource: DataSourceRef | undefined;
  readonly json: Json;
}

/** A panel of the newest schema. */
export interface PanelModel {
  readonly id: number;
  /** Unique on the page: with the value of a repeat. */
  readonly key: string;
  readonly type: string;
  readonly title: string;
  readonly description: string;
  readonly transparent: boolean;
  readonly gridPos: GridPosition;
  readonly datasource: DataSourceRef | undefined;
  readonly targets: readonly Target[];
  readonly options: Json;
  readonly fieldConfig: FieldConfigSource;
  readonly transformations: readonly TransformationConfig[];
  readonly links: readonly LinkConfig[];
  readonly interval: string | undefined;
  readonly maxDataPoints: number | undefined;
  readonly timeFrom: string | undefined;
  readonly timeShift: string | undefined;
  readonly hideTimeOverride: boolean;
  readonly repeat: { readonly variable: string; readonly direction: 'h' | 'v'; readonly maxPerRow: number } | undefined;
  readonly libraryPanel: { readonly uid: string; readonly name: string } | undefined;
  /** As the file has it, after migration: what is not read here is kept. */
  readonly json: Json;
}

/** A heading with the panels below it; the first row of a dashboard may have no title. */
export interface RowModel {
  readonly id: number;
  readonly key: string;
  readonly title: string | undefined;
  readonly collapsed: boolean;
  readonly repeat: string | undefined;
  readonly panels: readonly PanelModel[];
}

export interface AnnotationQuery {
  readonly name: string;
  readonly enable: boolean;
  readonly hide: boolean;
  readonly builtIn: boolean;
  readonly iconColor: string;
  readonly datasource: DataSourceRef | undefined;
  /** Ids of panels that it is for, or not for. */
  readonly filter: { readonly exclude: boolean; readonly ids: readonly number[] } | undefined;
  readonly json: Json;
}

export interface DashboardLink {
  readonly type: 'link' | 'dashboards';
  readonly title: string;
  readonly url: string;
  readonly tooltip: string;
  readonly icon: string;
  readonly tags: readonly string[];
  readonly asDropdown: boolean;
  readonly targetBlank: boolean;
  readonly includeVars: boolean;
  readonly keepTime: boolean;
}

export type VariableType = 'query' | 'custom' | 'constant' | 'datasource' | 'interval' | 'textbox' | 'adhoc' | 'groupby' | 'switch' | 'system';

export interface VariableModel {
  readonly type: VariableType;
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly hide: 'no' | 'label' | 'variable' | 'controlsMenu';
  readonly multi: boolean;
  readonly includeAll: boolean;
  readonly allValue: string | undefined;
  readonly allowCustomValue: boolean;
  readonly refresh: 'never' | 'load' | 'range';
  readonly regex: string;
  readonly sort: number;
  readonly skipUrlSync: boolean;
  readonly datasource: DataSourceRef | undefined;
  /** The selection that the file was saved with. */
  readonly current: readonly { readonly text: string; readonly value: string }[];
  readonly json: Json;
}

/** A dashboard of the newest schema: what pages draw and edit. `json` is the document that is saved. */
export interface DashboardModel {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly editable: boolean;
  readonly time: { readonly from: string; readonly to: string } | undefined;
  readonly timezone: 'browser' | 'utc' | string;
  readonly weekStart: string | undefined;
  readonly fiscalYearStartMonth: number;
  readonly refresh: string | undefined;
  readonly refreshIntervals: readonly string[];
  readonly hiddenTimePicker: boolean;
  /** 0: none, 1: crosshair, 2: crosshair and tooltip. */
  readonly graphTooltip: 0 | 1 | 2;
  readonly liveNow: boolean;
  readonly variables: readonly VariableModel[];
  readonly annotations: readonly AnnotationQuery[];
  readonly links: readonly DashboardLink[];
  readonly rows: readonly RowModel[];
  readonly json: Json;
}
