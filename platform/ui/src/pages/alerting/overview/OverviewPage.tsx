import { Anchor, Button, SimpleGrid, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import { findIncidents, findNotifications, notificationQueues, type NotificationQueues } from '../../../api/alerting';
import { silences } from '../../../api/alertmanager';
import { useHref } from '../../../app/urlState';
import { useData } from '../../../app/useData';
import { AlertingTabs } from '../../../components/AlertingTabs';
import { PageTitle } from '../../../components/PageTitle';
import { Section } from '../../../components/Section';
import { Empty, Loaded } from '../../../components/states';
import { byUrgency, readAlertFilter, type ShownAlert } from '../../../lib/alerting/alertFilter';
import { AlertLine } from '../alerts/AlertLine';
import { useAlerts } from '../alerts/useAlerts';
import { IncidentLine } from '../incidents/IncidentLine';
import { NotificationLine } from '../notifications/NotificationLine';
import { Figure } from './Figure';

const SHOWN = 5;
const ALL = readAlertFilter(new URLSearchParams());

/** How it stands: what fires, what is held back, who could not be told. */
export default function OverviewPage() {
  const href = useHref();
  return (
    <Stack gap="md">
      <PageTitle title="Alerting">
        <Button component={Link} href={href('/alerting/silences/new')} size="xs">
          New silence
        </Button>
      </PageTitle>
      <AlertingTabs />
      <Figures />
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
        <Section title="Alerts that fire">
          <Firing />
        </Section>
        <Section title="Open incidents">
          <OpenIncidents />
        </Section>
        <Section title="Not delivered">
          <Undelivered />
        </Section>
        <Section title="Receivers in trouble">
          <Troubled />
        </Section>
      </SimpleGrid>
    </Stack>
  );
}

function Figures() {
  const alerts = useAlerts(ALL);
  const held = useData(['alerting', 'silences'], silences);
  const queues = useQueues();
  const count = (choose: (alert: ShownAlert) => boolean) => (alerts.kind === 'loaded' ? alerts.value.alerts.filter(choose).length : undefined);
  return (
    <SimpleGrid cols={{ base: 2, xs: 3, lg: 6 }} spacing="xs">
      <Figure label="Active" value={count(({ state }) => state === 'active')} path="/alerting/alerts" change={{ state: 'active' }} color="red" />
      <Figure label="Pending" value={count(({ state }) => state === 'pending')} path="/alerting/alerts" change={{ state: 'pending' }} color="yellow" />
      <Figure label="Silenced" value={count(({ silencedBy }) => silencedBy.length > 0)} path="/alerting/alerts" change={{ state: 'suppressed', silenced: 'on' }} />
      <Figure label="Inhibited" value={count(({ inhibitedBy }) => inhibitedBy.length > 0)} path="/alerting/alerts" change={{ state: 'suppressed', inhibited: 'on' }} />
      <Figure label="Active silences" value={held.kind === 'loaded' ? held.value.filter(({ state }) => state === 'active').length : undefined} path="/alerting/silences" />
      <Figure
        label="Waiting notifications"
        value={queues.kind === 'loaded' ? queues.value.queues.reduce((sum, queue) => sum + queue.waiting, 0) : undefined}
        path="/alerting/notifications"
        change={{ status: 'pending' }}
        color="yellow"
      />
    </SimpleGrid>
  );
}

function useQueues() {
  return useData<NotificationQueues>(['alerting', 'queues'], notificationQueues);
}

function Firing() {
  const href = useHref();
  return (
    <Loaded data={useAlerts(ALL)}>
      {({ alerts }) => {
        const firing = alerts.filter(({ state }) => state === 'active' || state === 'unprocessed');
        return firing.length === 0 ? (
          <Empty>No alert fires that is not held back.</Empty>
        ) : (
          <>
            {byUrgency(firing)
              .slice(0, SHOWN)
              .map((alert) => (
                <AlertLine key={alert.fingerprint} alert={alert} />
              ))}
            <More path={href('/alerting/alerts')} text={firing.length > SHOWN ? `All ${firing.length} alerts` : 'Alerts'} />
          </>
        );
      }}
    </Loaded>
  );
}

function OpenIncidents() {
  const href = useHref();
  return (
    <Loaded data={useData(['alerting', 'incidents', 'open', SHOWN], (access, signal) => findIncidents(access, { limit: SHOWN, state: 'open' }, signal))}>
      {({ incidents }) => (
        <>
          {incidents.length === 0 ? <Empty>No incident is open.</Empty> : incidents.map((incident) => <IncidentLine key={incident.id} incident={incident} />)}
          <More path={href('/alerting/incidents')} text="All incidents" />
        </>
      )}
    </Loaded>
  );
}

function Undelivered() {
  const href = useHref();
  const found = useData(['alerting', 'notifications', 'undelivered', SHOWN], (access, signal) => findNotifications(access, { limit: SHOWN, status: ['pending', 'failed'] }, signal));
  return (
    <Loaded data={found}>
      {({ notifications }) => (
        <>
          {notifications.length === 0 ? <Empty>Every notification that is kept was delivered.</Empty> : notifications.map((each) => <NotificationLine key={each.id} notification={each} />)}
          <More path={href('/alerting/notifications')} text="All notifications" />
        </>
      )}
    </Loaded>
  );
}

function Troubled() {
  const href = useHref();
  return (
    <Loaded data={useQueues()}>
      {({ queues }) => {
        const troubled = queues.filter((queue) => queue.failuresInRow > 0 || queue.keptBackBy !== undefined);
        return (
          <>
            {queues.length === 0 ? (
              <Empty>No receiver has an integration: nobody is told of any alert.</Empty>
            ) : troubled.length === 0 ? (
              <Empty>All {queues.length} integrations take what they are sent.</Empty>
            ) : (
              troubled.map((queue) => (
                <div key={queue.name} className="alert-line">
                  <div className="line-body">
                    <Anchor component={Link} href={href('/alerting/notifications', { receiver: queue.receiver })} className="line-name">
                      {queue.name}
                    </Anchor>
                    <Text size="xs" c="dimmed" className="wrap-anywhere">
                      {queue.target}
                    </Text>
                  </div>
                  <div className="line-side">
                    {queue.circuitOpen ? 'takes nothing' : `${queue.failuresInRow} failed in a row`} · {queue.waiting} waiting
                  </div>
                </div>
              ))
            )}
            <More path={href('/alerting/notifications', { view: 'queues' })} text="All queues" />
          </>
        );
      }}
    </Loaded>
  );
}

function More({ path, text }: { path: string; text: string }) {
  return (
    <div style={{ padding: '8px 12px' }}>
      <Anchor component={Link} href={path} size="sm">
        {text}
      </Anchor>
    </div>
  );
}
