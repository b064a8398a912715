import { Anchor, Button, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import { findNotifications, incident, type IncidentDetail, type Notification } from '../../../api/alerting';
import type { Access } from '../../../api/http';
import { useHref } from '../../../app/urlState';
import { useData } from '../../../app/useData';
import { AlertingTabs } from '../../../components/AlertingTabs';
import { PageTitle } from '../../../components/PageTitle';
import { Section } from '../../../components/Section';
import { Loaded } from '../../../components/states';
import { formatAge } from '../../../lib/time';
import { IncidentStateBadge } from '../shared/badges';
import { LabelMarks } from '../shared/Labels';
import { silencePlace, whyPlace } from '../shared/places';
import { ToldAlerts } from '../shared/ToldAlerts';
import { AcknowledgeButton } from './AcknowledgeButton';
import { CommentForm } from './CommentForm';
import { Timeline } from './Timeline';
import { useTimeText } from '../shared/At';

const NOTIFICATIONS = 200;

interface Loadable {
  readonly detail: IncidentDetail;
  readonly notifications: readonly Notification[];
}

/** With the notifications of its group while it lasted; those of a reopened one may be of another of the group. */
async function load(access: Access, id: string, signal: AbortSignal): Promise<Loadable> {
  const detail = await incident(access, id, signal);
  const { groupKey, startedAt, endedAt } = detail.incident;
  const to = endedAt === undefined ? undefined : new Date(Date.parse(endedAt) + 3_600_000).toISOString();
  const { notifications } = await findNotifications(access, { limit: NOTIFICATIONS, group: groupKey, from: startedAt, to }, signal);
  return { detail, notifications };
}

/** One incident: what fired, who was told, who did what. */
export default function IncidentPage({ id }: { id: string }) {
  const loaded = useData(['alerting', 'incident', id], (access, signal) => load(access, id, signal));
  const title = loaded.kind === 'loaded' ? loaded.value.detail.incident.title : '';
  return (
    <Stack gap="sm">
      <PageTitle title={title === '' ? `Incident ${id}` : title} />
      <AlertingTabs />
      <Loaded data={loaded} height={200}>
        {({ detail, notifications }) => (
          <Stack gap="md">
            <Head detail={detail} />
            <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
              <Section title="Timeline">
                <CommentForm id={id} />
                <Timeline events={detail.timeline} notifications={notifications} />
              </Section>
              <Section title={`Alerts (${detail.alerts.length})`}>
                <ToldAlerts alerts={detail.alerts} />
              </Section>
            </SimpleGrid>
          </Stack>
        )}
      </Loaded>
    </Stack>
  );
}

function Head({ detail }: { detail: IncidentDetail }) {
  const href = useHref();
  const text = useTimeText();
  const { incident: facts } = detail;
  const first = detail.alerts[0];
  return (
    <div className="card" style={{ padding: 12 }}>
      <Stack gap="xs">
        <Group gap="xs">
          <IncidentStateBadge incident={facts} />
          <Text size="sm">
            {text(facts.startedAt)}
            {facts.endedAt === undefined ? `, open for ${formatAge(facts.durationSeconds * 1000)}` : ` to ${text(facts.endedAt)}, ${formatAge(facts.durationSeconds * 1000)}`}
          </Text>
          {facts.reopened > 0 && <Text size="sm">opened again {facts.reopened === 1 ? 'once' : `${facts.reopened} times`}</Text>}
        </Group>
        {facts.summary !== '' && <Text size="sm">{facts.summary}</Text>}
        <LabelMarks labels={facts.groupLabels} />
        <Text size="xs" c="dimmed" className="wrap-anywhere">
          Told to {facts.receiver} · group {facts.groupKey}
        </Text>
        {facts.state === 'open' && <AcknowledgeButton incident={facts} />}
        <Group gap="xs">
          <Button component={Link} href={href(...silencePlace(facts.groupLabels))} size="xs" variant="default">
            Silence the group
          </Button>
          {first !== undefined && (
            <Button component={Link} href={href(...whyPlace(first.labels))} size="xs" variant="subtle">
              In the routing tree
            </Button>
          )}
          <Anchor component={Link} href={href('/alerting/incidents', { group: facts.groupKey })} size="sm">
            Incidents of the group
          </Anchor>
          <Anchor component={Link} href={href('/alerting/notifications', { group: facts.groupKey })} size="sm">
            Notifications of the group
          </Anchor>
        </Group>
      </Stack>
    </div>
  );
}
