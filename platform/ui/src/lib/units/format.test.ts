import { describe, expect, it } from 'vitest';
import { formatDate, formatTimeAgo } from './dates';
import { formatUnitText, formatValue, UNITS } from './format';
import { fixed } from './numbers';

/** `[unit, value, decimals, text]`. */
const TABLE: readonly (readonly [string, number, number | undefined, string])[] = [
  ['none', 0, undefined, '0'],
  ['none', 3.2, undefined, '3.20'],
  ['none', 0.0245, undefined, '0.0245'],
  ['none', 2.5, undefined, '2.50'],
  ['none', 1 / 3, 3, '0.333'],
  ['none', -2.5, undefined, '-2.50'],
  ['none', Infinity, undefined, '∞'],
  ['none', NaN, undefined, 'NaN'],
  ['none', 1.5, -3, '2'],
  ['none', 1e21, undefined, '1e+21'],
  ['', 100, 2, '100.00'],
  ['string', 12, undefined, '12'],
  ['short', 999, undefined, '999'],
  ['short', 1000, undefined, '1 K'],
  ['short', 1234, 1, '1.2 K'],
  ['short', 1_200_000, undefined, '1.20 Mil'],
  ['short', 98_765, undefined, '98.8 K'],
  ['short', -1500, undefined, '-1.50 K'],
  ['short', 1e30, undefined, '1000000 Sept'],
  ['sishort', 1000, undefined, '1 k'],
  ['sishort', 0.001, undefined, '1 m'],
  ['percent', 12.5, undefined, '12.5%'],
  ['percentunit', 0.278, undefined, '27.8%'],
  ['humidity', 55, undefined, '55 %H'],
  ['hex', 255, undefined, 'FF'],
  ['hex0x', -255, undefined, '-0xFF'],
  ['hex0x', 100, undefined, '0x64'],
  ['sci', 98765, undefined, '9.8765e+4'],
  ['sci', 98765, 1, '9.9e+4'],
  ['locale', 1234567.891, 1, '1,234,567.9'],
  ['pixel', 4, undefined, '4 px'],
  ['accMS2', 1, undefined, '1 m/sec²'],
  ['degree', 90, undefined, '90 °'],
  ['hectares', 2, undefined, '2 ha'],
  ['mflops', 2.5, undefined, '2.50 MFLOPS'],
  ['mflops', 2500, undefined, '2.50 GFLOPS'],
  ['conμgm3', 7, undefined, '7 μg/m³'],
  ['currencyUSD', 1532.82, 2, '$1.53K'],
  ['currencyUSD', -1532.82, 2, '-$1.53K'],
  ['currencyDKK', 1532.82, 2, '1.53Kkr'],
  ['currencyDKK', -5, undefined, '-5kr'],
  ['bytes', 0, undefined, '0 B'],
  ['bytes', 1023, undefined, '1023 B'],
  ['bytes', 1536, undefined, '1.50 KiB'],
  ['bytes', 1.5 * 1024 ** 3, 1, '1.5 GiB'],
  ['mbytes', 1024, undefined, '1 GiB'],
  ['kbytes', 0.5, undefined, '512 B'],
  ['decbytes', 1500, undefined, '1.50 kB'],
  ['decgbytes', 0.001, undefined, '1 MB'],
  ['bits', 2048, undefined, '2 Kib'],
  ['decbits', 2000, undefined, '2 kb'],
  ['Bps', 1_000_000, undefined, '1 MB/s'],
  ['binBps', 1_048_576, undefined, '1 MiB/s'],
  ['bps', 1234, undefined, '1.23 kb/s'],
  ['KiBs', 1024, undefined, '1 MiB/s'],
  ['Mbits', 1, undefined, '1 Mb/s'],
  ['pps', 2e6, undefined, '2 Mp/s'],
  ['watt', 0.005, undefined, '5 mW'],
  ['mwatt', 5, undefined, '5 mW'],
  ['kwatth', 1.2, 1, '1.2 kWh'],
  ['voltampreact', 3, undefined, '3 VAr'],
  ['µfarad', 1, undefined, '1 µF'],
  ['flowlpm', 2, undefined, '2 L/min'],
  ['forcekN', 2, undefined, '2 kN'],
  ['MHs', 1, undefined, '1 MH/s'],
  ['masskg', 1000, undefined, '1 Mg'],
  ['lengthmm', 1, undefined, '1 mm'],
  ['lengthmi', 1, undefined, '1 mi'],
  ['pressurehg', 1, undefined, '1 "Hg'],
  ['pressurepsi', 1500, undefined, '1.50ksi'],
  ['radusvh', 2, undefined, '2 µSv/h'],
  ['rotghz', 3.4, 1, '3.4 GHz'],
  ['celsius', 21.5, undefined, '21.5 °C'],
  ['farenheit', 70, undefined, '70 °F'],
  ['hertz', 1500, undefined, '1.50 kHz'],
  ['ns', 1500, undefined, '1.50 µs'],
  ['ns', 6e10, undefined, '1 min'],
  ['ns', 8.64e13, undefined, '1 day'],
  ['µs', 1500, undefined, '1.50 ms'],
  ['ms', 100, undefined, '100 ms'],
  ['ms', 1250, undefined, '1.25 s'],
  ['ms', 7_200_000, undefined, '2 hour'],
  ['s', 0, undefined, '0 s'],
  ['s', 0.000_000_5, undefined, '500 ns'],
  ['s', 0.000_25, undefined, '250 µs'],
  ['s', 0.25, undefined, '250 ms'],
  ['s', 24, undefined, '24 s'],
  ['s', 246, undefined, '4.10 min'],
  ['s', 90_000, undefined, '1.04 day'],
  ['s', 1_209_600, undefined, '2 week'],
  ['s', 63_113_800, undefined, '2 year'],
  ['m', 90, undefined, '1.50 hour'],
  ['h', 24, undefined, '1 day'],
  ['d', 14, undefined, '2 week'],
  ['dtdurationms', 3_661_000, 2, '1 hour, 1 minute, 1 second'],
  ['dtdurations', 0, undefined, '0 seconds'],
  ['dtdurations', 7200, undefined, '2 hours'],
  ['dtdurations', -90, 1, '1 minute, 30 seconds ago'],
  ['dthms', 3661, undefined, '01:01:01'],
  ['dthms', -60, undefined, '00:01:00 ago'],
  ['dtdhms', 90_061, undefined, '1 d 01:01:01'],
  ['timeticks', 100, undefined, '1 s'],
  ['clockms', 999, undefined, '999ms'],
  ['clockms', 5250, undefined, '05s:250ms'],
  ['clockms', 5250, 0, '05s'],
  ['clockms', 65_250, 1, '01m:05s'],
  ['clockms', 3_665_250, 2, '01h:01m:05s'],
  ['clocks', 3665, undefined, '01h:01m:05s:000ms'],
  ['reqps', 1500, undefined, '1.50K req/s'],
  ['iops', 2, undefined, '2 io/s'],
  ['opm', 3, undefined, '3 ops/m'],
  ['velocityknot', 5, undefined, '5 kn'],
  ['mlitre', 1000, undefined, '1 L'],
  ['m3', 1, undefined, '1 m³'],
  ['bool', 0, undefined, 'False'],
  ['bool_yes_no', 1, undefined, 'Yes'],
  ['bool_on_off', 0, undefined, 'Off'],
  ['suffix:req', 3, undefined, '3 req'],
  ['prefix:~', 3, undefined, '~3'],
  ['currency:Fr', 1500, 1, 'Fr1.5K'],
  ['si:mF', 1000, undefined, '1 F'],
  ['si:ops', 1000, undefined, '1 kops'],
  ['count:peers', 1500, undefined, '1.50K peers'],
  ['bool:up/down', 0, undefined, 'down'],
  ['bool:up', 0, undefined, '-'],
  ['time:YYYY', Date.UTC(2026, 5, 1), undefined, '2026'],
  ['constructor', 1, undefined, '1 constructor'],
  ['requests', 5, undefined, '5 requests'],
];

