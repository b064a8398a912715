import type { AnnotationQuery } from '../dashboard/model';
import { timeField, type DataFrame } from '../frame/frame';
import { array, boolean, number, object, optionalString, string, type Json } from '../json';
import type { Labels } from '../labels';
import { renderLegend } from './seriesFrames';

/** An event that is drawn over panels. */
export interface AnnotationEvent {
  readonly id: number | undefined;
  readonly timeMs: number;
  /** The same as `timeMs` for a moment. */
  readonly timeEndMs: number;
  readonly title: string;
  readonly text: string;
  readonly tags: readonly string[];
  /** Of a panel alone; undefined for the whole dashboard. */
  readonly panelId: number | undefined;
}

/** Regions of a query's series: where the value is above 0, points at most a step apart are one (Grafana's Prometheus annotations). */
export function seriesAnnotations(json: Json, frames: readonly DataFrame[], stepMs: number): AnnotationEvent[] {
  const useValue = option(json, 'useValueForTime') === true;
  const tagKeys = keys(json);
  return frames.flatMap((frame) => {
    const labels = frame.fields[1]?.labels ?? {};
    const times = timeField(frame)?.values ?? [];
    const values = frame.fields[1]?.values ?? [];
    const moments = times.flatMap((time, i) => {
      const value = values[i];
      if (useValue) return typeof value === 'number' && Number.isFinite(value) && value > 0 ? [Math.floor(value)] : [];
      return typeof time === 'number' && typeof value === 'number' && value > 0 ? [time] : [];
    });
    return regions(moments, stepMs).map(([timeMs, timeEndMs]) => ({
      id: undefined,
      timeMs,
      timeEndMs,
      title: renderLegend(string(option(json, 'titleFormat')), labels),
      text: renderLegend(string(option(json, 'textFormat')), labels),
      tags: Object.entries(labels).filter(([name]) => tagKeys.includes(name)).map(([, value]) => value),
      panelId: undefined,
    }));
  });
}

function regions(moments: readonly number[], stepMs: number): [number, number][] {
  const found: [number, number][] = [];
  for (const moment of moments) {
    const last = found.at(-1);
    if (last && last[1] + stepMs >= moment) {
      last[1] = moment;
    } else {
      found.push([moment, moment]);
    }
  }
  return found;
}

/** One moment for each line of logs. */
export function logAnnotations(json: Json, frames: readonly DataFrame[]): AnnotationEvent[] {
  const tagKeys = keys(json);
  const textFormat = string(option(json, 'textFormat'));
  return frames.flatMap((frame) => {
    const column = (name: string) => frame.fields.find((field) => field.name === name)?.values ?? [];
    const labels = column('labels');
    const lines = column('Line');
    return column('Time').flatMap((time, i): AnnotationEvent[] => {
      if (typeof time !== 'number') return [];
      const own = object(labels[i]) as Labels;
      const tags = Object.entries(own).filter(([name, value]) => value.trim() !== '' && (tagKeys.length === 0 || tagKeys.includes(name)));
      return [
        {
          id: undefined,
          timeMs: time,
          timeEndMs: time,
          title: renderLegend(string(option(json, 'titleFormat')), own),
          text: textFormat === '' ? string(lines[i]) : renderLegend(textFormat, own),
          tags: [...new Set(tags.map(([, value]) => value.trim()))],
          panelId: undefined,
        },
      ];
    });
  });
}

/** Rows of any table: the first time, and texts by name or place, as Grafana guesses where no mapping says more. */
export function tableAnnotations(json: Json, frames: readonly DataFrame[]): AnnotationEvent[] {
  const mappings = object(json['mappings']);
  return frames.flatMap((frame) => {
    const mapped = (name: string) => optionalString(object(mappings[name])['value']);
    const find = (name: string, otherwise: (frame: DataFrame) => number) => {
      const wanted = mapped(name) ?? name;
      const index = frame.fields.findIndex((field) => field.name.toLowerCase() === wanted.toLowerCase());
      return frame.fields[index >= 0 ? index : otherwise(frame)];
    };
    const time = find('time', ({ fields }) => fields.findIndex((field) => field.type === 'time'));
    const text = find('text', ({ fields }) => fields.findIndex((field) => field.type === 'string'));
    const title = find('title', () => -1);
    const end = find('timeEnd', () => -1);
    const tags = find('tags', () => -1);
    return Array.from({ length: frame.length }, (_, i) => i).flatMap((i): AnnotationEvent[] => {
      const timeMs = time?.values[i];
      if (typeof timeMs !== 'number') return [];
      const tagValue = tags?.values[i];
      return [
        {
          id: undefined,
          timeMs,
          timeEndMs: number(end?.values[i], timeMs),
          title: plain(title?.values[i]),
          text: plain(text?.values[i]),
          tags: Array.isArray(tagValue) ? tagValue.map(plain) : plain(tagValue).split(',').map((tag) => tag.trim()).filter((tag) => tag !== ''),
          panelId: undefined,
        },
      ];
    });
  });
}

