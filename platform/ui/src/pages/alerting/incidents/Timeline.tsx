import { Anchor, Button, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import type { IncidentDetail, Notification } from '../../../api/alerting';
import { useHref } from '../../../app/urlState';
import { Empty } from '../../../components/states';
import { eventWord, mergeTimeline, type TimelineEntry } from '../../../lib/alerting/timeline';
import { Exchanges } from '../notifications/Exchanges';
import { LinkedText } from '../shared/LinkedText';
import { At } from '../shared/At';

const DOTS: Readonly<Record<string, string>> = {
  opened: 'red',
  reopened: 'red',
  fired: 'red',
  resolved: 'teal',
  ended: 'teal',
  notification_failed: 'yellow',
  notification_refused: 'orange',
  notification_pending: 'yellow',
  acknowledged: 'indigo',
  unacknowledged: 'indigo',
  comment: 'indigo',
  notified: 'blue',
};
const FIRST = 100;

/** What happened, newest first, with what was sent and answered. */
export function Timeline({ events, notifications }: { events: IncidentDetail['timeline']; notifications: readonly Notification[] }) {
  const [all, setAll] = useState(false);
  const entries = mergeTimeline(events, notifications);
  if (entries.length === 0) return <Empty>Nothing is kept of what happened.</Empty>;
  return (
    <div style={{ padding: 12 }}>
      <ol className="timeline">
        {(all ? entries : entries.slice(0, FIRST)).map((entry) => (
          <li key={entry.key} style={{ ['--dot' as string]: DOTS[entry.kind] === undefined ? 'var(--mantine-color-gray-5)' : `var(--mantine-color-${DOTS[entry.kind]}-6)` }}>
            <Entry entry={entry} />
          </li>
        ))}
      </ol>
      {!all && entries.length > FIRST && (
        <Button size="xs" variant="default" mt="xs" onClick={() => setAll(true)}>
          Show {entries.length - FIRST} older ones
        </Button>
      )}
    </div>
  );
}

function Entry({ entry }: { entry: TimelineEntry<Notification> }) {
  const href = useHref();
  const [open, setOpen] = useState(false);
  const { notification, notificationId } = entry;
  return (
    <>
      <Text size="sm">
        <Text span fw={600} size="sm">
          {eventWord(entry.kind)}
        </Text>
        {entry.author !== undefined && ` by ${entry.author}`}
        {notification !== undefined && ` · ${notification.name}`}
        <Text span size="xs" c="dimmed">
          {' '}
          <At at={entry.atMs} />
        </Text>
      </Text>
      {entry.text !== '' && (
        <Text size="sm" component="div">
          <LinkedText text={entry.text} />
        </Text>
      )}
      {notification?.error !== undefined && (
        <Text size="xs" c="red" className="wrap-anywhere">
          {notification.error}
        </Text>
      )}
      {entry.silences.map((id) => (
        <Anchor key={id} component={Link} href={href(`/alerting/silences/${id}`)} size="xs" display="block">
          The silence
        </Anchor>
      ))}
      {entry.alerts.map((fingerprint) => (
        <Anchor key={fingerprint} component={Link} href={href(`/alerting/alerts/${fingerprint}`)} size="xs" display="block">
          The alert that inhibits
        </Anchor>
      ))}
      {notificationId !== undefined && (
        <>
          <Button size="compact-xs" variant="subtle" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Hide what was sent' : 'Show what was sent'}
          </Button>{' '}
          <Anchor component={Link} href={href(`/alerting/notifications/${notificationId}`)} size="xs">
            Notification
          </Anchor>
          {open && <Exchanges id={notificationId} />}
        </>
      )}
    </>
  );
}
