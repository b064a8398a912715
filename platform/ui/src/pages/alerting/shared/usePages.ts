import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import type { Access } from '../../../api/http';
import { useAccess } from '../../../app/access';
import { useTime } from '../../../app/time';
import type { Data } from '../../../app/useData';

export interface Page<T> {
  readonly items: readonly T[];
  /** Where the next page goes on; undefined where there are no more. */
  readonly next: string | undefined;
}

export interface Pages<T> {
  /** All that has been loaded, in order. */
  readonly data: Data<readonly T[]>;
  readonly more: (() => void) | undefined;
  readonly loadingMore: boolean;
}

/** A list that the server gives page by page, newest first; each refresh asks for the pages that are shown anew. */
export function usePages<T>(key: readonly unknown[], load: (access: Access, before: string | undefined, signal: AbortSignal) => Promise<Page<T>>): Pages<T> {
  const { access } = useAccess();
  const { tick } = useTime();
  const result = useInfiniteQuery({
    queryKey: [...key, access.tenant, access.token],
    queryFn: ({ pageParam, signal }) => load(access, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: Page<T>) => last.next,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage, isPlaceholderData, refetch } = result;
  const asked = useRef(tick);
  useEffect(() => {
    if (asked.current === tick) return;
    asked.current = tick;
    void refetch();
  }, [tick, refetch]);
  const items = useMemo(() => data?.pages.flatMap((page) => page.items), [data]);
  return {
    data: error
      ? { kind: 'failed', message: error.message, status: 'status' in error && typeof error.status === 'number' ? error.status : 0 }
      : items === undefined
        ? { kind: 'loading' }
        : { kind: 'loaded', value: items, stale: isPlaceholderData },
    more: hasNextPage ? () => void fetchNextPage() : undefined,
    loadingMore: isFetchingNextPage,
  };
}
