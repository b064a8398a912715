import { useEffect, useState } from 'react';
import { queryLogs } from '../../api/loki';
import { useAccess } from '../../app/access';
import { mergeLogLines, toLogLines, type LogLine } from '../../lib/logs';

const POLL_MS = 2000;
/** Asked again on each poll, for lines that arrive late. */
const OVERLAP_MS = 10_000;
const FIRST_MS = 60_000;

/** The newest lines of a query, asked for every two seconds while the page can be seen. */
export function useFollow(query: string, max: number): { lines: readonly LogLine[]; failure: string | undefined } {
  const { access } = useAccess();
  const [state, setState] = useState<{ lines: readonly LogLine[]; failure: string | undefined }>({ lines: [], failure: undefined });
  useEffect(() => {
    const abort = new AbortController();
    let fromMs = Date.now() - FIRST_MS;
    let timer: number | undefined;
    const poll = async () => {
      const nowMs = Date.now();
      try {
        if (!document.hidden) {
          const result = await queryLogs(access, { query, range: { fromMs, toMs: nowMs + 1000 }, limit: max }, abort.signal);
          const newer = result.kind === 'streams' ? toLogLines(result.streams) : [];
          setState((last) => ({ lines: mergeLogLines(last.lines, newer, max), failure: undefined }));
          fromMs = nowMs - OVERLAP_MS;
        }
      } catch (error) {
        if (abort.signal.aborted) return;
        const failure = error instanceof Error ? error.message : String(error);
        setState((last) => ({ ...last, failure }));
      }
      timer = window.setTimeout(() => void poll(), POLL_MS);
    };
    void poll();
    return () => {
      abort.abort();
      window.clearTimeout(timer);
    };
  }, [access, query, max]);
  return state;
}
