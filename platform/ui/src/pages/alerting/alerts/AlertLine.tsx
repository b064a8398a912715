import { Group } from '@mantine/core';
import { Link } from 'wouter';
import { useHref } from '../../../app/urlState';
import type { ShownAlert } from '../../../lib/alerting/alertFilter';
import { Ago } from '../shared/Ago';
import { AlertStateBadge, severityClass } from '../shared/badges';
import { LabelMarks } from '../shared/Labels';
import { alertPlace } from '../shared/places';

interface AlertLineProps {
  readonly alert: ShownAlert;
  /** Makes its labels buttons. */
  readonly onChoose?: (name: string, value: string) => void;
}

/** An alert in a list: its name leads to its page, a label filters the list. */
export function AlertLine({ alert, onChoose }: AlertLineProps) {
  const href = useHref();
  const summary = alert.annotations['summary'] ?? alert.annotations['description'] ?? alert.annotations['message'];
  const held = heldWords(alert);
  return (
    <div className={`alert-line${severityClass(alert.labels['severity'])}`}>
      <AlertStateBadge state={alert.state} />
      <div className="line-body">
        <Link href={href(...alertPlace(alert.labels))} className="line-name">
          {alert.labels['alertname'] ?? 'An alert without a name'}
        </Link>
        {summary !== undefined && <span className="wrap-anywhere">{summary}</span>}
        <LabelMarks labels={alert.labels} without={['alertname']} {...(onChoose ? { onChoose } : {})} />
      </div>
      <div className="line-side">
        <div>
          since <Ago at={alert.startsAt} bare />
        </div>
        {alert.receivers.length > 0 && <div className="wrap-anywhere">to {alert.receivers.join(', ')}</div>}
        {held !== '' && <Group gap={4}>{held}</Group>}
      </div>
    </div>
  );
}

function heldWords(alert: ShownAlert): string {
  const parts = [
    alert.silencedBy.length > 0 ? `${alert.silencedBy.length} ${alert.silencedBy.length === 1 ? 'silence' : 'silences'}` : '',
    alert.inhibitedBy.length > 0 ? 'inhibited' : '',
    alert.mutedBy.length > 0 ? `muted by ${alert.mutedBy.join(', ')}` : '',
  ];
  return parts.filter((part) => part !== '').join(' · ');
}
