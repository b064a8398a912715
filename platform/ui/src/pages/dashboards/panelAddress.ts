import type { UrlPatch } from '../../app/urlState';
import type { PanelModel } from '../../lib/dashboard/model';
import type { PreparedTarget } from '../../lib/query/prepare';
import type { AbsoluteRange, TimeRange } from '../../lib/time';

/** The number of the panel that an address names: `2`, `panel-2`, or `panel-2-clone-1` of a repeated one. */
export function panelIdOf(value: string | null): number | undefined {
  const match = /^(?:panel-)?(\d+)(?:-clone-.*)?$/.exec(value ?? '');
  return match ? Number(match[1]) : undefined;
}

/** Whether the address names this panel: by its key, which repeats have of their own, or by its number. */
export function isNamed(panel: PanelModel, value: string): boolean {
  return panel.key === value || (panelIdOf(value) === panel.id && !/[^\w-]/.test(value));
}

/** Where the queries of a panel are explored further; undefined where none is of a kind that can be. */
export function exploreAddress(targets: readonly PreparedTarget[]): { readonly path: string; readonly change: UrlPatch } | undefined {
  const exprs = targets.flatMap((target) => (target.kind === 'prometheus' ? [target.expr] : []));
  if (exprs.length > 0) {
    return { path: '/explore/metrics', change: { expr: exprs } };
  }
  for (const target of targets) {
    if (target.kind === 'loki') {
      return { path: '/explore/logs', change: { query: target.expr } };
    }
    if (target.kind === 'tempo' && (target.action === 'trace' || target.action === 'search' || target.action === 'spans')) {
      return target.action === 'trace' ? { path: `/explore/traces/${encodeURIComponent(target.query)}`, change: {} } : { path: '/explore/traces', change: { q: target.query } };
    }
  }
  return undefined;
}

/** Where an alert is made of the panel's first query, its variables filled in; undefined without such a query. */
export function alertAddress(targets: readonly PreparedTarget[], title: string, dashboardUid: string, panelId: number): { readonly path: string; readonly change: UrlPatch } | undefined {
  const expr = targets.flatMap((target) => (target.kind === 'prometheus' && !target.hidden ? [target.expr] : []))[0];
  return expr === undefined ? undefined : { path: '/alerting/new', change: { expr, title, dashboard: dashboardUid, panel: String(panelId) } };
}

/** The dashboard's address with one panel in the window, at the range as it is or as it is now. */
export function panelAddress(href: string, panelKey: string, range: TimeRange, absolute: AbsoluteRange, locked: boolean): string {
  const url = new URL(href);
  url.searchParams.set('viewPanel', panelKey);
  for (const name of ['inspect', 'inspectTab', 'editPanel']) {
    url.searchParams.delete(name);
  }
  url.searchParams.set('from', locked ? String(Math.floor(absolute.fromMs)) : range.from);
  url.searchParams.set('to', locked ? String(Math.ceil(absolute.toMs)) : range.to);
  return url.href;
}

/** The address of the panel alone, without anything around it, for frames on other pages of this host. */
export function embedAddress(panelHref: string): string {
  const url = new URL(panelHref);
  url.searchParams.set('kiosk', 'true');
  return url.href;
}
