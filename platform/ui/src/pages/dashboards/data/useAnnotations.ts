import { keepPreviousData, useQueries, type UseQueryResult } from '@tanstack/react-query';
import { useComputedColorScheme } from '@mantine/core';
import { useMemo } from 'react';
import { storedAnnotations } from '../../../api/datasources';
import type { Access } from '../../../api/http';
import { useAccess } from '../../../app/access';
import { useTime } from '../../../app/time';
import { useUrlState } from '../../../app/urlState';
import type { AnnotationQuery, DashboardModel, PanelModel } from '../../../lib/dashboard/model';
import { resolveColor } from '../../../lib/field/colors';
import { object, optionalString, string, type Json } from '../../../lib/json';
import { changeAnnotations, isForPanel, logAnnotations, seriesAnnotations, storedEvents, storedFilter, tableAnnotations, type AnnotationEvent } from '../../../lib/query/annotations';
import { resolveDataSource } from '../../../lib/query/dataSource';
import { prepareTargets, type PreparedTarget } from '../../../lib/query/prepare';
import { asksTimeRegions, timeRegionEvents } from '../../../lib/query/timeRegions';
import type { TemplateScope } from '../../../lib/template/scope';
import type { AbsoluteRange } from '../../../lib/time';
import type { Annotation } from '../panels/panel';
import { runTargets } from './runTargets';

export interface AnnotationSwitch {
  readonly query: AnnotationQuery;
  readonly on: boolean;
  readonly failure: string | undefined;
  readonly toggle: () => void;
}

export interface Annotations {
  readonly switches: readonly AnnotationSwitch[];
  readonly forPanel: (panelId: number) => readonly Annotation[];
}

/** Points of an annotation query: Grafana's default step is a minute, and marks nearer than this run together. */
const POINTS = 300;
const STEP = '1m';

interface Asked {
  readonly query: AnnotationQuery;
  readonly on: boolean;
  readonly kind: 'stored' | 'queries';
  readonly targets: readonly PreparedTarget[];
}

/** The events of a dashboard's annotation queries that are switched on; the address holds what the reader switches. */
export function useAnnotations(model: DashboardModel, scope: TemplateScope, ready: boolean): Annotations {
  const { access } = useAccess();
  const { absolute, range, nowMs, tick } = useTime();
  const { params, patch } = useUrlState();
  const dark = useComputedColorScheme('light') === 'dark';
  const asked = useMemo(() => {
    const context = { scope, range, absolute, nowMs, widthPoints: POINTS, utcOffsetMs: 0, findPanel: () => undefined, withFilters: (expr: string) => expr };
    return model.annotations.map((query): Asked => {
      const switched = params.get(switchName(query));
      const source = resolveDataSource(query.datasource, scope, annotationTarget(query.json));
      const stored = source.kind === 'grafana' || query.builtIn;
      return { query, on: switched === null ? query.enable : switched === 'on', kind: stored ? 'stored' : 'queries', targets: stored ? [] : prepareTargets(panelOf(query), context) };
    });
  }, [model.annotations, scope, range, absolute, nowMs, params]);
  const results = useQueries({
    queries: asked.map(({ query, on, kind, targets }) => ({
      queryKey: ['annotations', model.uid, access.tenant, access.token, query.name, kind, targets, kind === 'stored' ? absolute : undefined, tick],
      queryFn: ({ signal }: { signal: AbortSignal }) => (kind === 'stored' ? loadStored(access, query.json, model.uid, absolute, scope, signal) : loadEvents(access, query.json, targets, model.uid, signal)),
      enabled: ready && on,
      placeholderData: keepPreviousData,
    })),
    combine: outcomes,
  });
  const drawn = useMemo(
    () =>
      asked.flatMap(({ query, on }, i) =>
        (on ? (results[i]?.events ?? []) : []).map((event) => ({
          query,
          event,
          shown: { id: event.id, timeMs: event.timeMs, timeEndMs: event.timeEndMs, title: event.title, text: event.text, tags: event.tags, color: resolveColor(query.iconColor, dark), source: query.name } satisfies Annotation,
        })),
      ),
    [asked, results, dark],
  );
  const forPanel = useMemo(() => {
    // The same list each time, so that panels whose annotations did not change are not drawn anew.
    const byPanel = new Map<number, readonly Annotation[]>();
    return (panelId: number) => {
      const list = byPanel.get(panelId) ?? drawn.filter(({ query, event }) => isForPanel(query, event, panelId)).map(({ shown }) => shown);
      byPanel.set(panelId, list);
      return list;
    };
  }, [drawn]);
  const switches = asked
    .map(({ query, on }, i): AnnotationSwitch => ({ query, on, failure: results[i]?.failure, toggle: () => patch({ [switchName(query)]: on ? 'off' : 'on' }, 'replace') }))
    .filter(({ query }) => !query.hide);
  return { switches, forPanel };
}

