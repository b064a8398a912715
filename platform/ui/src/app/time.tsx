import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { panelIntervalMs } from '../lib/query/step';
import { DEFAULT_RANGE, isRelative, parseDuration, resolveRange, type AbsoluteRange, type Calendar, type TimeRange } from '../lib/time';
import { isTimeZone, type TimeZone } from '../lib/timeZone';
import { useUrlState } from './urlState';

export const REFRESH_CHOICES = ['off', '5s', '10s', '30s', '1m', '5m'] as const;
const DEFAULT_REFRESH = '10s';

/** What a dashboard's file says of times, while it is shown. */
export interface TimeSettings {
  /** `browser`, `utc` or an IANA name. */
  readonly timezone: string;
  readonly weekStart: number | undefined;
  readonly fiscalYearStartMonth: number;
  /** How often where the address says nothing: `off` or an interval. */
  readonly refresh: string;
  readonly refreshIntervals: readonly string[];
  readonly hiddenTimePicker: boolean;
}

interface TimeState {
  readonly range: TimeRange;
  /** The range as of the last refresh. */
  readonly absolute: AbsoluteRange;
  /** Counts refreshes: part of the key of queries whose answer changes with time. */
  readonly tick: number;
  readonly refresh: string;
  /** When the range was last resolved. */
  readonly nowMs: number;
  /** In which times are shown and relative ones are rounded; undefined for the browser's. */
  readonly timeZone: TimeZone;
  readonly calendar: Calendar;
  readonly settings: TimeSettings | undefined;
  readonly setTimeZone: (zone: TimeZone) => void;
  /** Takes over what a dashboard says of times; undefined when it is left. */
  readonly adopt: (settings: TimeSettings | undefined) => void;
  readonly setRange: (range: TimeRange) => void;
  readonly zoom: (range: AbsoluteRange) => void;
  readonly setRefresh: (refresh: string) => void;
  readonly refreshNow: () => void;
  /** Uses these where the address says nothing: what a dashboard was saved with. */
  readonly setDefaults: (defaults: { range?: TimeRange | undefined }) => void;
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
  const [settings, setSettings] = useState<TimeSettings | undefined>(undefined);
  const from = params.get('from') ?? DEFAULT_RANGE.from;
  const to = params.get('to') ?? DEFAULT_RANGE.to;
  const usualRefresh = settings?.refresh ?? DEFAULT_REFRESH;
  const wanted = params.get('refresh') ?? usualRefresh;
  const refresh = refreshOf(wanted);
  const zone = params.get('timezone') ?? settings?.timezone ?? 'browser';
  const timeZone = zone === 'browser' || !isTimeZone(zone) ? undefined : zone;
  const weekStart = settings?.weekStart;
  const fiscalYearStartMonth = settings?.fiscalYearStartMonth;
  const calendar = useMemo((): Calendar => ({ timeZone, weekStart, fiscalYearStartMonth }), [timeZone, weekStart, fiscalYearStartMonth]);

  const refreshNow = useCallback(() => setClock((last) => ({ nowMs: Date.now(), tick: last.tick + 1 })), []);
  useEffect(() => {
    const everyMs = isRelative({ from, to }) ? everyMsOf(refresh, { from, to }) : undefined;
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
      absolute: resolveRange(range, clock.nowMs, calendar) ?? { fromMs: clock.nowMs - 900_000, toMs: clock.nowMs },
      tick: clock.tick,
      refresh,
      nowMs: clock.nowMs,
      timeZone,
      calendar,
      settings,
      setTimeZone: (next) => patch({ timezone: next ?? 'browser' }, 'replace'),
      adopt: setSettings,
      setRange: (next) => {
        patch({ from: next.from, to: next.to });
        refreshNow();
      },
      zoom: (next) => patch({ from: String(Math.round(next.fromMs)), to: String(Math.round(next.toMs)) }),
      setRefresh: (next) => patch({ refresh: next === usualRefresh ? undefined : next }, 'replace'),
      refreshNow,
      setDefaults: (defaults) => {
        const search = new URLSearchParams(window.location.search);
        const change: Record<string, string> = {};
        if (defaults.range && !search.has('from')) Object.assign(change, { from: defaults.range.from, to: defaults.range.to });
        if (Object.keys(change).length > 0) patch(change, 'replace');
      },
    };
  }, [from, to, refresh, clock, patch, refreshNow, timeZone, calendar, settings, usualRefresh]);
  return <TimeContext value={state}>{children}</TimeContext>;
}

/** Grafana writes nothing for "off", and `auto` for an interval that follows from the range. */
function refreshOf(wanted: string): string {
  if (wanted === '' || wanted === 'off' || wanted === 'false') {
    return 'off';
  }
  return wanted === 'auto' || (parseDuration(wanted) ?? 0) >= 1000 ? wanted : DEFAULT_REFRESH;
}

const AUTO_MIN_MS = 5000;

function everyMsOf(refresh: string, range: TimeRange): number | undefined {
  if (refresh !== 'auto') {
    return parseDuration(refresh);
  }
  const absolute = resolveRange(range, Date.now());
  return absolute === undefined ? undefined : Math.max(AUTO_MIN_MS, panelIntervalMs(absolute, window.innerWidth, undefined, 500));
}
