import { string } from './json';
import { quote, type Labels } from './labels';
import { parseLogfmt } from './logfmt';

export interface LogLine {
  readonly key: string;
  /** Nanoseconds since the epoch, as the store gives them. */
  readonly timeNs: string;
  readonly timeMs: number;
  readonly line: string;
  readonly stream: Labels;
  readonly metadata: Labels;
}

export interface LogStream {
  readonly stream: Labels;
  /** `[nanoseconds, line]`, with a third element where metadata are kept apart. */
  readonly values: readonly (readonly [string, string, { structuredMetadata?: Labels; parsed?: Labels }?])[];
}

/** All lines of the streams, newest first; lines of one time keep the order of the answer. */
export function toLogLines(streams: readonly LogStream[]): LogLine[] {
  const lines = streams.flatMap((entry, streamIndex) =>
    entry.values.map(([timeNs, line, extra], index): LogLine => ({
      key: `${timeNs}-${streamIndex}-${index}`,
      timeNs,
      timeMs: Number(timeNs.slice(0, -6)) + Number(timeNs.slice(-6)) / 1e6,
      line,
      stream: entry.stream,
      metadata: { ...extra?.structuredMetadata, ...extra?.parsed },
    })),
  );
  return lines.sort((a, b) => compareNanos(b.timeNs, a.timeNs));
}

export function compareNanos(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

/** Lines of both lists without repeats, newest first, at most `max`: how following adds what is new. */
export function mergeLogLines(older: readonly LogLine[], newer: readonly LogLine[], max: number): LogLine[] {
  const identity = (line: LogLine) => `${line.timeNs}\u0000${JSON.stringify(line.stream)}\u0000${line.line}`;
  const seen = new Set<string>();
  return [...newer, ...older]
    .filter((line) => {
      const key = identity(line);
      return seen.has(key) ? false : seen.add(key) !== undefined;
    })
    .sort((a, b) => compareNanos(b.timeNs, a.timeNs))
    .slice(0, max)
    .map((line) => ({ ...line, key: identity(line) }));
}

/** The fields that the text of a line holds: a JSON object's, flattened with `_`, or logfmt's. */
export function parsedFields(line: string): Labels {
  const text = line.trim();
  if (text.startsWith('{')) {
    try {
      const fields: Record<string, string> = {};
      flatten(JSON.parse(text), '', fields);
      return fields;
    } catch {
      return {}; // Not JSON after all: a line has no fields then.
    }
  }
  return parseLogfmt(text) ?? {};
}

function flatten(value: unknown, prefix: string, into: Record<string, string>): void {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    for (const [key, inner] of Object.entries(value)) {
      flatten(inner, prefix === '' ? key : `${prefix}_${key}`, into);
    }
  } else if (prefix !== '') {
    into[prefix] = typeof value === 'string' ? value : JSON.stringify(value);
  }
}

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'unknown';

const LEVEL_FIELDS = ['detected_level', 'level', 'severity', 'severity_text', 'lvl', 'log.level'];

export function logLevel(line: LogLine): LogLevel {
  const known = findField(line, LEVEL_FIELDS);
  const text = (known ?? /\b(FATAL|CRITICAL|ERROR|WARN(?:ING)?|INFO|DEBUG|TRACE)\b/.exec(line.line)?.[1] ?? '').toLowerCase();
  if (text.startsWith('warn')) return 'warn';
  if (text.startsWith('err')) return 'error';
  if (text === 'critical' || text === 'crit' || text === 'emerg' || text === 'fatal') return 'fatal';
  if (text.startsWith('info') || text === 'notice') return 'info';
  return (['debug', 'trace'] as const).find((level) => level === text) ?? 'unknown';
}

const TRACE_FIELDS = ['trace_id', 'traceid', 'traceId', 'traceID', 'TraceId', 'trace.id', 'otelTraceID'];

/** The id of the trace that the line belongs to, if it says one. */
export function traceIdOf(line: LogLine): string | undefined {
  const value = findField(line, TRACE_FIELDS);
  return value !== undefined && /^[0-9a-fA-F]{16,32}$/.test(value) && !/^0+$/.test(value) ? value.toLowerCase() : undefined;
}

/** What a person reads of a line: the message of a JSON line, else the line. */
export function messageOf(line: LogLine): string {
  if (!line.line.startsWith('{')) {
    return line.line;
  }
  const fields = parsedFields(line.line);
  return fields['message'] ?? fields['msg'] ?? fields['event'] ?? fields['body'] ?? line.line;
}

function findField(line: LogLine, names: readonly string[]): string | undefined {
  const fromLine = line.line.includes('{') || line.line.includes('=') ? parsedFields(line.line) : {};
  for (const fields of [line.metadata, line.stream, fromLine]) {
    for (const name of names) {
      if (fields[name] !== undefined && fields[name] !== '') {
        return fields[name];
      }
    }
  }
  return undefined;
}

export type MatchOperator = '=' | '!=' | '=~' | '!~';

/** The query with one more condition in its stream selector; an equal label that is there already is replaced. */
export function withMatcher(query: string, label: string, operator: MatchOperator, value: string): string {
  const selector = selectorOf(query);
  const matchers = selector.matchers.filter((matcher) => !(matcher.label === label && (matcher.operator === operator || operator === '=')));
  return selector.write([...matchers, { label, operator, text: quote(value) }]);
}

