import { describe, expect, it } from 'vitest';
import { describeSchedule, describeTimes, expandWeekdays, readSchedule, timesMistake, writeSchedule, type RecurringTimes } from './schedule';

const NIGHT: RecurringTimes = { times: ['02:00-04:00'], weekdays: ['monday:friday'], daysOfMonth: undefined, months: undefined, years: undefined, location: 'Europe/Berlin' };

describe('readSchedule', () => {
  it('reads lists and single intervals in YAML and JSON', () => {
    const yaml = '[{times: [{start_time: "02:00", end_time: "04:00"}], weekdays: ["monday:friday"], location: Europe/Berlin}]';
    expect(readSchedule(yaml)).toEqual([NIGHT]);
    expect(readSchedule('weekdays: [Saturday]\ndays_of_month: [1, "-3:-1"]\nlocation: UTC')).toEqual([{ weekdays: ['saturday'], daysOfMonth: ['1', '-3:-1'], location: '' }]);
  });

  it('gives back what it writes', () => {
    expect(readSchedule(writeSchedule([NIGHT, { location: '', years: ['2026:2030'] }]))).toEqual([NIGHT, { location: '', years: ['2026:2030'] }]);
    expect(writeSchedule([NIGHT])).toBe('[{"times":[{"start_time":"02:00","end_time":"04:00"}],"weekdays":["monday:friday"],"location":"Europe/Berlin"}]');
  });

  it.each(['', '{', '[]', '"text"', '[{hours: 3}]', '[1]'])('does not read %j', (text) => {
    expect(readSchedule(text)).toBeUndefined();
  });
});

describe('describeTimes', () => {
  it.each<[RecurringTimes, string]>([
    [NIGHT, 'Monday to Friday, 02:00 to 04:00 (Europe/Berlin)'],
    [{ location: '' }, 'All day (UTC)'],
    [{ weekdays: ['saturday', 'sunday'], location: '' }, 'Saturday and Sunday, all day (UTC)'],
    [{ daysOfMonth: ['1'], times: ['00:00-01:00', '23:00-24:00'], location: '' }, 'On the 1st of the month, 00:00 to 01:00 and 23:00 to 24:00 (UTC)'],
    [{ daysOfMonth: ['-3:-1'], months: ['december'], location: '' }, 'From the 3rd last day to the last day of the month, in December, all day (UTC)'],
    [{ daysOfMonth: ['11:12', '22'], location: '' }, 'From the 11th to the 12th of the month and on the 22nd of the month, all day (UTC)'],
    [{ months: ['1:3'], years: ['2026:2027'], location: '' }, 'In 1 to 3, in 2026 to 2027, all day (UTC)'],
    [{ weekdays: [], times: [], location: '' }, 'No day of the week, never (UTC)'],
  ])('%j', (times, text) => {
    expect(describeTimes(times)).toBe(text);
  });

  it('joins several', () => {
    expect(describeSchedule([NIGHT, { location: '' }])).toBe('Monday to Friday, 02:00 to 04:00 (Europe/Berlin); All day (UTC)');
  });
});

it('names each weekday of ranges', () => {
  expect(expandWeekdays(['monday:wednesday', 'sunday'])).toEqual(['monday', 'tuesday', 'wednesday', 'sunday']);
  expect(expandWeekdays(['sunday:monday', 'no-day'])).toEqual(['monday', 'sunday']);
});

describe('timesMistake', () => {
  it.each<[RecurringTimes, RegExp | undefined]>([
    [NIGHT, undefined],
    [{ times: ['22:00-24:00'], location: '' }, undefined],
    [{ times: ['22:00-06:00'], location: '' }, /must be before/],
    [{ times: ['2:00-04:00'], location: '' }, /HH:MM/],
    [{ times: ['2-'], location: '' }, /HH:MM/],
    [{ times: [], location: '' }, /at least one time/],
    [{ weekdays: [], location: '' }, /day of the week/],
  ])('%j', (times, mistake) => {
    if (mistake) expect(timesMistake(times)).toMatch(mistake);
    else expect(timesMistake(times)).toBeUndefined();
  });
});
