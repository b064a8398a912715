import { describe, expect, it } from 'vitest';
import type { AnnotationQuery } from '../dashboard/model';
import { changeAnnotations, isForPanel, logAnnotations, seriesAnnotations, storedEvents, storedFilter, tableAnnotations } from './annotations';
import { logFrame } from './logFrames';
import { seriesFrames } from './seriesFrames';

const series = (metric: Record<string, string>, points: [number, string][]) => seriesFrames({ refId: 'A', expr: 'x', legendFormat: undefined, stepMs: 60_000 }, { resultType: 'matrix', result: [{ metric, values: points }] });

describe('seriesAnnotations', () => {
  it('joins points a step apart into regions', () => {
    const frames = series({ job: 'a', zone: 'z' }, [[60, '1'], [120, '2'], [180, '0'], [240, '0'], [300, '1']]);
    const events = seriesAnnotations({ titleFormat: 'up {{job}}', tagKeys: 'zone, x', textFormat: '{{zone}}!' }, frames, 60_000);
    expect(events.map((event) => [event.timeMs, event.timeEndMs, event.title, event.text, event.tags])).toEqual([
      [60_000, 120_000, 'up a', 'z!', ['z']],
      [300_000, 300_000, 'up a', 'z!', ['z']],
    ]);
  });
  it('takes the value for the time', () => {
    expect(seriesAnnotations({ useValueForTime: true }, series({}, [[60, '1700000000000'], [120, 'NaN']]), 60_000).map((event) => event.timeMs)).toEqual([1_700_000_000_000]);
  });
});

describe('logAnnotations', () => {
  it('makes a moment of each line', () => {
    const frame = logFrame('A', '', { resultType: 'streams', result: [{ stream: { app: 'x', level: ' ' }, values: [['1700000000000000000', 'deployed']] }] }, 'backward');
    expect(logAnnotations({ titleFormat: '{{app}}' }, [frame])).toMatchObject([{ timeMs: 1_700_000_000_000, title: 'x', text: 'deployed', tags: ['x'] }]);
  });
});

describe('changeAnnotations', () => {
  it('finds new values, not those from the beginning', () => {
    const frames = [...series({ job: 'a', version: '1' }, [[60, '1']]), ...series({ job: 'a', version: '2' }, [[300, '1']]), ...series({ job: 'b', version: '9' }, [[120, '1']])];
    expect(changeAnnotations('version', 'job', frames).map((event) => [event.timeMs, event.title, event.text])).toEqual([
      [300_000, 'a: version', '1 → 2'],
      [120_000, 'b: version', 'now 9'],
    ]);
  });
});

describe('others', () => {
  it('reads tables', () => {
    const frame = { refId: 'A', name: undefined, length: 1, fields: [{ name: 'startTime', type: 'time', values: [5], config: {} }, { name: 'name', type: 'string', values: ['GET'], config: {} }, { name: 'tags', type: 'string', values: ['a, b'], config: {} }] } as const;
    expect(tableAnnotations({}, [frame])).toMatchObject([{ timeMs: 5, timeEndMs: 5, text: 'GET', tags: ['a', 'b'] }]);
  });
  it('reads what is stored, and asks for it', () => {
    expect(storedEvents([{ id: 3, time: 10, timeEnd: 20, text: 't', tags: ['x'], panelId: 2 }, { id: 4, time: 10, timeEnd: 0, text: '' }])).toMatchObject([{ timeEndMs: 20, panelId: 2 }, { timeEndMs: 10, panelId: undefined }]);
    expect(storedFilter({ target: { type: 'tags', tags: ['deploy'], matchAny: true, limit: 5 } })).toEqual({ tags: ['deploy'], matchAny: true, limit: 5, ofDashboard: false });
    expect(storedFilter({})).toEqual({ tags: [], matchAny: false, limit: 100, ofDashboard: true });
  });
  it('knows for which panel it is', () => {
    const query = (filter: AnnotationQuery['filter'], builtIn = false): AnnotationQuery => ({ name: '', enable: true, hide: false, builtIn, iconColor: '', datasource: undefined, filter, json: {} });
    const event = { id: 1, timeMs: 0, timeEndMs: 0, title: '', text: '', tags: [], panelId: 7 };
    expect(isForPanel(query(undefined, true), event, 7)).toBe(true);
    expect(isForPanel(query(undefined, true), event, 8)).toBe(false);
    expect(isForPanel(query({ exclude: true, ids: [8] }), { ...event, panelId: undefined }, 8)).toBe(false);
    expect(isForPanel(query({ exclude: false, ids: [8] }), { ...event, panelId: undefined }, 8)).toBe(true);
  });
});
