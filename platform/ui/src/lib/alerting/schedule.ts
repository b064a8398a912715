import { parse } from 'yaml';
import { array, object, type Json } from '../json';

/** Recurring times in the words of `time_intervals`; undefined for what may be any. An empty list never holds. */
export interface RecurringTimes {
  /** Such as `02:00-04:00`, the end not included. */
  readonly times?: readonly string[] | undefined;
  /** Such as `monday` or `monday:friday`. */
  readonly weekdays?: readonly string[] | undefined;
  /** Such as `1`, `1:5` or, from the month's end, `-3:-1`. */
  readonly daysOfMonth?: readonly string[] | undefined;
  readonly months?: readonly string[] | undefined;
  readonly years?: readonly string[] | undefined;
  /** '' for UTC. */
  readonly location: string;
}

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'] as const;

/** The annotations of a recurring silence. */
export const SCHEDULE = 'ghostworks_schedule';
export const SCHEDULE_START = 'ghostworks_schedule_start';
export const SCHEDULE_END = 'ghostworks_schedule_end';

const KNOWN = new Set(['times', 'weekdays', 'days_of_month', 'months', 'years', 'location']);

/** The times in a schedule's text, YAML or JSON; undefined where it is none, or has what is not known here. */
export function readSchedule(text: string): RecurringTimes[] | undefined {
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 50 });
  } catch {
    return undefined;
  }
  const list = Array.isArray(value) ? value : [value];
  const read = list.map((item) => readTimes(object(item)));
  return read.length > 0 && read.every((item) => item !== undefined) ? read : undefined;
}

function readTimes(json: Json): RecurringTimes | undefined {
  const keys = Object.keys(json);
  if (keys.length === 0 || keys.some((key) => !KNOWN.has(key))) return undefined;
  const times = json['times'] === undefined ? undefined : array(json['times']).map(object).map((range) => `${String(range['start_time'])}-${String(range['end_time'])}`);
  return {
    times,
    weekdays: texts(json['weekdays']),
    daysOfMonth: texts(json['days_of_month']),
    months: texts(json['months']),
    years: texts(json['years']),
    location: typeof json['location'] === 'string' && json['location'] !== 'UTC' ? json['location'] : '',
  };
}

function texts(value: unknown): string[] | undefined {
  return value === undefined || value === null ? undefined : array(value).map((item) => String(item).toLowerCase());
}

/** The annotation's text: JSON, in the keys of `time_intervals`. */
export function writeSchedule(schedule: readonly RecurringTimes[]): string {
  return JSON.stringify(
    schedule.map((times) => ({
      ...(times.times ? { times: times.times.map(splitTimes).map(([start, end]) => ({ start_time: start, end_time: end })) } : {}),
      ...(times.weekdays ? { weekdays: times.weekdays } : {}),
      ...(times.daysOfMonth ? { days_of_month: times.daysOfMonth } : {}),
      ...(times.months ? { months: times.months } : {}),
      ...(times.years ? { years: times.years } : {}),
      ...(times.location === '' ? {} : { location: times.location }),
    })),
  );
}

/** Start and end of `02:00-04:00`. */
export function splitTimes(range: string): readonly [string, string] {
  const [start = '', end = ''] = range.split('-', 2);
  return [start, end];
}

/** In words: `Monday to Friday, 02:00 to 04:00 (Europe/Berlin)`. */
export function describeTimes(times: RecurringTimes): string {
  const parts = [
    named(times.weekdays, '', 'no day of the week'),
    days(times.daysOfMonth),
    named(times.months, 'in ', 'in no month'),
    times.years === undefined ? '' : `in ${list(times.years.map((range) => range.replace(':', ' to ')))}`,
    times.times === undefined ? 'all day' : times.times.length === 0 ? 'never' : list(times.times.map((range) => splitTimes(range).join(' to '))),
  ].filter((part) => part !== '');
  const text = parts.join(', ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)} (${times.location === '' ? 'UTC' : times.location})`;
}

export function describeSchedule(schedule: readonly RecurringTimes[]): string {
  return schedule.map(describeTimes).join('; ');
}

function named(ranges: readonly string[] | undefined, before: string, none: string): string {
  if (ranges === undefined) return '';
  return ranges.length === 0 ? none : before + list(ranges.map((range) => range.split(':').map(capital).join(' to ')));
}

function days(ranges: readonly string[] | undefined): string {
  if (ranges === undefined) return '';
  return ranges.length === 0 ? 'on no day of the month' : list(ranges.map((range) => {
    const [first = '', last] = range.split(':', 2);
    return last === undefined || last === first ? `on ${day(first)} of the month` : `from ${day(first)} to ${day(last)} of the month`;
  }));
}

function day(text: string): string {
  const number = Number(text);
  if (number === -1) return 'the last day';
  return number < 0 ? `the ${ordinal(-number)} last day` : `the ${ordinal(number)}`;
}

function ordinal(number: number): string {
  const tens = number % 100;
  const suffix = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th');
  return `${number}${suffix}`;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function list(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}

/** Each weekday that ranges name, such as `monday:wednesday`. A week begins with Sunday in ranges. */
export function expandWeekdays(ranges: readonly string[]): string[] {
  const order = ['sunday', ...WEEKDAYS.slice(0, 6)];
  const found = new Set(
    ranges.flatMap((range) => {
      const [first = '', last = first] = range.split(':', 2);
      const from = order.indexOf(first);
      return from < 0 ? [] : order.slice(from, order.indexOf(last) + 1);
    }),
  );
  return WEEKDAYS.filter((name) => found.has(name));
}

/** What is wrong with the times of a form, as a person reads it; undefined where nothing is. */
export function timesMistake(times: RecurringTimes): string | undefined {
  for (const range of times.times ?? []) {
    const [start, end] = splitTimes(range);
    if (!CLOCK.test(start) || !CLOCK.test(end)) return `Write times of day as HH:MM, up to 24:00: got “${start}” and “${end}”.`;
    if (start >= end) return `The time ${start} must be before ${end}; a night is two ranges, up to 24:00 and from 00:00.`;
  }
  if (times.times?.length === 0) return 'Give at least one time of day, or let it hold all day.';
  if (times.weekdays?.length === 0) return 'Choose at least one day of the week.';
  return undefined;
}

const CLOCK = /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;
