import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { queryLogs } from '../../../../api/loki';
import { useAccess } from '../../../../app/access';
import { mergeOrdered, nextStretch } from '../../../../lib/logMerge';
import { toLogLines, type LogLine } from '../../../../lib/logs';
import type { AbsoluteRange } from '../../../../lib/time';
import type { SentQuery } from '../panel';

const PAGE_LINES = 500;
/** A person who reads further than this narrows the search instead. */
const MAX_LINES = 10_000;
const NO_LINES: readonly LogLine[] = [];

interface MoreLines {
  /** What was loaded behind the lines of the panel's own query, in their order. */
  readonly lines: readonly LogLine[];
  readonly load: (() => void) | undefined;
  /** What a person should know of it. */
  readonly words: string | undefined;
}

/** Loads the lines behind the last one when asked to, page by page, for a panel with exactly one log query. */
export function useMoreLines(first: readonly LogLine[], sent: readonly SentQuery[], range: AbsoluteRange, enabled: boolean, ascending: boolean): MoreLines {
  const { access } = useAccess();
  const [query] = sent;
  // Older lines can only be asked for where the answer came newest first.
  const able = enabled && !ascending && sent.length === 1 && query !== undefined && query.request.includes('loki/api/');
  const start = useMemo(() => nextStretch(first, range, ascending), [first, range, ascending]);
  const result = useInfiniteQuery({
    queryKey: ['more log lines', query?.expr, access.tenant, access.token, start?.fromMs, start?.toMs],
    initialPageParam: start,
    queryFn: async ({ pageParam, signal }) =>
      pageParam === undefined || query === undefined ? [] : toLogLines(await queryLogs(access, { query: query.expr, range: pageParam, limit: PAGE_LINES }, signal)),
    getNextPageParam: (page, pages) => {
      const count = pages.reduce((sum, lines) => sum + lines.length, first.length);
      const next = page.length < PAGE_LINES || count >= MAX_LINES ? undefined : nextStretch(page, range, ascending);
      // A page that ends where it began would be loaded for ever.
      return next?.toMs === nextStretch(pages.at(-2) ?? first, range, ascending)?.toMs ? undefined : next;
    },
    enabled: false,
  });
  const { fetchNextPage, refetch, isFetching, hasNextPage, data, error } = result;
  const begun = data !== undefined;
  const load = useCallback(() => void (begun ? fetchNextPage() : refetch()), [begun, fetchNextPage, refetch]);
  const lines = useMemo(() => (data?.pages ?? []).reduce<readonly LogLine[]>((all, page) => mergeOrdered(all, page), NO_LINES), [data]);
  if (!able) {
    return { lines: NO_LINES, load: undefined, words: undefined };
  }
  const words = error ? error.message : isFetching ? 'Loading older lines…' : begun && !hasNextPage ? (first.length + lines.length >= MAX_LINES ? `Older lines are not loaded beyond ${MAX_LINES.toLocaleString('en')}: narrow the time range or the search.` : 'These are all the lines of the time range.') : undefined;
  return { lines, load: isFetching || (begun && !hasNextPage) ? undefined : load, words };
}
