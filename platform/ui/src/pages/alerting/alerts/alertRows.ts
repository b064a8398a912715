import type { AlertGroup } from '../../../api/alertmanager';
import { byUrgency, chooseAlerts, type AlertFilter, type Hidden, type ShownAlert } from '../../../lib/alerting/alertFilter';
import { formatMatchers, matchersOf } from '../../../lib/alerting/matchers';
import type { FoundAlerts } from './useAlerts';

/** A line of the list: an alert, or the head of a group. */
export type AlertRow =
  | { readonly kind: 'alert'; readonly key: string; readonly alert: ShownAlert }
  | { readonly kind: 'group'; readonly key: string; readonly group: AlertGroup; readonly shown: number; readonly open: boolean };

export interface AlertRows {
  readonly rows: readonly AlertRow[];
  /** Alerts that are listed; of several groups each counts once for each. */
  readonly count: number;
  readonly hidden: Hidden;
}

/** What tells a group from the others. */
export function groupKey(group: AlertGroup): string {
  return `${group.receiver} ${formatMatchers(matchersOf(group.labels))}`;
}

export function alertRows(found: FoundAlerts, filter: AlertFilter, closed: ReadonlySet<string>): AlertRows {
  if (found.groups === undefined) {
    const { shown, hidden } = chooseAlerts(found.alerts, filter);
    return { rows: byUrgency(shown).map((alert) => alertRow('', alert)), count: shown.length, hidden };
  }
  const rows: AlertRow[] = [];
  const hidden = { silenced: 0, inhibited: 0, muted: 0 };
  let count = 0;
  for (const group of found.groups) {
    const chosen = chooseAlerts(group.alerts, filter);
    (['silenced', 'inhibited', 'muted'] as const).forEach((why) => (hidden[why] += chosen.hidden[why]));
    if (chosen.shown.length === 0) continue;
    const key = groupKey(group);
    const open = !closed.has(key);
    count += chosen.shown.length;
    rows.push({ kind: 'group', key, group, shown: chosen.shown.length, open });
    if (open) byUrgency(chosen.shown).forEach((alert) => rows.push(alertRow(key, alert)));
  }
  return { rows, count, hidden };
}

function alertRow(group: string, alert: ShownAlert): AlertRow {
  return { kind: 'alert', key: `${group} ${alert.fingerprint === '' ? JSON.stringify(alert.labels) : alert.fingerprint}`, alert };
}