/** The query with one more filter behind what it has: `| name="value"` for metadata and parsed fields. */
export function withFieldFilter(query: string, name: string, operator: '=' | '!=', value: string): string {
  return `${query.trim()} | ${name}${operator}${quote(value)}`;
}

/** The conditions of the query's stream selector, for showing them as removable filters. */
export function matchersOf(query: string): readonly { label: string; operator: MatchOperator; text: string }[] {
  return selectorOf(query).matchers;
}

export function withoutMatcher(query: string, index: number): string {
  const selector = selectorOf(query);
  return selector.write(selector.matchers.filter((_, i) => i !== index));
}

interface Matcher {
  label: string;
  operator: MatchOperator;
  text: string;
}

const MATCHER = /([a-zA-Z_][a-zA-Z0-9_]*)\s*(=~|!~|!=|=)\s*("(?:[^"\\]|\\.)*"|`[^`]*`)/g;
const SELECTOR = /\{((?:[^"`}]|"(?:[^"\\]|\\.)*"|`[^`]*`)*)\}/;

function selectorOf(query: string): { matchers: Matcher[]; write: (matchers: readonly Matcher[]) => string } {
  const match = SELECTOR.exec(query);
  const matchers = [...(match?.[1] ?? '').matchAll(MATCHER)].map(([, label = '', operator = '=', text = '""']) => ({
    label,
    operator: operator as MatchOperator,
    text,
  }));
  return {
    matchers,
    write: (kept) => {
      const selector = `{${kept.map((matcher) => `${matcher.label}${matcher.operator}${matcher.text}`).join(', ')}}`;
      return match ? query.slice(0, match.index) + selector + query.slice(match.index + match[0].length) : `${selector} ${query}`.trim();
    },
  };
}

/** Whether a query asks for numbers made from lines, such as `rate(…)`, and not for the lines. */
export function isMetricQuery(query: string): boolean {
  return /^[\s(]*[a-z_]+\s*(\(|by\b|without\b)/i.test(query) || /^\s*[\d(]/.test(query);
}

/** What a line filter of the query looks for. Expressions are shown only where they are plain words, as the search box writes them. */
export interface Highlight {
  readonly text: string;
  readonly ignoreCase: boolean;
}

export function highlightsOf(query: string): Highlight[] {
  const match = SELECTOR.exec(query);
  const stages = match ? query.slice(match.index + match[0].length) : '';
  return [...stages.matchAll(LINE_FILTER)].flatMap(([, operator, literal = '""']) => {
    const text = unquote(literal);
    if (operator === '|=') {
      return text === '' ? [] : [{ text, ignoreCase: false }];
    }
    const ignoreCase = text.startsWith('(?i)');
    const words = plainWords(ignoreCase ? text.slice(4) : text);
    return words === undefined || words === '' ? [] : [{ text: words, ignoreCase }];
  });
}

const LINE_FILTER = /(\|=|\|~)\s*("(?:[^"\\]|\\.)*"|`[^`]*`)/g;

function unquote(literal: string): string {
  if (literal.startsWith('`')) {
    return literal.slice(1, -1);
  }
  try {
    return string(JSON.parse(literal));
  } catch {
    return ''; // An escape of Go's that JSON lacks: nothing is marked.
  }
}

/** The text that an expression without operators finds. */
function plainWords(expression: string): string | undefined {
  return /^(?:[^\\^$*+?.()|[\]{}]|\\[\\^$*+?.()|[\]{}])*$/.test(expression) ? expression.replace(/\\(.)/g, '$1') : undefined;
}

/** The pieces of a text, every second one found by a highlight. */
export function splitHighlights(text: string, highlights: readonly Highlight[]): string[] {
  const pieces: string[] = [];
  const lower = text.toLowerCase();
  const sameLength = lower.length === text.length;
  let from = 0;
  for (;;) {
    let at = -1;
    let end = from;
    for (const { text: wanted, ignoreCase } of highlights) {
      const found = ignoreCase && sameLength ? lower.indexOf(wanted.toLowerCase(), from) : text.indexOf(wanted, from);
      if (found >= 0 && (at < 0 || found < at || (found === at && found + wanted.length > end))) {
        at = found;
        end = found + wanted.length;
      }
    }
    if (at < 0) {
      return [...pieces, text.slice(from)];
    }
    pieces.push(text.slice(from, at), text.slice(at, end));
    from = end;
  }
}

/** The query with the words to search for as a line filter, without regard to case where asked. */
export function withSearch(query: string, search: string, ignoreCase: boolean): string {
  if (search.trim() === '') {
    return query;
  }
  const filter = ignoreCase ? `|~ ${quote(`(?i)${search.replace(/[\\^$*+?.()|[\]{}]/g, '\\$&')}`)}` : `|= ${quote(search)}`;
  const match = SELECTOR.exec(query);
  if (!match) {
    return `${query} ${filter}`;
  }
  const end = match.index + match[0].length;
  return `${query.slice(0, end)} ${filter}${query.slice(end)}`;
}
