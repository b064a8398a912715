import { object, optionalNumber, optionalString, string, type Json } from '../json';
import type { AbsoluteRange } from '../time';
import { fromWall, toWall } from '../timeZone';
import type { AnnotationEvent } from './annotations';

const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;

/** More marks than a panel is wide help nobody. */
const EVENTS_MAX = 2000;

/** Hours of the day, days of the week or both, which return for ever: Grafana's time regions. */
interface TimeRegion {
  /** 1 is Monday; undefined for every day. */
  readonly fromDay: number | undefined;
  readonly toDay: number | undefined;
  /** After the start of the day. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Undefined for the browser's zone. */
  readonly timeZone: string | undefined;
}

/** Whether an annotation query asks for time regions. */
export function asksTimeRegions(json: Json): boolean {
  return object(json['target'])['queryType'] === 'timeRegions';
}

/** The marks of a time region that lie in a range or reach into it. Throws where the region is of a form that is not known here. */
export function timeRegionEvents(json: Json, range: AbsoluteRange): AnnotationEvent[] {
  const region = readRegion(object(object(json['target'])['timeRegion']));
  if (region === undefined) {
    return [];
  }
  const events: AnnotationEvent[] = [];
  const firstDay = Math.floor(toWall(range.fromMs, region.timeZone).getTime() / DAY_MS) - WEEK_DAYS - 1;
  const lastDay = Math.floor(toWall(range.toMs, region.timeZone).getTime() / DAY_MS);
  for (let day = firstDay; day <= lastDay && events.length < EVENTS_MAX; day++) {
    if (region.fromDay !== undefined && weekDay(day) !== region.fromDay) {
      continue;
    }
    const timeMs = fromWall(new Date(day * DAY_MS + region.fromMs), region.timeZone);
    const timeEndMs = fromWall(new Date(endDay(day, region) * DAY_MS + region.toMs), region.timeZone);
    if (timeEndMs >= range.fromMs && timeMs <= range.toMs) {
      events.push({ id: undefined, timeMs, timeEndMs, title: '', text: string(json['name']), tags: [], panelId: undefined });
    }
  }
  return events;
}

/** The next day where the end is not after the start, then on to the wanted day of the week. */
function endDay(day: number, region: TimeRegion): number {
  let end = region.toMs < region.fromMs ? day + 1 : day;
  while (region.toDay !== undefined && weekDay(end) !== region.toDay) {
    end++;
  }
  return end;
}

function readRegion(json: Json): TimeRegion | undefined {
  if (json['mode'] === 'cron') {
    throw new Error('Time regions by cron expressions are not supported. Days of the week and times of day are.');
  }
  const from = optionalString(json['from']);
  const to = optionalString(json['to']);
  const fromDay = dayOf(json['fromDayOfWeek']);
  const toDay = dayOf(json['toDayOfWeek']);
  if (from === undefined && to === undefined && fromDay === undefined && toDay === undefined) {
    return undefined;
  }
  const timeZone = optionalString(json['timezone']);
  const whole = from === undefined && to === undefined;
  return {
    fromDay: fromDay ?? toDay,
    toDay: toDay ?? fromDay,
    fromMs: timeOfDay(from ?? to) ?? 0,
    toMs: whole ? DAY_MS - 1000 : (timeOfDay(to ?? from) ?? 0),
    timeZone: timeZone === 'browser' ? undefined : timeZone,
  };
}

function dayOf(value: unknown): number | undefined {
  const day = optionalNumber(value);
  return day !== undefined && Number.isInteger(day) && day >= 1 && day <= WEEK_DAYS ? day : undefined;
}

/** `8`, `08:30` or `08:30:15`. */
function timeOfDay(text: string | undefined): number | undefined {
  const match = /^(\d{1,2})(?::(\d{1,2}))?(?::(\d{1,2}))?$/.exec((text ?? '').trim());
  return match ? ((Number(match[1]) * 60 + Number(match[2] ?? 0)) * 60 + Number(match[3] ?? 0)) * 1000 : undefined;
}

/** Of a day since the epoch, which was a Thursday; 1 is Monday. */
function weekDay(day: number): number {
  return ((((day + 3) % WEEK_DAYS) + WEEK_DAYS) % WEEK_DAYS) + 1;
}
