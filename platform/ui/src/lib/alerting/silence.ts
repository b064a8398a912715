import type { Labels } from '../labels';
import { formatDateTime } from '../time';
import { fromWall, type TimeZone } from '../timeZone';
import { fromApiMatcher, toApiMatcher, type ApiMatcher, type Matcher } from './matchers';
import { describeSchedule, readSchedule, SCHEDULE, SCHEDULE_END, SCHEDULE_START, timesMistake, writeSchedule, type RecurringTimes } from './schedule';

export const SILENCE_STATES = ['active', 'pending', 'expired'] as const;
export type SilenceState = (typeof SILENCE_STATES)[number];

export interface Silence {
  readonly id: string;
  readonly state: SilenceState;
  readonly matchers: readonly Matcher[];
  /** Of a recurring one, the current or next occurrence. */
  readonly startsAt: string;
  readonly endsAt: string;
  readonly updatedAt: string;
  readonly createdBy: string;
  readonly comment: string;
  /** Without those of its schedule. */
  readonly annotations: Labels;
  readonly schedule: SilenceSchedule | undefined;
}

export interface SilenceSchedule {
  readonly text: string;
  /** From when to when it recurs. */
  readonly startsAt: string;
  readonly endsAt: string;
}

/** When a silence holds in a form: throughout, at recurring times, or by a schedule that the form has no fields for. */
export type DraftSchedule = { readonly kind: 'throughout' } | { readonly kind: 'times'; readonly times: readonly RecurringTimes[] } | { readonly kind: 'text'; readonly text: string };

export interface SilenceDraft {
  /** Of the silence that is edited; '' for a new one. */
  readonly id: string;
  readonly matchers: readonly Matcher[];
  readonly startsAtMs: number;
  readonly endsAtMs: number;
  readonly createdBy: string;
  readonly comment: string;
  readonly annotations: Labels;
  readonly schedule: DraftSchedule;
}

export const DEFAULT_SILENCE_MS = 2 * 3_600_000;

export function emptyDraft(nowMs: number, createdBy: string): SilenceDraft {
  return { id: '', matchers: [], startsAtMs: nowMs, endsAtMs: nowMs + DEFAULT_SILENCE_MS, createdBy, comment: '', annotations: {}, schedule: { kind: 'throughout' } };
}

/** The form of a silence that is to be changed. */
export function draftOf(silence: Silence): SilenceDraft {
  const { schedule } = silence;
  const times = schedule === undefined ? undefined : readSchedule(schedule.text);
  return {
    id: silence.id,
    matchers: silence.matchers,
    startsAtMs: Date.parse(schedule?.startsAt ?? silence.startsAt),
    endsAtMs: Date.parse(schedule?.endsAt ?? silence.endsAt),
    createdBy: silence.createdBy,
    comment: silence.comment,
    annotations: silence.annotations,
    schedule: schedule === undefined ? { kind: 'throughout' } : times === undefined ? { kind: 'text', text: schedule.text } : { kind: 'times', times },
  };
}

/** The form of a new silence like a former one, as long as that was, from now on. */
export function draftAgain(silence: Silence, nowMs: number, createdBy: string): SilenceDraft {
  const former = draftOf(silence);
  return { ...former, id: '', createdBy, startsAtMs: nowMs, endsAtMs: nowMs + Math.max(60_000, former.endsAtMs - former.startsAtMs) };
}

const DAY_MS = 86_400_000;

/** The form with another schedule; one that begins to recur lasts for a month where it was too short for its times to come. */
export function withSchedule(draft: SilenceDraft, schedule: DraftSchedule): SilenceDraft {
  const begins = draft.schedule.kind === 'throughout' && schedule.kind !== 'throughout';
  return begins && draft.endsAtMs - draft.startsAtMs < 7 * DAY_MS ? { ...draft, schedule, endsAtMs: draft.startsAtMs + 30 * DAY_MS } : { ...draft, schedule };
}

