import { useEffect } from 'react';
import { useTime } from '../../app/time';
import { useUrlState } from '../../app/urlState';
import type { DashboardModel } from '../../lib/dashboard/model';

const WEEK_STARTS: Readonly<Record<string, number>> = { sunday: 0, monday: 1, saturday: 6 };

/**
 * Takes over the range, refresh, zone and calendar that a dashboard was saved with, until it is left. False until the
 * address holds its range: asking before would ask for another time.
 */
export function useDashboardTime(model: DashboardModel): boolean {
  const { setDefaults, adopt } = useTime();
  const { params } = useUrlState();
  const { uid, time, refresh, timezone, weekStart, fiscalYearStartMonth, refreshIntervals, hiddenTimePicker } = model;
  useEffect(() => {
    setDefaults({ range: time });
    // Once a dashboard: afterwards the address holds what the reader chose.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [uid]);
  useEffect(() => {
    adopt({ refresh: refresh ?? 'off', timezone, weekStart: WEEK_STARTS[weekStart?.toLowerCase() ?? ''], fiscalYearStartMonth, refreshIntervals, hiddenTimePicker });
    return () => adopt(undefined);
  }, [adopt, refresh, timezone, weekStart, fiscalYearStartMonth, refreshIntervals, hiddenTimePicker]);
  return time === undefined || params.has('from');
}
