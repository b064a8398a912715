import { describe, expect, it } from 'vitest';
import type { DataFrame, Field, FieldType } from './frame/frame';
import { commonLabels, dedupLines, frameLines, isLogFrame, prettyLine, withoutAnsi, type DedupStrategy } from './logLines';
import type { LogLine } from './logs';

function frame(fields: readonly [string, FieldType, readonly unknown[]][]): DataFrame {
  return { refId: 'A', name: undefined, length: fields[0]?.[2].length ?? 0, fields: fields.map(([name, type, values]): Field => ({ name, type, values, config: {} })) };
}

function line(text: string, stream: Record<string, string> = {}): LogLine {
  return { key: text, timeNs: '1', timeMs: 0, line: text, stream, metadata: {} };
}

describe('lines of frames', () => {
  const loki = frame([
    ['labels', 'other', [{ app: 'a', trace_id: 't', n: 1 }, { app: 'b' }]],
    ['Time', 'time', [2, 2]],
    ['Line', 'string', ['older', 'newer']],
    ['tsNs', 'string', ['2000001', '2000002']],
    ['labelTypes', 'other', [{ app: 'I', trace_id: 'S', n: 'P' }, {}]],
    ['id', 'string', ['x', 'y']],
  ]);

  it('come newest first, labels and metadata apart', () => {
    expect(frameLines([loki], false)).toEqual([
      { key: '0-y', timeNs: '2000002', timeMs: 2, line: 'newer', stream: { app: 'b' }, metadata: {} },
      { key: '0-x', timeNs: '2000001', timeMs: 2, line: 'older', stream: { app: 'a' }, metadata: { trace_id: 't', n: '1' } },
    ]);
    expect(frameLines([loki], true).map((entry) => entry.line)).toEqual(['older', 'newer']);
  });

  it('take the columns of a table as fields', () => {
    const table = frame([['time', 'time', [5]], ['level', 'string', ['warn']], ['msg', 'string', ['hi']], ['count', 'number', [3]]]);
    expect(frameLines([table], false)).toEqual([{ key: '0-0', timeNs: '5000000', timeMs: 5, line: 'hi', stream: {}, metadata: { count: '3', level: 'warn' } }]);
  });

  it('are not in series', () => expect(isLogFrame(frame([['Time', 'time', [1]], ['Value', 'number', [1]]]))).toBe(false));
});

it.each<[DedupStrategy, number[]]>([
  ['none', [0, 0, 0, 0, 0]],
  ['exact', [1, 0, 0, 0]],
  ['numbers', [2, 0, 0]],
  ['signature', [3, 0]],
])('dedup %s', (strategy, repeats) => {
  const lines = ['2026-01-02T03:04:05.1Z took 1 ms', '2026-01-02T03:04:06.2Z took 1 ms', '2026-01-02T03:04:07.3Z took 22 ms', '2026-01-02T03:04:07.3Z lost 2 kB', 'end'];
  expect(dedupLines(lines.map((text) => line(text)), strategy).map((entry) => entry.repeats)).toEqual(repeats);
});

it('finds labels that all lines share', () => {
  expect(commonLabels([line('a', { x: '1', y: '2' }), line('b', { x: '1', y: '3' }), line('c', { x: '1' })])).toEqual({ x: '1' });
  expect(commonLabels([])).toEqual({});
});

it('indents JSON and leaves terminals out', () => {
  expect(prettyLine('{"a":1}')).toBe('{\n  "a": 1\n}');
  expect(prettyLine('{a')).toBe('{a');
  expect(withoutAnsi('\u001b[31mred\u001b[0m')).toBe('red');
});
