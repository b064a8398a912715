import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Access } from '../api/http';
import { useAccess } from './access';
import { useTime } from './time';

export type Data<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly message: string; readonly status: number }
  | { readonly kind: 'loaded'; readonly value: T; readonly stale: boolean };

export interface DataOptions {
  /** Whether to ask now; what was loaded before stays. */
  readonly enabled?: boolean;
  /** Whether the answer changes with time, so that each refresh asks again. */
  readonly refreshes?: boolean;
  /** False where an answer is so large that comparing it with the one before costs more than drawing what is seen of it. */
  readonly compared?: boolean;
}

/** Loads with the current access, again on each refresh; while a newer answer is under way, the last one is shown. */
export function useData<T>(key: readonly unknown[], load: (access: Access, signal: AbortSignal) => Promise<T>, options: DataOptions = {}): Data<T> {
  const { access } = useAccess();
  const { tick } = useTime();
  const result = useQuery({
    queryKey: [...key, access.tenant, access.token, options.refreshes === false ? 0 : tick],
    queryFn: ({ signal }) => load(access, signal),
    enabled: options.enabled ?? true,
    placeholderData: keepPreviousData,
    ...(options.compared === false ? { structuralSharing: false } : {}),
  });
  return toData<T>(result);
}

export function toData<T>(result: { data: T | undefined; error: Error | null; isPlaceholderData: boolean }): Data<T> {
  if (result.error) {
    const status = 'status' in result.error && typeof result.error.status === 'number' ? result.error.status : 0;
    return { kind: 'failed', message: result.error.message, status };
  }
  return result.data === undefined ? { kind: 'loading' } : { kind: 'loaded', value: result.data, stale: result.isPlaceholderData };
}
