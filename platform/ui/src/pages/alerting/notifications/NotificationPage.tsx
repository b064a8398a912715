import { Anchor, Group, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import { notification, type NotificationDetail } from '../../../api/alerting';
import { useHref } from '../../../app/urlState';
import { useData } from '../../../app/useData';
import { AlertingTabs } from '../../../components/AlertingTabs';
import { PageTitle } from '../../../components/PageTitle';
import { Section } from '../../../components/Section';
import { Loaded } from '../../../components/states';
import { Ago } from '../shared/Ago';
import { NotificationStatusBadge } from '../shared/badges';
import { LabelMarks } from '../shared/Labels';
import { ToldAlerts } from '../shared/ToldAlerts';
import { Attempts } from './Exchanges';
import { KEPT_BACK } from './NotificationLine';
import { At } from '../shared/At';

/** One notification: what it tells, and what was sent and answered at each try. */
export default function NotificationPage({ id }: { id: string }) {
  const loaded = useData(['alerting', 'notification', id], (access, signal) => notification(access, id, signal));
  return (
    <Stack gap="sm">
      <PageTitle title={loaded.kind === 'loaded' ? `Notification to ${loaded.value.notification.receiver}` : `Notification ${id}`} />
      <AlertingTabs />
      <Loaded data={loaded} height={200}>
        {(detail) => (
          <Stack gap="md">
            <Head detail={detail} />
            <Section title="Attempts">
              <Attempts attempts={detail.attempts} />
            </Section>
            <Section title={`Alerts (${detail.alerts.length + detail.alertsLeftOut})`}>
              {detail.alertsLeftOut > 0 && (
                <Text size="xs" c="dimmed" p="xs">
                  {detail.alertsLeftOut} more are not kept or not shown.
                </Text>
              )}
              <ToldAlerts alerts={detail.alerts} />
            </Section>
          </Stack>
        )}
      </Loaded>
    </Stack>
  );
}

function Head({ detail: { notification: facts, idempotencyKey } }: { detail: NotificationDetail }) {
  const href = useHref();
  return (
    <div className="card" style={{ padding: 12 }}>
      <Stack gap="xs">
        <Group gap="xs">
          <NotificationStatusBadge status={facts.status} />
          <Text size="sm" className="wrap-anywhere">
            {facts.name}
            {facts.target !== undefined && ` · ${facts.target}`}
          </Text>
        </Group>
        <Text size="sm">
          Decided on <At at={facts.createdAt} />
          {facts.reason !== undefined && `: ${facts.reason}`}. {facts.firing} firing, {facts.resolved} resolved, {facts.attempts} {facts.attempts === 1 ? 'attempt' : 'attempts'}.
        </Text>
        {facts.nextAttemptAt !== undefined && (
          <Text size="sm">
            Next try <Ago at={facts.nextAttemptAt} />
            {facts.keptBackBy !== undefined && `: ${KEPT_BACK[facts.keptBackBy]}`}.
          </Text>
        )}
        {facts.error !== undefined && (
          <Text size="sm" c="red" className="wrap-anywhere">
            {facts.error}
          </Text>
        )}
        <LabelMarks labels={facts.groupLabels} />
        <Text size="xs" c="dimmed" className="wrap-anywhere">
          group {facts.groupKey}
          {idempotencyKey !== undefined && ` · Idempotency-Key ${idempotencyKey}`}
        </Text>
        <Group gap="sm">
          {facts.digest !== undefined && (
            <Anchor component={Link} href={href(`/alerting/notifications/${facts.digest}`)} size="sm">
              The digest in which it was sent
            </Anchor>
          )}
          <Anchor component={Link} href={href('/alerting/notifications', { group: facts.groupKey })} size="sm">
            Notifications of the group
          </Anchor>
          <Anchor component={Link} href={href('/alerting/incidents', { group: facts.groupKey })} size="sm">
            Incidents of the group
          </Anchor>
        </Group>
      </Stack>
    </div>
  );
}
