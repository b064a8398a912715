import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { DEFAULT_RANGE, isRelative, parseDuration, resolveRange, type AbsoluteRange, type TimeRange } from '../lib/time';
import { useUrlState } from './urlState';

export const REFRESH_CHOICES = ['off', '5s', '10s', '30s', '1m', '5m'] as const;
const DEFAULT_REFRESH = '10s';

interface TimeState {
  readonly range: TimeRange;
  /** The range as of the last refresh. */
  readonly absolute: AbsoluteRange;
  /** Counts refreshes: part of the key of queries whose answer changes with time. */
  readonly tick: number;
  readonly refresh: string;
  readonly setRange: (range: TimeRange) => void;
  readonly zoom: (range: AbsoluteRange) => void;
  readonly setRefresh: (refresh: string) => void;
  readonly refreshNow: () => void;
  /** Uses these where the address says nothing: what a dashboard was saved with. */
  readonly setDefaults: (defaults: { range?: TimeRange | undefined; refresh?: string | undefined }) => void;
}

const TimeContext = createContext<TimeState | undefined>(undefined);

export function useTime(): TimeState {
  const state = use(TimeContext);
  if (!state) {
    throw new Error('useTime needs a TimeProvider above it');
  }
  return state;
}

export function TimeProvider({ children }: { children: ReactNode }) {
  const { params, patch } = useUrlState();
  const [clock, setClock] = useState(() => ({ nowMs: Date.now(), tick: 0 }));
  const from = params.get('from') ?? DEFAULT_RANGE.from;
  const to = params.get('to') ?? DEFAULT_RANGE.to;
  const wanted = params.get('refresh') ?? DEFAULT_REFRESH;
  const refresh = wanted === 'off' || (parseDuration(wanted) ?? 0) >= 1000 ? wanted : DEFAULT_REFRESH;

  const refreshNow = useCallback(() => setClock((last) => ({ nowMs: Date.now(), tick: last.tick + 1 })), []);
  useEffect(() => {
    const everyMs = isRelative({ from, to }) ? parseDuration(refresh) : undefined;
    if (everyMs === undefined) {
      return undefined;
    }
    const timer = window.setInterval(() => {
      if (!document.hidden) refreshNow();
    }, everyMs);
    return () => window.clearInterval(timer);
  }, [from, to, refresh, refreshNow]);

  const state = useMemo((): TimeState => {
    const range = { from, to };
    return {
      range,
      absolute: resolveRange(range, clock.nowMs) ?? { fromMs: clock.nowMs - 900_000, toMs: clock.nowMs },
      tick: clock.tick,
      refresh,
      setRange: (next) => {
        patch({ from: next.from, to: next.to });
        refreshNow();
      },
      zoom: (next) => patch({ from: String(Math.round(next.fromMs)), to: String(Math.round(next.toMs)) }),
      setRefresh: (next) => patch({ refresh: next === DEFAULT_REFRESH ? undefined : next }, 'replace'),
      refreshNow,
      setDefaults: (defaults) => {
        const search = new URLSearchParams(window.location.search);
        const change: Record<string, string> = {};
        if (defaults.range && !search.has('from')) Object.assign(change, { from: defaults.range.from, to: defaults.range.to });
        if (defaults.refresh && !search.has('refresh')) change['refresh'] = defaults.refresh;
        if (Object.keys(change).length > 0) patch(change, 'replace');
      },
    };
  }, [from, to, refresh, clock, patch, refreshNow]);
  return <TimeContext value={state}>{children}</TimeContext>;
}
