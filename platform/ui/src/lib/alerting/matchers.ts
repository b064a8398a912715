import type { Labels } from '../labels';

/**
 * Matchers as Alertmanager reads and writes them. A text is read in the form before UTF-8 first, then in the one with
 * it, as Alertmanager does unless it is told otherwise (its packages pkg/labels, matcher/parse and matcher/compat).
 */
export const OPERATORS = ['=', '!=', '=~', '!~'] as const;
export type MatcherOperator = (typeof OPERATORS)[number];

export interface Matcher {
  readonly name: string;
  readonly operator: MatcherOperator;
  readonly value: string;
}

export type ParsedMatchers = { readonly kind: 'parsed'; readonly matchers: readonly Matcher[] } | { readonly kind: 'wrong'; readonly message: string };

/** Why a text is not understood, in Alertmanager's words. */
class MatcherError extends Error {}

/** The matchers of a text; braces around them may be left out. An empty text has none. */
export function parseMatchers(text: string): ParsedMatchers {
  try {
    return { kind: 'parsed', matchers: parseClassic(text.trim()) };
  } catch (classic) {
    try {
      return { kind: 'parsed', matchers: new Utf8Parser(text.trim()).all() };
    } catch (error) {
      if (classic instanceof MatcherError && error instanceof MatcherError) {
        return { kind: 'wrong', message: classic.message };
      }
      throw error;
    }
  }
}

const CLASSIC = /^\s*([a-zA-Z_:][a-zA-Z0-9_:]*)\s*(=~|=|!=|!~)\s*([\s\S]*)$/;

function parseClassic(text: string): Matcher[] {
  let inner = text.startsWith('{') ? text.slice(1) : text;
  inner = inner.endsWith('}') ? inner.slice(0, -1) : inner;
  return splitOutsideQuotes(inner).map((token) => {
    const parts = CLASSIC.exec(token);
    if (!parts) throw new MatcherError(`bad matcher format: ${token}`);
    return { name: parts[1] ?? '', operator: parts[2] as MatcherOperator, value: classicValue((parts[3] ?? '').trim()) };
  });
}

function splitOutsideQuotes(text: string): string[] {
  const tokens: string[] = [];
  let token = '';
  let quoted = false;
  let escaped = false;
  for (const char of text) {
    if (char === ',' && !quoted) {
      tokens.push(token);
      token = '';
      continue;
    }
    if (char === '"') quoted = escaped ? quoted : !quoted;
    escaped = char === '\\' ? !escaped : char === ',' && escaped;
    token += char;
  }
  return token.trim() === '' ? tokens : [...tokens, token.trim()];
}

/** Takes off quotes, which may only stand around the whole value, and escapes. */
function classicValue(raw: string): string {
  let open = raw.startsWith('"');
  const inner = open ? raw.slice(1) : raw;
  let value = '';
  for (let i = 0; i < inner.length; i++) {
    const char = inner.charAt(i);
    if (char === '\\' && i < inner.length - 1) {
      const next = inner.charAt(++i);
      value += next === 'n' ? '\n' : next === '"' || next === '\\' ? next : `\\${next}`;
    } else if (char === '"') {
      if (!open || i < inner.length - 1) throw new MatcherError(`matcher value contains unescaped double quote: ${raw}`);
      open = false;
    } else {
      value += char;
    }
  }
  if (open) throw new MatcherError(`matcher value contains unescaped double quote: ${raw}`);
  return value;
}

