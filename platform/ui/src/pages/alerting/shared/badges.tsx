import { Badge } from '@mantine/core';
import type { AlertState } from '../../../lib/alerting/alertFilter';
import type { SilenceState } from '../../../lib/alerting/silence';
import type { Incident, Notification } from '../../../api/alerting';

const ALERT_COLORS: Record<AlertState, string> = { active: 'red', suppressed: 'gray', unprocessed: 'orange', pending: 'yellow' };

export function AlertStateBadge({ state }: { state: AlertState }) {
  return (
    <Badge color={ALERT_COLORS[state]} variant="light">
      {state}
    </Badge>
  );
}

const SILENCE_COLORS: Record<SilenceState, string> = { active: 'indigo', pending: 'yellow', expired: 'gray' };

export function SilenceStateBadge({ state }: { state: SilenceState }) {
  return (
    <Badge color={SILENCE_COLORS[state]} variant="light">
      {state}
    </Badge>
  );
}

const NOTIFICATION_COLORS: Record<Notification['status'], string> = { delivered: 'teal', pending: 'yellow', replaced: 'gray', failed: 'red' };

export function NotificationStatusBadge({ status }: { status: Notification['status'] }) {
  return (
    <Badge color={NOTIFICATION_COLORS[status]} variant="light">
      {status}
    </Badge>
  );
}

export function IncidentStateBadge({ incident }: { incident: Incident }) {
  const seen = incident.acknowledgement !== undefined;
  return (
    <Badge color={incident.state === 'ended' ? 'gray' : seen ? 'yellow' : 'red'} variant="light">
      {incident.state === 'ended' ? 'resolved' : seen ? 'acknowledged' : `${incident.firing} firing`}
    </Badge>
  );
}

/** The class that colours a line by its severity. */
export function severityClass(severity: string | undefined): string {
  const name = (severity ?? '').toLowerCase();
  return /^[a-z]{1,20}$/.test(name) ? ` severity-${name}` : '';
}
