import { notifications, platformStatus, services, type Notification, type PlatformStatus, type Service } from '../../api/platform';
import { alerts, type Alert } from '../../api/prometheus';
import { useData, type Data } from '../../app/useData';

const WINDOW_SECONDS = 300;

export const useServices = (): Data<readonly Service[]> => useData(['services', WINDOW_SECONDS], (access, signal) => services(access, WINDOW_SECONDS, signal));
export const useStatus = (): Data<PlatformStatus> => useData(['status'], platformStatus);
export const useAlerts = (): Data<Alert[]> => useData(['alerts'], alerts);
export const useNotifications = (): Data<readonly Notification[]> => useData(['notifications', 100], (access, signal) => notifications(access, 100, signal));

/** The platform's own name among the services. */
const PLATFORM = 'ghostworks';

/** What is observed: the platform counts itself in only where there is nothing else. */
export function observed(list: readonly Service[]): readonly Service[] {
  const others = list.filter((service) => service.name !== PLATFORM);
  return others.length > 0 ? others : list;
}

/** The services taken together. The p95 of the whole cannot be had from parts, so it is that of the slowest service. */
export function totals(list: readonly Service[]): { requestsPerSecond: number; errorRatio: number | null; slowest: Service | undefined } {
  const requestsPerSecond = list.reduce((sum, service) => sum + service.requestsPerSecond, 0);
  const errorsPerSecond = list.reduce((sum, service) => sum + service.requestsPerSecond * service.errorRatio, 0);
  const slowest = [...list].filter((service) => service.p95Seconds !== undefined).sort((a, b) => (b.p95Seconds ?? 0) - (a.p95Seconds ?? 0))[0];
  return { requestsPerSecond, errorRatio: requestsPerSecond > 0 ? errorsPerSecond / requestsPerSecond : null, slowest };
}

/** The alerts of one rule, which differ in their labels only. */
export interface AlertGroup {
  readonly name: string;
  readonly summary: string | undefined;
  readonly firing: number;
  readonly pending: number;
  /** Since when the oldest of them holds. */
  readonly sinceMs: number;
}

/** Alerts by rule: firing ones first, then the older. */
export function alertGroups(list: readonly Alert[]): AlertGroup[] {
  const groups = new Map<string, AlertGroup>();
  for (const alert of list) {
    const name = alert.labels['alertname'] ?? '';
    const before = groups.get(name);
    const firing = alert.state === 'firing' ? 1 : 0;
    groups.set(name, {
      name,
      summary: before?.summary ?? alert.annotations['summary'],
      firing: (before?.firing ?? 0) + firing,
      pending: (before?.pending ?? 0) + 1 - firing,
      sinceMs: Math.min(before?.sinceMs ?? Infinity, Date.parse(alert.activeAt)),
    });
  }
  return [...groups.values()].sort((a, b) => Number(b.firing > 0) - Number(a.firing > 0) || a.sinceMs - b.sinceMs);
}
