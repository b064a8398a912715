import { describe, expect, it } from 'vitest';
import { formatMatcher, formatMatchers, fromApiMatcher, labelsOfMatchers, matchersOf, parseMatchers, promSelector, toApiMatcher, type Matcher } from './matchers';

const m = (name: string, operator: Matcher['operator'], value: string): Matcher => ({ name, operator, value });

describe('parseMatchers', () => {
  const good: [string, Matcher[]][] = [
    ['', []],
    ['{}', []],
    ['foo=bar', [m('foo', '=', 'bar')]],
    ['{foo="bar"}', [m('foo', '=', 'bar')]],
    [' foo = "bar" , severity != "none" ', [m('foo', '=', 'bar'), m('severity', '!=', 'none')]],
    ['foo=~"a.*",bar!~"b|c"', [m('foo', '=~', 'a.*'), m('bar', '!~', 'b|c')]],
    ['foo=', [m('foo', '=', '')]],
    ['foo="a, b"', [m('foo', '=', 'a, b')]],
    ['foo="say \\"hi\\"\\n"', [m('foo', '=', 'say "hi"\n')]],
    ['path="C:\\\\x"', [m('path', '=', 'C:\\x')]],
    ['{"host.name"="a"}', [m('host.name', '=', 'a')]],
    ['{"ünï"=~"x\\u00e4"}', [m('ünï', '=~', 'xä')]],
    ['foo=bar}', [m('foo', '=', 'bar')]],
  ];
  it.each(good)('%j', (text, matchers) => {
    expect(parseMatchers(text)).toEqual({ kind: 'parsed', matchers });
  });

  const wrong: [string, string][] = [
    ['foo', 'bad matcher format: foo'],
    ['=x', 'bad matcher format: =x'],
    ['foo="a', 'matcher value contains unescaped double quote: "a'],
    ['foo="a"b"', 'matcher value contains unescaped double quote: "a"b"'],
    ['{foo', 'bad matcher format: foo'],
  ];
  it.each(wrong)('refuses %j', (text, message) => {
    expect(parseMatchers(text)).toEqual({ kind: 'wrong', message });
  });

  it('does not hang on long texts', () => {
    expect(parseMatchers(`a="${'\\'.repeat(50_000)}`).kind).toBe('wrong');
    expect(parseMatchers(`${' '.repeat(50_000)}!`).kind).toBe('wrong');
  });
});

describe('formatMatcher', () => {
  it.each<[Matcher, string]>([
    [m('a', '=', 'b'), 'a="b"'],
    [m('a', '!~', 'x|"y"'), 'a!~"x|\\"y\\""'],
    [m('host.name', '=', 'a\nb'), 'host.name="a\\nb"'],
    [m('a b', '=~', '\\d'), '"a b"=~"\\\\d"'],
  ])('%j', (matcher, text) => {
    expect(formatMatcher(matcher)).toBe(text);
    expect(parseMatchers(`{${text}}`)).toEqual({ kind: 'parsed', matchers: [matcher] });
  });

  it('writes sets in braces, labels in the order of their names', () => {
    expect(formatMatchers(matchersOf({ job: 'x', alertname: 'A' }))).toBe('{alertname="A",job="x"}');
  });
});

it('goes to the form of the API and back', () => {
  for (const operator of ['=', '!=', '=~', '!~'] as const) {
    expect(fromApiMatcher(toApiMatcher(m('a', operator, 'b')))).toEqual(m('a', operator, 'b'));
  }
  expect(toApiMatcher(m('a', '!~', 'b'))).toEqual({ name: 'a', value: 'b', isRegex: true, isEqual: false });
});

it('makes selectors and labels', () => {
  expect(promSelector('ALERTS', [m('a', '=', 'b"'), m('x.y', '!~', 'z')])).toBe('ALERTS{a="b\\"", "x.y"!~"z"}');
  expect(labelsOfMatchers([m('a', '=', 'b')])).toEqual({ a: 'b' });
  expect(labelsOfMatchers([m('a', '!=', 'b')])).toBeUndefined();
});
