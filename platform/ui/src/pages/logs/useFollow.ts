import { useEffect, useRef, useState } from 'react';
import { queryLogs } from '../../api/loki';
import { useAccess } from '../../app/access';
import { mergeLogLines, toLogLines, type LogLine } from '../../lib/logs';

const POLL_MS = 2000;
/** Asked again on each poll, for lines that arrive late. */
const OVERLAP_MS = 10_000;
const FIRST_MS = 60_000;

/**
 * The newest lines of a query, at most `max`, asked for every two seconds while the page can be seen. While it is
 * paused the lines stand still; going on fetches what has come since.
 */
export function useFollow(query: string, max: number, paused: boolean): { lines: readonly LogLine[]; failure: string | undefined } {
  const { access } = useAccess();
  const [state, setState] = useState<{ lines: readonly LogLine[]; failure: string | undefined }>({ lines: [], failure: undefined });
  const asked = useRef<number | undefined>(undefined);
  useEffect(() => {
    if (paused) {
      return undefined;
    }
    const abort = new AbortController();
    let timer: number | undefined;
    const poll = async () => {
      const nowMs = Date.now();
      try {
        if (!document.hidden) {
          const fromMs = asked.current === undefined ? nowMs - FIRST_MS : asked.current - OVERLAP_MS;
          const newer = toLogLines(await queryLogs(access, { query, range: { fromMs, toMs: nowMs + 1000 }, limit: max }, abort.signal));
          setState((last) => ({ lines: mergeLogLines(last.lines, newer, max), failure: undefined }));
          asked.current = nowMs;
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
  }, [access, query, max, paused]);
  return state;
}
