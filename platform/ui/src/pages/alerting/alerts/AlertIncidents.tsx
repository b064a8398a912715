import { findIncidents } from '../../../api/alerting';
import { useData } from '../../../app/useData';
import { Empty, Loaded } from '../../../components/states';
import { formatMatcher, matchersOf } from '../../../lib/alerting/matchers';
import type { Labels } from '../../../lib/labels';
import { IncidentLine } from '../incidents/IncidentLine';

const SHOWN = 10;

/** The newest incidents that had an alert. */
export function AlertIncidents({ labels }: { labels: Labels }) {
  const filter = matchersOf(labels).map(formatMatcher);
  const found = useData(['alerting', 'incidents', 'of', filter], (access, signal) => findIncidents(access, { limit: SHOWN, filter }, signal));
  return (
    <Loaded data={found}>
      {({ incidents }) => (incidents.length === 0 ? <Empty>No incident that is kept had this alert. An incident opens once an alert fires and is routed.</Empty> : incidents.map((incident) => <IncidentLine key={incident.id} incident={incident} />))}
    </Loaded>
  );
}
