import { expect, it } from 'vitest';
import { mergeOrdered, nextStretch } from './logMerge';
import type { LogLine } from './logs';

function line(timeNs: string, text = timeNs): LogLine {
  return { key: timeNs, timeNs, timeMs: Number(timeNs) / 1e6, line: text, stream: { a: '1' }, metadata: {} };
}

it('adds what is new', () => {
  expect(mergeOrdered([line('3000000'), line('2000000')], [line('2000000'), line('2000000', 'other'), line('1000000')]).map((entry) => [entry.key, entry.line])).toEqual([
    ['3000000', '3000000'],
    ['2000000', '2000000'],
    ['more-2000000', 'other'],
    ['more-1000000', '1000000'],
  ]);
});

it.each([
  [false, { fromMs: 0, toMs: 3 }],
  [true, { fromMs: 2, toMs: 9 }],
])('asks for the rest (ascending: %s)', (ascending, expected) => expect(nextStretch([line('2500000')], { fromMs: 0, toMs: 9 }, ascending)).toEqual(expected));

it('ends with the range', () => {
  expect(nextStretch([], { fromMs: 0, toMs: 9 }, false)).toBeUndefined();
  expect(nextStretch([line('9000000')], { fromMs: 0, toMs: 9 }, true)).toBeUndefined();
});