/** Outside of the hook, so that it runs only when a result changes. */
function outcomes(all: readonly UseQueryResult<AnnotationEvent[]>[]): { readonly events: readonly AnnotationEvent[]; readonly failure: string | undefined }[] {
  return all.map((result) => ({ events: result.data ?? [], failure: result.error?.message }));
}

function switchName(query: AnnotationQuery): string {
  return `annotation-${query.name}`;
}

/** The query as a target of a panel: newer files have one, older ones have its options beside the name. */
function annotationTarget(json: Json): Json {
  const target = object(json['target']);
  return { refId: 'Anno', ...json, ...target, type: target['type'], legendFormat: '', instant: false, range: true, interval: optionalString(json['step']) ?? optionalString(target['step']) ?? optionalString(target['interval']) ?? STEP, maxLines: target['maxLines'] ?? json['maxLines'] };
}

function panelOf(query: AnnotationQuery): PanelModel {
  return {
    id: 0,
    key: '',
    type: '',
    title: query.name,
    description: '',
    transparent: false,
    gridPos: { x: 0, y: 0, w: 0, h: 0 },
    datasource: query.datasource,
    targets: [{ refId: 'Anno', hide: false, datasource: query.datasource, json: annotationTarget(query.json) }],
    options: {},
    fieldConfig: { defaults: {}, overrides: [] },
    transformations: [],
    links: [],
    interval: undefined,
    maxDataPoints: undefined,
    timeFrom: undefined,
    timeShift: undefined,
    hideTimeOverride: false,
    repeat: undefined,
    libraryPanel: undefined,
    json: {},
  };
}

async function loadStored(access: Access, json: Json, dashboardUid: string, range: AbsoluteRange, scope: TemplateScope, signal: AbortSignal): Promise<AnnotationEvent[]> {
  if (asksTimeRegions(json)) {
    return timeRegionEvents(json, range);
  }
  const filter = storedFilter(json);
  const tags = filter.tags.flatMap((tag) => (/^\$\{?\w+\}?$/.test(tag) ? (scope.values(tag.replace(/[${}]/g, '')) ?? [tag]) : [scope.replace(tag, 'text')]));
  const asked = await storedAnnotations(access, { range, limit: filter.limit, tags, matchAny: filter.matchAny, dashboardUid: filter.ofDashboard ? dashboardUid : undefined, type: undefined }, signal);
  return storedEvents(asked.value);
}

async function loadEvents(access: Access, json: Json, targets: readonly PreparedTarget[], dashboardUid: string, signal: AbortSignal): Promise<AnnotationEvent[]> {
  const { frames, failures } = await runTargets(targets, { access, signal, stats: false, dashboardUid, transform: (given) => given });
  const [failure] = failures;
  if (failure) {
    throw new Error(failure.message);
  }
  const [target] = targets;
  const changesOf = string(json['changesOf'] ?? object(json['target'])['changesOf']);
  if (changesOf !== '') {
    return changeAnnotations(changesOf, string(json['changesBy'] ?? object(json['target'])['changesBy'], 'job'), frames);
  }
  if (frames.some((frame) => frame.meta?.type === 'log-lines')) {
    return logAnnotations(json, frames);
  }
  return target?.kind === 'prometheus' || target?.kind === 'loki' ? seriesAnnotations(json, frames, target.stepMs) : tableAnnotations(json, frames);
}
