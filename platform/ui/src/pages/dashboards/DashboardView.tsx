import { Stack, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react';
import { useUrlState, type UrlPatch } from '../../app/urlState';
import { Empty, Failure } from '../../components/states';
import type { DashboardModel, PanelModel } from '../../lib/dashboard/model';
import { expandRepeats } from '../../lib/dashboard/repeat';
import type { TemplateScope } from '../../lib/template/scope';
import type { AbsoluteRange } from '../../lib/time';
import { DashboardHead } from './DashboardHead';
import { DashboardProvider, type DashboardContextValue } from './dashboardContext';
import { useAnnotations } from './data/useAnnotations';
import type { Editing } from './edit/editing';
import { isNamed } from './panelAddress';
import { PanelRow } from './PanelRow';
import { PanelView } from './PanelView';
import { useDashboardTime } from './useDashboardTime';
import { useDashboardVariables } from './variables/useDashboardVariables';
import { VariableBar } from './variables/VariableBar';

const InspectDrawer = lazy(() => import('./inspect/InspectDrawer'));
const AnnotationDialog = lazy(() => import('./AnnotationDialog'));

interface Props {
  readonly model: DashboardModel;
  readonly canEdit?: boolean;
  /** What edits the panels, while the dashboard is edited. */
  readonly editing?: Editing | undefined;
  /** What else stands in the dashboard and sees its variables. */
  readonly children?: ((scope: TemplateScope) => ReactNode) | undefined;
}

/** A dashboard as its readers see it: variables, rows and panels, or one panel alone. */
export function DashboardView({ model, canEdit = false, editing, children }: Props) {
  const { params, patch } = useUrlState();
  const [annotated, setAnnotated] = useState<{ readonly panelId: number; readonly range: AbsoluteRange } | undefined>(undefined);
  const [printing, setPrinting] = useState(false);
  const settled = useDashboardTime(model);
  const variables = useDashboardVariables(model);
  const { scope, ready, applyFilters } = variables;
  const annotations = useAnnotations(model, scope, ready && settled);
  const rows = useMemo(() => expandRepeats(model, scope), [model, scope]);
  const shown = useMemo(() => rows.flatMap((row) => row.panels), [rows]);
  const shared = useContextValue(model, printing, applyFilters, annotations.forPanel, setAnnotated);
  const context = useMemo(() => ({ ...shared, canEdit, editing, isMovable: (id: number) => !model.rows.some((row) => row.collapsed && row.panels.some((panel) => panel.id === id)) }), [shared, canEdit, editing, model.rows]);
  useHotkeys([['Escape', () => leave(params, patch)]]);
  const viewed = named(shown, params.get('viewPanel'));
  const inspected = named(shown, params.get('inspect'));
  return (
    <DashboardProvider value={context}>
      <Stack gap="xs" className="dashboard">
        <DashboardHead model={model} scope={scope} switches={annotations.switches} printing={printing} onPrint={setPrinting} />
        <VariableBar variables={variables} />
        {variables.failure !== undefined && <Failure message={variables.failure} />}
        {shown.length === 0 && ready && <Empty>This dashboard has no panels.</Empty>}
        {params.has('viewPanel') && viewed === undefined && ready && <Empty>There is no panel “{params.get('viewPanel')}” in this dashboard.</Empty>}
        {ready && settled && viewed && <PanelView panel={viewed.panel} scope={viewed.scope} style={VIEWED} />}
        {ready && settled && !params.has('viewPanel') && rows.map((row) => <PanelRow key={row.row.key} row={row} />)}
        {ready && settled && inspected && (
          <Suspense fallback={<Text size="sm">Loading…</Text>}>
            <InspectDrawer key={inspected.panel.key} panel={inspected.panel} scope={inspected.scope} />
          </Suspense>
        )}
        {ready && settled && children?.(scope)}
        {annotated && (
          <Suspense fallback={null}>
            <AnnotationDialog panelId={annotated.panelId} range={annotated.range} onClose={() => setAnnotated(undefined)} />
          </Suspense>
        )}
      </Stack>
    </DashboardProvider>
  );
}

/** Escape leaves the panel in view, then the kiosk; an open dialog has the key to itself. */
function leave(params: URLSearchParams, patch: (change: UrlPatch) => void): void {
  if (document.querySelector('[role="dialog"], [role="menu"]') === null && (params.has('viewPanel') || params.has('kiosk'))) {
    patch(params.has('viewPanel') ? { viewPanel: undefined } : { kiosk: undefined });
  }
}

const VIEWED = { height: 'calc(100vh - 190px)', minHeight: 320 };

interface ShownPanel {
  readonly panel: PanelModel;
  readonly scope: TemplateScope;
}

function named(panels: readonly ShownPanel[], value: string | null): ShownPanel | undefined {
  return value === null ? undefined : (panels.find(({ panel }) => panel.key === value) ?? panels.find(({ panel }) => isNamed(panel, value)));
}

function useContextValue(model: DashboardModel, loadAll: boolean, applyFilters: (expr: string, kind: 'prometheus' | 'loki') => string, annotationsFor: DashboardContextValue['annotationsFor'], onAnnotate: (annotated: { readonly panelId: number; readonly range: AbsoluteRange }) => void): DashboardContextValue {
  const fixed = useMemo(() => {
    const panels = new Map(model.rows.flatMap((row) => row.panels).map((panel) => [panel.id, panel]));
    return {
      uid: model.uid,
      title: model.title,
      tags: model.tags,
      findPanel: (id: number) => panels.get(id),
      sync: { key: model.uid, mode: model.graphTooltip },
      annotate: (panelId: number, range: AbsoluteRange) => onAnnotate({ panelId, range }),
      canEdit: false,
    };
  }, [model, onAnnotate]);
  const withFilters = useMemo<DashboardContextValue['withFilters']>(() => (expr, source) => (source.kind === 'prometheus' || source.kind === 'loki' ? applyFilters(expr, source.kind) : expr), [applyFilters]);
  return useMemo(() => ({ ...fixed, loadAll, withFilters, annotationsFor }), [fixed, loadAll, withFilters, annotationsFor]);
}
