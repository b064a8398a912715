import { useCallback } from 'react';
import { useSearchParams } from 'wouter';

/** Changes to the address's query: a string sets, undefined or '' removes. */
export type UrlPatch = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The page's state in its address, and how to change it. A change replaces the entry in the history unless it is a step of its own. */
export function useUrlState(): { params: URLSearchParams; patch: (change: UrlPatch, history?: 'push' | 'replace') => void } {
  const [params, setParams] = useSearchParams();
  const patch = useCallback(
    (change: UrlPatch, history: 'push' | 'replace' = 'push') => {
      setParams((current) => applyPatch(current, change), { replace: history === 'replace' });
    },
    [setParams],
  );
  return { params, patch };
}

export function applyPatch(current: URLSearchParams, change: UrlPatch): URLSearchParams {
  const next = new URLSearchParams(current);
  for (const [name, value] of Object.entries(change)) {
    next.delete(name);
    for (const item of value === undefined || value === '' ? [] : typeof value === 'string' ? [value] : value) {
      next.append(name, item);
    }
  }
  return next;
}

/** What every page shares and each link carries on. */
const CARRIED = ['from', 'to', 'refresh', 'timezone', 'tenant'];

/** Makes the address of another page, within the base path, that keeps time range and tenant. */
export function useHref(): (path: string, change?: UrlPatch) => string {
  const [params] = useSearchParams();
  return useCallback(
    (path, change = {}) => {
      const carried = new URLSearchParams([...params].filter(([name]) => CARRIED.includes(name)));
      const query = applyPatch(carried, change).toString();
      return query === '' ? path : `${path}?${query}`;
    },
    [params],
  );
}
