import { describe, expect, it } from 'vitest';
import { timeRegionEvents } from './timeRegions';

const march = { fromMs: Date.parse('2023-03-01T00:00:00Z'), toMs: Date.parse('2023-03-31T00:00:00Z') };
const day = { fromMs: Date.parse('2023-03-06T10:00:00Z'), toMs: Date.parse('2023-03-07T10:00:00Z') };
const marks = (timeRegion: object, range = march) =>
  timeRegionEvents({ name: 'R', target: { queryType: 'timeRegions', timeRegion: { timezone: 'utc', ...timeRegion } } }, range).map(({ timeMs, timeEndMs }) =>
    [timeMs, timeEndMs].map((time) => new Date(time).toISOString().slice(5, 19)).join(' '),
  );

describe('time regions', () => {
  it.each<[object, typeof march, string[]]>([
    [{ fromDayOfWeek: 1 }, march, ['03-06T00:00:00 03-06T23:59:59', '03-13T00:00:00 03-13T23:59:59', '03-20T00:00:00 03-20T23:59:59', '03-27T00:00:00 03-27T23:59:59']],
    [{ fromDayOfWeek: 6, toDayOfWeek: 7 }, march, ['03-04T00:00:00 03-05T23:59:59', '03-11T00:00:00 03-12T23:59:59', '03-18T00:00:00 03-19T23:59:59', '03-25T00:00:00 03-26T23:59:59']],
    [{ from: '08:00', to: '17:30' }, day, ['03-06T08:00:00 03-06T17:30:00', '03-07T08:00:00 03-07T17:30:00']],
    [{ from: '22:00', to: '06:00' }, day, ['03-06T22:00:00 03-07T06:00:00']],
    [{ fromDayOfWeek: 5, from: '17:00', toDayOfWeek: 1, to: '8' }, { fromMs: Date.parse('2023-03-06T07:00:00Z'), toMs: Date.parse('2023-03-06T09:00:00Z') }, ['03-03T17:00:00 03-06T08:00:00']],
    [{ from: '12:00' }, day, ['03-06T12:00:00 03-06T12:00:00']],
    [{ from: '08:00', to: '09:00', timezone: 'America/New_York' }, day, ['03-06T13:00:00 03-06T14:00:00']],
    [{}, march, []],
  ])('%j', (region, range, expected) => {
    expect(marks(region, range)).toEqual(expected);
  });

  it('refuses cron expressions', () => {
    expect(() => marks({ mode: 'cron', cronExpr: '* * * * *' })).toThrow('cron');
  });
});