const RESERVED = /[\s{}!=~,\\"'`]/u;

/** Names and values of any characters, in double quotes where they hold reserved ones; braces that must match. */
class Utf8Parser {
  private at = 0;
  private readonly text: readonly string[];

  constructor(text: string) {
    this.text = [...text];
  }

  all(): Matcher[] {
    const matchers: Matcher[] = [];
    const braces = this.accept('{');
    while (!this.atEnd() && this.peek() !== '}') {
      matchers.push({ name: this.word('expected label name'), operator: this.operator(), value: this.word('expected label value') });
      if (!this.atEnd() && this.peek() !== '}' && !this.accept(',')) throw this.wrong(`unexpected ${this.shown()}: expected a comma or close brace`);
    }
    if (braces && !this.accept('}')) throw this.wrong('end of input: expected close brace');
    if (!this.atEnd()) throw this.wrong(`${this.shown()}: expected end of input`);
    return matchers;
  }

  private operator(): MatcherOperator {
    const found = this.atEnd() ? undefined : OPERATORS.filter((operator) => this.text.slice(this.at, this.at + operator.length).join('') === operator).at(-1);
    if (found === undefined) throw this.wrong(`unexpected ${this.shown()}: expected an operator such as '=', '!=', '=~' or '!~'`);
    this.at += found.length;
    return found;
  }

  private word(rule: string): string {
    if (this.atEnd()) throw this.wrong(`end of input: ${rule}`);
    if (this.peek() === '"') return this.quoted();
    const start = this.at;
    while (this.at < this.text.length && !RESERVED.test(this.peek())) this.at++;
    if (this.at === start) throw this.wrong(`unexpected ${this.shown()}: ${rule}`);
    return this.text.slice(start, this.at).join('');
  }

  private quoted(): string {
    const start = this.at++;
    while (this.at < this.text.length && this.peek() !== '"') this.at += this.peek() === '\\' ? 2 : 1;
    if (this.at >= this.text.length) throw this.wrong(`${this.text.slice(start).join('')}: missing end "`);
    this.at++;
    const value = unquoteGo(this.text.slice(start + 1, this.at - 1).join(''));
    if (value === undefined) throw new MatcherError(`${start}:${this.at}: ${this.text.slice(start, this.at).join('')}: invalid input`);
    return value;
  }

  private accept(char: string): boolean {
    const found = !this.atEnd() && this.peek() === char;
    if (found) this.at++;
    return found;
  }

  /** Whether nothing but space is left, which it skips. */
  private atEnd(): boolean {
    while (this.at < this.text.length && /\s/u.test(this.peek())) this.at++;
    return this.at >= this.text.length;
  }

  private peek(): string {
    return this.text[this.at] ?? '';
  }

  private shown(): string {
    return this.atEnd() ? 'end of input' : this.peek();
  }

  private wrong(rule: string): MatcherError {
    return new MatcherError(`${this.at}:${Math.min(this.at + 1, this.text.length)}: ${rule}`);
  }
}

const GO_ESCAPE = /\\(?:([abfnrtv\\"])|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|([\s\S]?))/g;
const GO_NAMES: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\', '"': '"' };

/** What stands between the quotes of a Go string; undefined where an escape is unknown. */
function unquoteGo(inner: string): string | undefined {
  let known = true;
  const value = inner.replace(GO_ESCAPE, (_, name?: string, hex?: string, four?: string, eight?: string, octal?: string) => {
    if (name !== undefined) return GO_NAMES[name] ?? '';
    const code = octal === undefined ? parseInt(hex ?? four ?? eight ?? '', 16) : parseInt(octal, 8);
    if (Number.isNaN(code) || code > 0x10ffff) {
      known = false;
      return '';
    }
    return String.fromCodePoint(code);
  });
  return known ? value : undefined;
}

/** One matcher as Alertmanager writes it: the value always in quotes, a name where it has to be. */
export function formatMatcher({ name, operator, value }: Matcher): string {
  const plain = name !== '' && !RESERVED.test(name);
  return `${plain ? name : JSON.stringify(name)}${operator}"${value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"')}"`;
}

/** `{a="b",c=~"d"}`. */
export function formatMatchers(matchers: readonly Matcher[]): string {
  return `{${matchers.map(formatMatcher).join(',')}}`;
}

/** Those that labels fulfil and that say as much as possible: one for each label. */
export function matchersOf(labels: Labels): Matcher[] {
  return Object.entries(labels)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ({ name, operator: '=', value }));
}

/** A selector of PromQL, with the metric's name. */
export function promSelector(metric: string, matchers: readonly Matcher[]): string {
  const written = matchers.map(({ name, operator, value }) => `${/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name) ? name : JSON.stringify(name)}${operator}${JSON.stringify(value)}`);
  return `${metric}{${written.join(', ')}}`;
}

/** The labels that matchers with `=` alone name; undefined where there are others. */
export function labelsOfMatchers(matchers: readonly Matcher[]): Labels | undefined {
  return matchers.every(({ operator }) => operator === '=') ? Object.fromEntries(matchers.map(({ name, value }) => [name, value])) : undefined;
}

/** A matcher as Alertmanager's API has it. */
export interface ApiMatcher {
  readonly name: string;
  readonly value: string;
  readonly isRegex: boolean;
  readonly isEqual: boolean;
}

export function toApiMatcher({ name, operator, value }: Matcher): ApiMatcher {
  return { name, value, isRegex: operator.endsWith('~'), isEqual: !operator.startsWith('!') };
}

export function fromApiMatcher({ name, value, isRegex, isEqual }: ApiMatcher): Matcher {
  return { name, value, operator: isEqual ? (isRegex ? '=~' : '=') : isRegex ? '!~' : '!=' };
}
