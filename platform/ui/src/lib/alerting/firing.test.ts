import { describe, expect, it } from 'vitest';
import { count, formatSample, formatSeconds } from './figures';
import { firingMs, linesOfAlerts, linesOfEpisodes } from './firing';

describe('lines of ALERTS', () => {
  const grid = { startMs: 1000, stepMs: 10, count: 5 };

  it('join the states of the same labels', () => {
    const lines = linesOfAlerts({
      grid,
      series: [
        { labels: { __name__: 'ALERTS', alertname: 'A', alertstate: 'firing', job: 'x' }, values: [null, null, 1, null, 1] },
        { labels: { __name__: 'ALERTS', alertname: 'A', alertstate: 'pending', job: 'x' }, values: [1, 1, null, null, null] },
        { labels: { __name__: 'ALERTS', alertname: 'A', alertstate: 'odd', job: 'y' }, values: [1, 1, 1, 1, 1] },
      ],
    });
    expect(lines).toEqual([
      {
        name: '{job="x"}',
        labels: { job: 'x' },
        stretches: [
          { fromMs: 1000, toMs: 1020, state: 'pending' },
          { fromMs: 1020, toMs: 1030, state: 'firing' },
          { fromMs: 1040, toMs: 1050, state: 'firing' },
        ],
      },
    ]);
    expect(lines[0] && firingMs(lines[0])).toBe(20);
  });
});

describe('lines of a backtest', () => {
  const none = { pendingMs: undefined, firingMs: undefined, keptSinceMs: undefined, resolvedMs: undefined };
  const range = { fromMs: 100, toMs: 1000 };

  it('show each state for as long as it lasted', () => {
    const [line] = linesOfEpisodes([{ ...none, labels: { alertname: 'A', x: '1' }, pendingMs: 50, firingMs: 200, keptSinceMs: 300, resolvedMs: 400 }], range);
    expect(line).toEqual({ name: '{x="1"}', labels: { x: '1' }, stretches: [{ state: 'pending', fromMs: 100, toMs: 200 }, { state: 'firing', fromMs: 200, toMs: 300 }, { state: 'kept', fromMs: 300, toMs: 400 }] });
  });

  it('go on until the end, and begin with the longest', () => {
    const lines = linesOfEpisodes(
      [
        { ...none, labels: { x: '1' }, pendingMs: 200 },
        { ...none, labels: { x: '2' }, firingMs: 900 },
        { ...none, labels: { x: '3' }, firingMs: 500, resolvedMs: 600 },
        { ...none, labels: { x: '3' }, firingMs: 700, resolvedMs: 800 },
      ],
      range,
    );
    expect(lines.map(({ name, stretches }) => [name, stretches.length])).toEqual([['{x="3"}', 2], ['{x="2"}', 1], ['{x="1"}', 1]]);
  });
});

describe('figures', () => {
  it.each<[number, string]>([
    [0, '0 s'],
    [0.0000021, '2.1 µs'],
    [0.0031, '3.1 ms'],
    [1.256, '1.26 s'],
    [90, '1 min 30 s'],
    [3600, '1 h'],
    [7500, '2 h 5 min'],
    [280_800, '3 d 6 h'],
  ])('%d seconds are %s', (seconds, text) => expect(formatSeconds(seconds)).toBe(text));

  it.each<[string, string]>([
    ['3.1e-01', '0.31'],
    ['0', '0'],
    ['123456.789', '123457'],
    ['1.5e+12', '1.5e+12'],
    ['-0.00001', '-1e-5'],
    ['NaN', 'NaN'],
    ['+Inf', '+Inf'],
    ['', ''],
  ])('the value %s is shown as %s', (value, text) => expect(formatSample(value)).toBe(text));

  it('count in the singular and the plural', () => expect([count(1, 'alert'), count(14_758, 'rule')]).toEqual(['1 alert', '14,758 rules']));
});
