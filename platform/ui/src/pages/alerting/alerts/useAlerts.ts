import { alertGroups, knownAlerts, receiverNames, type AlertGroup } from '../../../api/alertmanager';
import { pendingAlerts } from '../../../api/alerting';
import type { Access } from '../../../api/http';
import { useData, type Data } from '../../../app/useData';
import type { AlertFilter, ShownAlert } from '../../../lib/alerting/alertFilter';

export interface FoundAlerts {
  readonly alerts: readonly ShownAlert[];
  /** Undefined in the flat view. */
  readonly groups: readonly AlertGroup[] | undefined;
}

/** Alerts that the matchers and the receiver of a filter choose, with those that are pending where nobody asks for a receiver. */
export function useAlerts(filter: AlertFilter): Data<FoundAlerts> {
  const { matchers, receiver, view, state } = filter;
  const load = async (access: Access, signal: AbortSignal): Promise<FoundAlerts> => {
    const query = { matchers, receiver: receiver === '' ? undefined : receiver };
    if (view === 'groups' && state !== 'pending') {
      const groups = await alertGroups(access, query, signal);
      return { groups, alerts: groups.flatMap(({ alerts }) => alerts) };
    }
    const [known, pending] = await Promise.all([knownAlerts(access, query, signal), receiver === '' ? pendingAlerts(access, matchers, signal) : []]);
    return { groups: undefined, alerts: [...known, ...pending.map(shownPending)] };
  };
  return useData(['alerting', 'alerts', matchers, receiver, view, state === 'pending'], load, { enabled: filter.mistake === undefined, compared: false });
}

function shownPending(alert: { labels: ShownAlert['labels']; annotations: ShownAlert['annotations']; activeAt: string }): ShownAlert {
  return {
    state: 'pending',
    fingerprint: '',
    labels: alert.labels,
    annotations: alert.annotations,
    startsAt: alert.activeAt,
    updatedAt: '',
    endsAt: '',
    generatorUrl: '',
    receivers: [],
    silencedBy: [],
    inhibitedBy: [],
    mutedBy: [],
  };
}

export function useReceivers(): Data<readonly string[]> {
  return useData(['alerting', 'receivers'], receiverNames, { refreshes: false });
}

/** All that Alertmanager knows, asked for once: to choose from, not to watch. */
export function useAlertsOfMoment(): Data<readonly ShownAlert[]> {
  return useData<readonly ShownAlert[]>(['alerting', 'alerts', 'of the moment'], (access, signal) => knownAlerts(access, {}, signal), { refreshes: false, compared: false });
}
