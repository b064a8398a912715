import type { Labels } from '../labels';
import { formatMatcher, parseMatchers, type Matcher } from './matchers';

/** The state of an alert: Alertmanager's three, and those that rules have found and that are not told yet. */
export const ALERT_STATES = ['active', 'suppressed', 'unprocessed', 'pending'] as const;
export type AlertState = (typeof ALERT_STATES)[number];

/** An alert as the pages show it. */
export interface ShownAlert {
  readonly state: AlertState;
  /** '' for a pending one, which Alertmanager does not know. */
  readonly fingerprint: string;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly startsAt: string;
  readonly updatedAt: string;
  readonly endsAt: string;
  readonly generatorUrl: string;
  readonly receivers: readonly string[];
  readonly silencedBy: readonly string[];
  readonly inhibitedBy: readonly string[];
  readonly mutedBy: readonly string[];
}

export interface AlertFilter {
  /** As typed. */
  readonly text: string;
  readonly matchers: readonly Matcher[];
  /** Why the text is not understood. */
  readonly mistake: string | undefined;
  readonly state: AlertState | undefined;
  readonly receiver: string;
  /** Whether those that are held by each are shown. */
  readonly silenced: boolean;
  readonly inhibited: boolean;
  readonly muted: boolean;
  readonly view: 'flat' | 'groups';
}

export function readAlertFilter(params: URLSearchParams): AlertFilter {
  const text = params.get('filter') ?? '';
  const parsed = parseMatchers(text);
  return {
    text,
    matchers: parsed.kind === 'parsed' ? parsed.matchers : [],
    mistake: parsed.kind === 'wrong' ? parsed.message : undefined,
    state: ALERT_STATES.find((state) => state === params.get('state')),
    receiver: params.get('receiver') ?? '',
    silenced: params.get('silenced') === 'on',
    inhibited: params.get('inhibited') === 'on',
    muted: params.get('muted') === 'on',
    view: params.get('view') === 'groups' ? 'groups' : 'flat',
  };
}

/** What held alerts are not shown, by what holds them. */
export interface Hidden {
  readonly silenced: number;
  readonly inhibited: number;
  readonly muted: number;
}

/** The alerts to show, and how many held ones are hidden. Who asks for suppressed alerts gets them however they are held. */
export function chooseAlerts<A extends ShownAlert>(alerts: readonly A[], filter: AlertFilter): { shown: A[]; hidden: Hidden } {
  const hidden = { silenced: 0, inhibited: 0, muted: 0 };
  const shown = alerts.filter((alert) => {
    if (filter.state !== undefined && alert.state !== filter.state) return false;
    const why = filter.state === 'suppressed' ? undefined : hides(alert, filter);
    if (why !== undefined) hidden[why]++;
    return why === undefined;
  });
  return { shown, hidden };
}

function hides(alert: ShownAlert, filter: AlertFilter): keyof Hidden | undefined {
  if (alert.silencedBy.length > 0 && !filter.silenced) return 'silenced';
  if (alert.inhibitedBy.length > 0 && !filter.inhibited) return 'inhibited';
  return alert.mutedBy.length > 0 && !filter.muted ? 'muted' : undefined;
}

const SEVERITIES = ['critical', 'page', 'error', 'high', 'major', 'warning', 'medium', 'minor', 'low', 'info', 'none'];

/** The worst first, the newest of them first. Each is looked at once, as there may be many thousand. */
export function byUrgency<A extends ShownAlert>(alerts: readonly A[]): A[] {
  return alerts
    .map((alert) => ({ alert, rank: stateRank(alert) * SEVERITIES.length + severityRank(alert), startsAtMs: Date.parse(alert.startsAt) }))
    .sort((a, b) => a.rank - b.rank || b.startsAtMs - a.startsAtMs)
    .map(({ alert }) => alert);
}

function stateRank(alert: ShownAlert): number {
  return (['active', 'unprocessed', 'pending', 'suppressed'] as const).indexOf(alert.state);
}

function severityRank(alert: ShownAlert): number {
  const index = SEVERITIES.indexOf((alert.labels['severity'] ?? '').toLowerCase());
  return index < 0 ? SEVERITIES.indexOf('warning') : index;
}

/** A filter's text with one more matcher; the text as it is where it has that already or is not understood. */
export function withMatcher(text: string, matcher: Matcher): string {
  const parsed = parseMatchers(text);
  if (parsed.kind === 'wrong') return text;
  const written = [...parsed.matchers.map(formatMatcher), formatMatcher(matcher)];
  return `{${[...new Set(written)].join(',')}}`;
}
