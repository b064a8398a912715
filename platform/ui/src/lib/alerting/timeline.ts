/** An event of an incident, as the server keeps it. */
export interface IncidentEvent {
  readonly at: string;
  readonly kind: string;
  readonly author?: string | undefined;
  readonly text: string;
  readonly notification?: string | undefined;
}

/** What is known of a notification of the incident's group. */
export interface ToldNotification {
  readonly id: string;
  readonly status: string;
  readonly createdAt: string;
}

export interface TimelineEntry<N extends ToldNotification> {
  readonly key: string;
  readonly atMs: number;
  readonly kind: string;
  readonly author: string | undefined;
  readonly text: string;
  /** What was sent, where it is known still. */
  readonly notification: N | undefined;
  readonly notificationId: string | undefined;
  /** Silences that the text names. */
  readonly silences: readonly string[];
  /** Fingerprints of inhibiting alerts that the text names. */
  readonly alerts: readonly string[];
}

const FINGERPRINT = /\binhibited by alert ([0-9a-f]{16})\b/g;
const UUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;

/**
 * What happened, newest first: the events of an incident with the notifications that they are about, and those notifications of its
 * group that no event is about, as they wait or were replaced.
 */
export function mergeTimeline<N extends ToldNotification>(events: readonly IncidentEvent[], notifications: readonly N[]): TimelineEntry<N>[] {
  const byId = new Map(notifications.map((notification) => [notification.id, notification]));
  const named = new Set(events.flatMap(({ notification }) => notification ?? []));
  const entries = events.map((event, index): TimelineEntry<N> => ({
    key: `event ${index}`,
    atMs: Date.parse(event.at),
    kind: event.kind,
    author: event.author,
    text: event.text,
    notification: event.notification === undefined ? undefined : byId.get(event.notification),
    notificationId: event.notification,
    silences: event.kind === 'muted' ? [...new Set(event.text.match(UUID) ?? [])] : [],
    alerts: event.kind === 'muted' ? [...new Set([...event.text.matchAll(FINGERPRINT)].map((match) => match[1] ?? ''))] : [],
  }));
  const others = notifications
    .filter(({ id }) => !named.has(id))
    .map((notification): TimelineEntry<N> => ({
      key: `notification ${notification.id}`,
      atMs: Date.parse(notification.createdAt),
      kind: `notification_${notification.status}`,
      author: undefined,
      text: '',
      notification,
      notificationId: notification.id,
      silences: [],
      alerts: [],
    }));
  // Of one moment, what was stored later is shown first.
  return [...entries, ...others].map((entry, index) => ({ entry, index })).sort((a, b) => b.entry.atMs - a.entry.atMs || b.index - a.index).map(({ entry }) => entry);
}

const WORDS: Readonly<Record<string, string>> = {
  opened: 'Opened',
  reopened: 'Opened again',
  fired: 'Fired',
  resolved: 'Resolved',
  ended: 'Ended',
  notified: 'Told',
  notification_failed: 'Not delivered, is tried again',
  notification_refused: 'Refused by the receiver',
  notification_pending: 'Waits to be told',
  notification_replaced: 'Replaced by a newer notification',
  notification_delivered: 'Told',
  muted: 'Held back',
  acknowledged: 'Acknowledged',
  unacknowledged: 'Acknowledgement taken back',
  comment: 'Comment',
};

export function eventWord(kind: string): string {
  return WORDS[kind] ?? kind.replaceAll('_', ' ');
}
