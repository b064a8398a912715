/** The dashboards that were opened last in this browser, newest first; another visit moves one to the front. */
const KEY = 'ghostworks.recentDashboards';
const MAX_KEPT = 50;

export function recentDashboards(): readonly string[] {
  try {
    const stored: unknown = JSON.parse(window.localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter((uid) => typeof uid === 'string') : [];
  } catch {
    return []; // Nothing kept, or nothing that can be read.
  }
}

export function recordVisit(uid: string): void {
  const uids = [uid, ...recentDashboards().filter((other) => other !== uid)].slice(0, MAX_KEPT);
  try {
    window.localStorage.setItem(KEY, JSON.stringify(uids));
  } catch {
    // A browser that keeps nothing has no list of recent dashboards.
  }
}