/** What Grafana's annotation API answers. */
export function storedEvents(answer: unknown): AnnotationEvent[] {
  return array(answer).map(object).map((item) => {
    const timeMs = number(item['time'], 0);
    const panelId = number(item['panelId'], 0);
    return {
      id: number(item['id'], 0),
      timeMs,
      timeEndMs: number(item['timeEnd'], timeMs) || timeMs,
      title: string(item['title']),
      text: string(item['text']),
      tags: array(item['tags']).map((tag) => string(tag)),
      panelId: panelId === 0 ? undefined : panelId,
    };
  });
}

/**
 * Changes of a label, such as a version: one moment where, among the series of a group, a value appears that was not there
 * before. What is there when the range begins is no change.
 */
export function changeAnnotations(label: string, by: string, frames: readonly DataFrame[]): AnnotationEvent[] {
  const firstSeen = new Map<string, Map<string, number>>();
  let startMs = Infinity;
  for (const frame of frames) {
    const labels = frame.fields[1]?.labels ?? {};
    const value = labels[label] ?? '';
    const time = timeField(frame)?.values[0];
    if (value === '' || typeof time !== 'number') continue;
    startMs = Math.min(startMs, time);
    const group = firstSeen.get(labels[by] ?? '') ?? new Map<string, number>();
    group.set(value, Math.min(group.get(value) ?? Infinity, time));
    firstSeen.set(labels[by] ?? '', group);
  }
  return [...firstSeen].flatMap(([group, values]) => {
    const ordered = [...values].sort((a, b) => a[1] - b[1]);
    return ordered.flatMap(([value, timeMs], i): AnnotationEvent[] => {
      // The first value of a group is a change too where the group itself came later.
      if (timeMs <= startMs) return [];
      const before = ordered[i - 1]?.[0];
      return [{ id: undefined, timeMs, timeEndMs: timeMs, title: group === '' ? label : `${group}: ${label}`, text: before === undefined ? `now ${value}` : `${before} → ${value}`, tags: [value], panelId: undefined }];
    });
  });
}

/** Whether the annotations of a query are for a panel. */
export function isForPanel(query: AnnotationQuery, event: AnnotationEvent, panelId: number): boolean {
  if (event.panelId !== undefined && event.panelId !== panelId && query.builtIn) {
    return false;
  }
  const { filter } = query;
  return filter === undefined || filter.ids.length === 0 || filter.ids.includes(panelId) !== filter.exclude;
}

/** What the dashboard service is asked for: the dashboard's own annotations, or those of tags. */
export function storedFilter(json: Json): { readonly tags: readonly string[]; readonly matchAny: boolean; readonly limit: number; readonly ofDashboard: boolean } {
  const target = { ...json, ...object(json['target']) };
  const tags = array(target['tags']).map((tag) => string(tag)).filter((tag) => tag !== '');
  const ofDashboard = string(target['type'], 'dashboard') !== 'tags' || tags.length === 0;
  return { tags: ofDashboard ? [] : tags, matchAny: boolean(target['matchAny'], false), limit: number(target['limit'], 100), ofDashboard };
}

/** Older files have the options of the query beside its name, newer ones in its target. */
function option(json: Json, name: string): unknown {
  return json[name] ?? object(json['target'])[name];
}

function keys(json: Json): string[] {
  return string(option(json, 'tagKeys')).split(',').map((key) => key.trim()).filter((key) => key !== '');
}

function plain(value: unknown): string {
  return value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
}
