import type { DataFrame, Field } from './frame/frame';
import { object, string } from './json';
import type { Labels } from './labels';
import { compareNanos, type LogLine } from './logs';

/** Whether a frame holds lines: it says so, or has a time and a text. */
export function isLogFrame(frame: DataFrame): boolean {
  return frame.meta?.type === 'log-lines' || frame.meta?.visualisation === 'logs' || (frame.fields.some((field) => field.type === 'time') && textField(frame) !== undefined);
}

/** The lines of the frames, newest first or oldest first; lines of one time keep their order. */
export function frameLines(frames: readonly DataFrame[], ascending: boolean): LogLine[] {
  const lines = frames.filter(isLogFrame).flatMap((frame, index) => linesOf(frame, index));
  const sign = ascending ? 1 : -1;
  return lines.sort((a, b) => sign * compareNanos(a.timeNs, b.timeNs));
}

const TEXT_NAMES = ['body', 'Line', 'line', 'message', 'msg', 'content'];
const NOT_TEXT = new Set(['id', 'tsNs', 'severity', 'level', 'detected_level']);
const OWN_FIELDS = new Set(['labels', 'labelTypes', 'metadata', 'structuredMetadata', 'attributes', 'tsNs', 'id']);

function textField(frame: DataFrame): Field | undefined {
  const texts = frame.fields.filter((field) => field.type === 'string' && !NOT_TEXT.has(field.name));
  return TEXT_NAMES.map((name) => texts.find((field) => field.name === name)).find((field) => field !== undefined) ?? texts[0];
}

function linesOf(frame: DataFrame, frameIndex: number): LogLine[] {
  const time = frame.fields.find((field) => field.type === 'time');
  const text = textField(frame);
  if (time === undefined || text === undefined) {
    return [];
  }
  const named = (name: string) => frame.fields.find((field) => field.name === name);
  const nanos = named('tsNs');
  const labels = named('labels') ?? named('attributes');
  const kinds = named('labelTypes');
  const metadata = named('metadata') ?? named('structuredMetadata');
  const id = named('id');
  const severity = named('severity') ?? named('level');
  // Columns of a source that keeps no labels are the fields of the line.
  const others = labels === undefined ? frame.fields.filter((field) => field !== time && field !== text && field !== severity && !OWN_FIELDS.has(field.name)) : [];
  return Array.from({ length: frame.length }, (_, row) => {
    const timeMs = typeof time.values[row] === 'number' ? time.values[row] : 0;
    const split = byKind(textLabels(labels?.values[row]), object(kinds?.values[row]));
    const level = optionalText(severity?.values[row]);
    return {
      key: `${frameIndex}-${optionalText(id?.values[row]) ?? row}`,
      timeNs: optionalText(nanos?.values[row]) ?? `${Math.floor(timeMs)}000000`,
      timeMs,
      line: plainText(text.values[row]),
      stream: { ...text.labels, ...split.stream },
      metadata: {
        ...split.metadata,
        ...textLabels(metadata?.values[row]),
        ...Object.fromEntries(others.map((field) => [field.name, plainText(field.values[row])])),
        ...(level === undefined ? {} : { level }),
      },
    };
  });
}

/** Labels of the stream apart from metadata and parsed fields, where the source tells which is which. */
function byKind(labels: Labels, kinds: Readonly<Record<string, unknown>>): { stream: Labels; metadata: Labels } {
  const stream: Record<string, string> = {};
  const metadata: Record<string, string> = {};
  for (const [name, value] of Object.entries(labels)) {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : 'I';
    (kind === 'S' || kind === 'P' ? metadata : stream)[name] = value;
  }
  return { stream, metadata };
}

function textLabels(value: unknown): Labels {
  return Object.fromEntries(Object.entries(object(value)).map(([name, label]) => [name, plainText(label)]));
}

function plainText(value: unknown): string {
  return value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function optionalText(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : string(value);
  return text === '' ? undefined : text;
}

export type DedupStrategy = 'none' | 'exact' | 'numbers' | 'signature';

export interface DedupedLine {
  readonly line: LogLine;
  /** How many lines like it follow at once. */
  readonly repeats: number;
}

const ISO_DATE = /\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-6]\d[,.]\d+(?:[+-][0-2]\d:[0-5]\d|Z)/g;

/** Lines of which those are left out that repeat the one before: the same but for dates, for numbers, or for all letters and digits. */
export function dedupLines(lines: readonly LogLine[], strategy: DedupStrategy): DedupedLine[] {
  const kept: { line: LogLine; repeats: number; essence: string }[] = [];
  for (const line of lines) {
    const essence = essenceOf(line.line, strategy);
    const last = kept.at(-1);
    if (strategy !== 'none' && last && last.essence === essence) {
      last.repeats++;
    } else {
      kept.push({ line, repeats: 0, essence });
    }
  }
  return kept;
}

function essenceOf(text: string, strategy: DedupStrategy): string {
  switch (strategy) {
    case 'none':
      return '';
    case 'exact':
      return text.replace(ISO_DATE, '');
    case 'numbers':
      return text.replace(/\d/g, '');
    case 'signature':
      return text.replace(/\w/g, '');
  }
}

/** The labels of streams that every line has with the same value. */
export function commonLabels(lines: readonly LogLine[]): Labels {
  const [first, ...rest] = lines;
  if (!first) {
    return {};
  }
  const common = new Map(Object.entries(first.stream));
  let before = first.stream;
  for (const { stream } of rest) {
    if (common.size === 0) break;
    if (stream === before) continue;
    before = stream;
    for (const [name, value] of common) {
      if (stream[name] !== value) common.delete(name);
    }
  }
  return Object.fromEntries(common);
}

/** The line indented where it is JSON. */
export function prettyLine(text: string): string {
  const trimmed = text.trim();
  if (!trimmed.startsWith('{') && !trimmed.startsWith('[')) {
    return text;
  }
  try {
    return JSON.stringify(JSON.parse(trimmed), null, 2);
  } catch {
    return text; // It only begins like JSON.
  }
}

const ANSI = /\u001b\[[0-9;]{0,20}m/g;

/** The line without the codes by which terminals colour. */
export function withoutAnsi(text: string): string {
  return text.includes('\u001b') ? text.replace(ANSI, '') : text;
}
