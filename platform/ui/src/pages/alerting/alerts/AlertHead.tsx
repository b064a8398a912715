import { Button, Group, Stack, Text } from '@mantine/core';
import { Link, useLocation } from 'wouter';
import { findIncidents } from '../../../api/alerting';
import { useHref } from '../../../app/urlState';
import { useData } from '../../../app/useData';
import type { ShownAlert } from '../../../lib/alerting/alertFilter';
import { withMatcher } from '../../../lib/alerting/alertFilter';
import { formatMatcher, matchersOf } from '../../../lib/alerting/matchers';
import type { Labels } from '../../../lib/labels';
import { AcknowledgeButton } from '../incidents/AcknowledgeButton';
import { Ago } from '../shared/Ago';
import { AlertStateBadge } from '../shared/badges';
import { LabelMarks } from '../shared/Labels';
import { OutsideLink } from '../shared/LinkedText';
import { silencePlace, whyPlace } from '../shared/places';

/** State and labels of an alert, and what can be done about it. */
export function AlertHead({ labels, alert }: { labels: Labels; alert: ShownAlert | undefined }) {
  const href = useHref();
  const [, navigate] = useLocation();
  return (
    <div className="card" style={{ padding: 12 }}>
      <Stack gap="xs">
        <Group gap="xs">
          {alert === undefined ? <Text size="sm">This alert is over, or was never there.</Text> : <AlertStateBadge state={alert.state} />}
          {alert !== undefined && (
            <Text size="sm">
              since <Ago at={alert.startsAt} bare />
            </Text>
          )}
          {alert !== undefined && alert.mutedBy.length > 0 && <Text size="sm">muted by {alert.mutedBy.join(', ')}</Text>}
        </Group>
        <LabelMarks labels={labels} onChoose={(name, value) => navigate(href('/alerting/alerts', { filter: withMatcher('', { name, operator: '=', value }) }))} />
        <Group gap="xs">
          <Button component={Link} href={href(...silencePlace(labels))} size="xs" variant="default">
            Silence
          </Button>
          {alert !== undefined && alert.state !== 'pending' && <Acknowledging labels={labels} fingerprint={alert.fingerprint} />}
          <Button component={Link} href={href(...whyPlace(labels))} size="xs" variant="subtle">
            In the routing tree
          </Button>
          <OutsideLink address={alert?.annotations['runbook_url']}>Runbook</OutsideLink>
          <OutsideLink address={alert?.annotations['dashboard_url'] ?? alert?.annotations['dashboard']}>Dashboard</OutsideLink>
          <OutsideLink address={alert?.generatorUrl}>Source</OutsideLink>
        </Group>
      </Stack>
    </div>
  );
}

/** Acknowledges the alert in the open incident that has it. */
function Acknowledging({ labels, fingerprint }: { labels: Labels; fingerprint: string }) {
  const filter = matchersOf(labels).map(formatMatcher);
  const open = useData(['alerting', 'open incident', filter], async (access, signal) => (await findIncidents(access, { limit: 1, state: 'open', filter }, signal)).incidents[0] ?? null);
  return open.kind === 'loaded' && open.value !== null ? <AcknowledgeButton incident={open.value} alerts={[fingerprint]} /> : null;
}
