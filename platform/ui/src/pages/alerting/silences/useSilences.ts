import { silences } from '../../../api/alertmanager';
import { useData, type Data } from '../../../app/useData';
import type { Silence } from '../../../lib/alerting/silence';

/** All silences that are known, in the server's order. */
export function useSilences(): Data<readonly Silence[]> {
  return useData<readonly Silence[]>(['alerting', 'silences'], silences);
}
