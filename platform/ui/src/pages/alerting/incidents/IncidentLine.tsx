import { Link } from 'wouter';
import type { Incident } from '../../../api/alerting';
import { useHref } from '../../../app/urlState';
import { formatAge } from '../../../lib/time';
import { Ago } from '../shared/Ago';
import { IncidentStateBadge, severityClass } from '../shared/badges';
import { LabelMarks } from '../shared/Labels';
import { useTimeText } from '../shared/At';

/** An incident in a list; its title leads to its page. */
export function IncidentLine({ incident }: { incident: Incident }) {
  const href = useHref();
  const text = useTimeText();
  return (
    <div className={`alert-line${severityClass(incident.severity)}`}>
      <IncidentStateBadge incident={incident} />
      <div className="line-body">
        <Link href={href(`/alerting/incidents/${incident.id}`)} className="line-name">
          {incident.title === '' ? incident.groupKey : incident.title}
        </Link>
        {incident.summary !== '' && <span className="wrap-anywhere">{incident.summary}</span>}
        <LabelMarks labels={incident.groupLabels} without={['alertname']} />
      </div>
      <div className="line-side">
        <div title={text(incident.startedAt)}>
          began <Ago at={incident.startedAt} />
        </div>
        <div>
          {incident.state === 'open' ? 'open for' : 'lasted'} {formatAge(incident.durationSeconds * 1000)}
        </div>
        <div className="wrap-anywhere">
          to {incident.receiver} · {incident.alerts} {incident.alerts === 1 ? 'alert' : 'alerts'}
          {incident.reopened > 0 && ` · opened again ${incident.reopened === 1 ? 'once' : `${incident.reopened} times`}`}
        </div>
      </div>
    </div>
  );
}