/** What keeps the form from being sent; the server checks the rest. */
export function draftMistake(draft: SilenceDraft, nowMs: number): string | undefined {
  if (draft.matchers.length === 0) return 'Give at least one matcher.';
  if (draft.matchers.some(({ name }) => name.trim() === '')) return 'Each matcher needs the name of a label.';
  if (draft.matchers.every(({ operator, value }) => value === '' && (operator === '=' || operator === '=~'))) return 'At least one matcher must ask for a value: empty ones match every alert without the label.';
  if (!Number.isFinite(draft.startsAtMs) || !Number.isFinite(draft.endsAtMs)) return 'Give a start and an end.';
  if (draft.endsAtMs <= draft.startsAtMs) return 'The end must be after the start.';
  if (draft.endsAtMs <= nowMs) return 'The end is over already.';
  if (draft.schedule.kind === 'times') {
    if (draft.schedule.times.length === 0) return 'A recurring silence needs at least one time.';
    const mistake = draft.schedule.times.map(timesMistake).find((found) => found !== undefined);
    if (mistake !== undefined) return mistake;
  }
  if (draft.schedule.kind === 'text' && draft.schedule.text.trim() === '') return 'Write the schedule, or let the silence hold throughout.';
  if (draft.createdBy.trim() === '') return 'Say who you are, so that others can ask.';
  return draft.comment.trim() === '' ? 'Say why, in the comment.' : undefined;
}

/** The body of a request. A recurring silence that is edited names its whole time in both places, as the server asks for. */
export function draftBody(draft: SilenceDraft): Record<string, unknown> {
  const startsAt = new Date(draft.startsAtMs).toISOString();
  const endsAt = new Date(draft.endsAtMs).toISOString();
  const text = draft.schedule.kind === 'throughout' ? undefined : draft.schedule.kind === 'text' ? draft.schedule.text : writeSchedule(draft.schedule.times);
  const whole = draft.id === '' ? {} : { [SCHEDULE_START]: startsAt, [SCHEDULE_END]: endsAt };
  const annotations = { ...draft.annotations, ...(text === undefined ? {} : { [SCHEDULE]: text, ...whole }) };
  return {
    ...(draft.id === '' ? {} : { id: draft.id }),
    matchers: draft.matchers.map((matcher) => toApiMatcher({ ...matcher, name: matcher.name.trim() })),
    startsAt,
    endsAt,
    createdBy: draft.createdBy.trim(),
    comment: draft.comment.trim(),
    ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
  };
}

/** A silence of Alertmanager's API. */
export interface ApiSilence {
  readonly id: string;
  readonly state: string;
  readonly matchers: readonly ApiMatcher[];
  readonly startsAt: string;
  readonly endsAt: string;
  readonly updatedAt: string;
  readonly createdBy: string;
  readonly comment: string;
  readonly annotations: Labels;
}

export function fromApiSilence(api: ApiSilence): Silence {
  const { [SCHEDULE]: text, [SCHEDULE_START]: startsAt = api.startsAt, [SCHEDULE_END]: endsAt = api.endsAt, ...annotations } = api.annotations;
  return {
    ...api,
    state: SILENCE_STATES.find((state) => state === api.state) ?? 'expired',
    matchers: api.matchers.map(fromApiMatcher),
    annotations,
    schedule: text === undefined ? undefined : { text, startsAt, endsAt },
  };
}

/** When a recurring silence holds, in words; its text where that is not understood here. */
export function scheduleWords(text: string): string {
  const times = readSchedule(text);
  return times === undefined ? text : describeSchedule(times);
}

/** A silence's comment with one more line: what somebody has to say about it, readable in every client. */
export function withRemark(comment: string, author: string, text: string, nowMs: number): string {
  return `${comment}\n${new Date(nowMs).toISOString().slice(0, 16).replace('T', ' ')} UTC, ${author.trim()}: ${text.trim()}`;
}

/** A time as an input of the type datetime-local has it: in the zone, to the second. */
export function toLocalInput(ms: number, zone: TimeZone): string {
  return Number.isFinite(ms) ? formatDateTime(ms, zone).replace(' ', 'T') : '';
}

/** NaN for what is no time. */
export function fromLocalInput(text: string, zone: TimeZone): number {
  const wall = new Date(`${text}Z`);
  return Number.isNaN(wall.getTime()) ? NaN : fromWall(wall, zone);
}

/** A length as Prometheus writes durations, in as many units as it takes, without what is below a minute: `1d2h`. */
export function formatSpan(ms: number): string {
  const units: [number, string][] = [
    [86_400_000, 'd'],
    [3_600_000, 'h'],
    [60_000, 'm'],
  ];
  let rest = Math.round(ms / 60_000) * 60_000;
  let text = '';
  for (const [unitMs, name] of units) {
    const count = Math.floor(rest / unitMs);
    if (count > 0) text += `${count}${name}`;
    rest -= count * unitMs;
  }
  return text === '' ? '0m' : text;
}
