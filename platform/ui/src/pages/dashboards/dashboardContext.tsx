import { createContext, use } from 'react';
import type { PanelModel } from '../../lib/dashboard/model';
import type { DataSource } from '../../lib/query/dataSource';
import type { Editing } from './edit/editing';
import type { Annotation } from './panels/panel';

/** What the panels of one dashboard share. */
export interface DashboardContextValue {
  readonly uid: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly findPanel: (id: number) => PanelModel | undefined;
  /** The query with the dashboard's ad-hoc filters in each selector. */
  readonly withFilters: (expr: string, source: DataSource) => string;
  /** Those of the annotation queries that are for the panel. */
  readonly annotationsFor: (panelId: number) => readonly Annotation[];
  /** Among these panels a cursor is shared. */
  readonly sync: { readonly key: string; readonly mode: 0 | 1 | 2 };
  /** Opens the form for an annotation; undefined where none can be made. */
  readonly annotate: ((panelId: number, range: { readonly fromMs: number; readonly toMs: number }) => void) | undefined;
  /** Every panel loads, in view or not: for printing. */
  readonly loadAll: boolean;
  /** Whether the dashboard may be changed here. */
  readonly canEdit: boolean;
  /** What edits the panels; undefined while the dashboard is only read. */
  readonly editing?: Editing | undefined;
  /** Whether a panel has a place of its own: those of collapsed rows have theirs in the row. */
  readonly isMovable?: ((panelId: number) => boolean) | undefined;
}

const OUTSIDE: DashboardContextValue = {
  uid: '',
  title: '',
  tags: [],
  findPanel: () => undefined,
  withFilters: (expr) => expr,
  annotationsFor: () => [],
  sync: { key: 'none', mode: 0 },
  annotate: undefined,
  loadAll: false,
  canEdit: false,
};

const DashboardContext = createContext<DashboardContextValue>(OUTSIDE);

export const DashboardProvider = DashboardContext.Provider;

/** The dashboard around a panel; outside of one, panels stand alone. */
export function useDashboard(): DashboardContextValue {
  return use(DashboardContext);
}
