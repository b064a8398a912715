import { useTime } from '../../../app/time';
import { formatDateTime } from '../../../lib/time';

/** Writes times, RFC 3339 texts or milliseconds, in the zone that is chosen. */
export function useTimeText(): (at: string | number) => string {
  const { timeZone } = useTime();
  return (at) => formatDateTime(typeof at === 'number' ? at : Date.parse(at), timeZone);
}

/** A time in the zone that is chosen. */
export function At({ at }: { at: string | number }) {
  const text = useTimeText();
  return <time dateTime={typeof at === 'string' ? at : new Date(at).toISOString()}>{text(at)}</time>;
}
