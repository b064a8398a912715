import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useComputedColorScheme } from '@mantine/core';
import { useMemo } from 'react';
import { useAccess } from '../../../app/access';
import { useTime } from '../../../app/time';
import type { PanelModel, TransformationConfig } from '../../../lib/dashboard/model';
import { showFrames } from '../../../lib/field/showFrames';
import type { DataFrame } from '../../../lib/frame/frame';
import { panelTime, type PanelTime } from '../../../lib/query/panelTime';
import { prepareTargets, type PreparedTarget } from '../../../lib/query/prepare';
import type { TemplateScope } from '../../../lib/template/scope';
import { zoneOffsetMs } from '../../../lib/timeZone';
import { transformFrames } from '../../../lib/transform/transformFrames';
import { useDashboard } from '../dashboardContext';
import type { PanelData, QueryFailure } from '../panels/panel';
import { panelKind } from '../panels/registry';
import { runTargets, type TargetsResult } from './runTargets';

/** Widths are rounded to this, so that resizing asks seldom. */
const WIDTH_STEP_PX = 50;

export interface PanelDataOptions {
  /** Asks servers for the statistics of each query, for inspection. */
  readonly stats?: boolean;
}

/** The queries of a panel as they are asked at a width in pixels, and the time that it is about. */
export function usePreparedTargets(panel: PanelModel, scope: TemplateScope, width: number): { readonly targets: readonly PreparedTarget[]; readonly time: PanelTime } {
  const { absolute, range, nowMs, timeZone } = useTime();
  const { findPanel, withFilters } = useDashboard();
  return useMemo(() => {
    const utcOffsetMs = zoneOffsetMs(absolute.toMs, timeZone);
    const widthPoints = Math.max(WIDTH_STEP_PX, Math.round(width / WIDTH_STEP_PX) * WIDTH_STEP_PX);
    const targets = panelKind(panel.type).queries ? prepareTargets(panel, { scope, range, absolute, nowMs, widthPoints, utcOffsetMs, findPanel, withFilters }) : [];
    return { targets, time: panelTime(panel, range, absolute, nowMs, scope) };
  }, [panel, scope, width, range, absolute, nowMs, timeZone, findPanel, withFilters]);
}

/**
 * A panel's data with the page's time range. Asks only while `enabled`, cancels when the panel goes, and keeps what was
 * there while newer data are on their way. The width in pixels decides the steps.
 */
export function usePanelData(panel: PanelModel, scope: TemplateScope, width: number, enabled: boolean, options: PanelDataOptions = {}): PanelData {
  const { access } = useAccess();
  const { tick, timeZone } = useTime();
  const dashboard = useDashboard();
  const dark = useComputedColorScheme('light') === 'dark';
  const { targets } = usePreparedTargets(panel, scope, width);
  const stats = options.stats ?? false;
  const asks = targets.length > 0;
  const result = useQuery({
    queryKey: ['panel', access.tenant, access.token, tick, stats, targets],
    queryFn: ({ signal }) => {
      const transform = (frames: readonly DataFrame[], configs: readonly TransformationConfig[]) => transformFrames(frames, configs, { scope, timeZone });
      return runTargets(targets, { access, stats, dashboardUid: dashboard.uid, signal, transform });
    },
    enabled: enabled && width > 0 && asks,
    placeholderData: keepPreviousData,
  });
  const answer = result.data;
  const shown = useMemo(() => show(panel, answer, scope, dark, timeZone), [panel, answer, scope, dark, timeZone]);
  const annotations = dashboard.annotationsFor(panel.id);
  return useMemo(
    (): PanelData => ({
      state: !asks ? 'done' : answer === undefined ? (result.isFetching ? 'loading' : 'waiting') : result.isFetching ? 'loading' : 'done',
      frames: shown.frames,
      raw: answer?.frames ?? [],
      exemplars: answer?.exemplars ?? [],
      annotations,
      failures: [...(answer?.failures ?? []), ...shown.failures, ...(result.error ? [{ refId: '', message: result.error.message }] : [])],
      sent: answer?.sent ?? [],
    }),
    [asks, answer, result.isFetching, result.error, shown, annotations],
  );
}

interface Shown {
  readonly frames: PanelData['frames'];
  readonly failures: readonly QueryFailure[];
}

function show(panel: PanelModel, answer: TargetsResult | undefined, scope: TemplateScope, dark: boolean, timeZone: string | undefined): Shown {
  if (answer === undefined) {
    return { frames: [], failures: [] };
  }
  const changed = transformFrames(answer.frames, panel.transformations, { scope, timeZone });
  const frames = showFrames(changed, panel.fieldConfig, { scope, dark, timeZone, panelType: panel.type });
  return { frames, failures: saidOf(frames, answer.frames) };
}

/** What transformations and overrides say that was not said by the queries already. */
function saidOf(frames: readonly DataFrame[], before: readonly DataFrame[]): QueryFailure[] {
  const known = new Set(before.flatMap((frame) => frame.meta?.notices ?? []));
  return frames.flatMap((frame) => (frame.meta?.notices ?? []).filter((notice) => !known.has(notice)).map((notice) => ({ refId: '', message: notice.text })));
}
