import { useMemo } from 'react';
import { useTime } from '../../../app/time';

/** The time of the last refresh, which ages are told from. */
export function useNow(): number {
  const { tick } = useTime();
  // A refresh is when the clock is read again.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  return useMemo(() => Date.now(), [tick]);
}
