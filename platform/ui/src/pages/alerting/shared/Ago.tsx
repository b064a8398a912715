import { formatAge } from '../../../lib/time';
import { useNow } from './useNow';
import { useTimeText } from './At';

/** How long ago a time was, or how long it is until then; the time itself is in the title. */
export function Ago({ at, bare = false }: { at: string; bare?: boolean }) {
  const now = useNow();
  const written = useTimeText();
  const ms = Date.parse(at);
  if (Number.isNaN(ms)) return null;
  const text = ms <= now ? `${formatAge(now - ms)}${bare ? '' : ' ago'}` : `${bare ? '' : 'in '}${formatAge(ms - now)}`;
  return (
    <time dateTime={at} title={written(ms)}>
      {text}
    </time>
  );
}