describe('formatUnitText', () => {
  it.each(TABLE)('%s of %d with %s decimals is %s', (unit, value, decimals, text) => {
    expect(formatUnitText(value, unit, decimals, { timeZone: 'utc' })).toBe(text);
  });

  it('writes nothing for null', () => {
    expect(formatUnitText(null, 'bytes')).toBe('');
  });

  it('never throws, whatever unit and decimals a dashboard has', () => {
    for (const { units } of UNITS) {
      for (const { id } of units) {
        for (const value of [0, -0, 1e-30, 1e30, -1e30, NaN, Infinity, -Infinity]) {
          for (const decimals of [undefined, -5, 0, 2.7, 1000, NaN]) {
            expect(typeof formatUnitText(value, id, decimals)).toBe('string');
          }
        }
      }
    }
  });
});

describe('dates', () => {
  const noon = Date.UTC(2026, 10, 3, 13, 4, 5, 67);

  it.each([
    ['dateTimeAsIso', '2026-11-03 13:04:05'],
    ['dateTimeAsUS', '11/03/2026 1:04:05 pm'],
    ['dateTimeAsSystem', '2026-11-03 13:04:05'],
    ['dateTimeAsIsoNoDateIfToday', '13:04:05'],
    ['dateTimeAsUSNoDateIfToday', '1:04:05 pm'],
    ['dateTimeFromNow', 'an hour ago'],
  ])('%s', (unit, text) => {
    expect(formatUnitText(noon, unit, undefined, { timeZone: 'utc', nowMs: noon + 3_600_000 })).toBe(text);
  });

  it.each([
    ['YYYY-MM-DD[T]HH:mm:ss.SSSZ', '2026-11-03T13:04:05.067+00:00'],
    ['dddd, Do MMMM YY', 'Tuesday, 3rd November 26'],
    ['ddd dd d E', 'Tue Tu 2 2'],
    ['hh:mm A, k', '01:04 PM, 13'],
    ['DDDD Q W w', '307 4 45 45'],
    ['X x', `${Math.floor(noon / 1000)} ${noon}`],
    ['L LT', '11/03/2026 1:04 PM'],
    ['mm\\m', '04m'],
  ])('pattern %s', (pattern, text) => {
    expect(formatDate(noon, pattern, 'utc')).toBe(text);
  });

  it('knows time zones, and falls back where it does not', () => {
    expect(formatDate(noon, 'YYYY-MM-DD HH:mm Z', 'Asia/Kolkata')).toBe('2026-11-03 18:34 +05:30');
    expect(formatDate(noon, 'YYYY', 'Nowhere/Never')).toBe('2026');
    expect(formatDate(NaN, 'YYYY')).toBe('Invalid date');
  });

  it.each([
    [-10, 'a few seconds ago'],
    [60, 'in a minute'],
    [44 * 60, 'in 44 minutes'],
    [-23 * 3600, 'a day ago'],
    [-20 * 86_400, '20 days ago'],
    [-40 * 86_400, 'a month ago'],
    [-400 * 86_400, 'a year ago'],
    [-1200 * 86_400, '3 years ago'],
  ])('%d seconds away is %s', (seconds, text) => {
    expect(formatTimeAgo(noon + seconds * 1000, noon)).toBe(text);
  });
});

describe('fixed', () => {
  it.each([
    [0, 2, '0.00'],
    [1.005, 2, '1.00'],
    [1234.5678, 2, '1234.57'],
    [5, 3, '5.000'],
    [1.5, 3, '1.500'],
  ])('%d with %d decimals', (value, decimals, text) => {
    expect(fixed(value, decimals)).toBe(text);
  });
});

describe('formatValue', () => {
  it.each([
    [0, undefined, undefined, '0'],
    [1_500_000, undefined, undefined, '1.5 Mil'],
    [1536, 'bytes', undefined, '1.5 KiB'],
    [2_097_152, 'bytes', 2, '2.00 MiB'],
    [0.4567, 'percentunit', 1, '45.7%'],
    [1500, 'ms', undefined, '1.5 s'],
    [4200, 'ops', undefined, '4.2K ops/s'],
    [1234567, 'locale', undefined, '1,234,567'],
    [Number.NaN, 'bytes', undefined, 'NaN'],
    [null, 'bytes', undefined, '–'],
  ])('writes %s as %s with %s decimals: %s', (value, unit, decimals, text) => {
    expect(formatValue(value, unit, { decimals })).toBe(text);
  });
});
