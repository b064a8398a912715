import { array, object, string, type Json } from '../json';
import { ALL_TEXT, ALL_VALUE } from './builtIns';

/** One choice of a variable. */
export interface VariableOption {
  readonly text: string;
  readonly value: string;
  /** What `${name.field}` finds. */
  readonly properties?: Json | undefined;
}

export const ALL_OPTION: VariableOption = { text: ALL_TEXT, value: ALL_VALUE };

/** The choice that makes an interval from the range, as Grafana writes it in files and addresses. */
export const AUTO_INTERVAL = '$__auto';

/** A text as an option that is written as it is. */
export function plainOption(value: string): VariableOption {
  return { text: value, value };
}

/** `a,b\,c,key : value`: commas divide unless escaped, and a value may have a text before it. */
export function csvOptions(query: string): VariableOption[] {
  return (query.match(/(?:\\,|[^,])+/g) ?? []).map((part) => {
    const text = part.replaceAll('\\,', ',').trim();
    const named = /^(.+)\s:\s(.+)$/.exec(text);
    return named ? { text: (named[1] ?? '').trim(), value: (named[2] ?? '').trim() } : plainOption(text);
  });
}

/** A JSON list of texts or of objects with `value`, `text` and what else `${name.field}` shall find. Throws where it is none. */
export function jsonOptions(query: string): VariableOption[] {
  const text = query.trim();
  if (text === '') {
    return [];
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new Error('The values are not JSON. They must be a list of texts or of objects with a "value".');
  }
  if (!Array.isArray(parsed)) {
    throw new Error('The values must be a JSON list of texts or of objects with a "value".');
  }
  return parsed.map((item: unknown) => {
    if (typeof item !== 'object' || item === null) {
      return plainOption(String(item));
    }
    const properties = object(item);
    const value = String(properties['value'] ?? properties['text'] ?? '');
    return { value, text: String(properties['text'] ?? value), properties };
  });
}

/** `1m,10m,1h`, each perhaps in quotes; before them the automatic one where the file wants it. */
export function intervalOptions(query: string, auto: boolean): VariableOption[] {
  const found = [...query.matchAll(/(["'])(.*?)\1|[^\s,"']+/g)].map((match) => plainOption(match[2] ?? match[0]));
  return auto ? [{ text: 'auto', value: AUTO_INTERVAL }, ...found] : found;
}

/** The choices that were saved with the file. */
export function savedOptions(json: Json): VariableOption[] {
  return array(json['options'])
    .map(object)
    .map((option) => ({ text: String(option['text'] ?? option['value'] ?? ''), value: String(option['value'] ?? option['text'] ?? '') }))
    .filter(({ value }) => value !== '' && value !== ALL_VALUE);
}

/** The data sources of this process. Their uids are those that its own references use. */
export const DATA_SOURCES: readonly { readonly type: string; readonly uid: string; readonly name: string }[] = [
  { type: 'prometheus', uid: 'prometheus', name: 'Prometheus' },
  { type: 'loki', uid: 'loki', name: 'Loki' },
  { type: 'tempo', uid: 'tempo', name: 'Tempo' },
  { type: 'alertmanager', uid: 'alertmanager', name: 'Alertmanager' },
];

/** The one data source of a type. A pattern of names is left aside where it would leave nothing: the names of another installation are not known here. */
export function dataSourceOptions(type: string): VariableOption[] {
  return DATA_SOURCES.filter((source) => source.type === type).map(({ uid, name }) => ({ text: name, value: uid }));
}

/** The two choices of a switch, the first that of "on". */
export function switchOptions(json: Json): readonly [on: VariableOption, off: VariableOption] {
  const saved = savedOptions(json);
  const on = string(json['enabledValue']) || saved[0]?.value || 'true';
  const off = string(json['disabledValue']) || saved[1]?.value || 'false';
  return [
    { text: saved[0]?.text ?? 'Enabled', value: on },
    { text: saved[1]?.text ?? 'Disabled', value: off },
  ];
}

/** Which places of a value a variable's pattern looks at. */
export type RegexTarget = 'value' | 'text';

/**
 * Applies a variable's `regex` and removes repeated values: the groups named `value` and `text` where there are such, else
 * the first group (of each match, with the flag `g`), else the whole of what matches.
 */
export function filterOptions(options: readonly VariableOption[], pattern: RegExp | undefined, target: RegexTarget = 'value'): VariableOption[] {
  const kept = pattern === undefined ? options : options.flatMap((option) => matched(option, pattern, target));
  const seen = new Set<string>();
  return kept.filter(({ value }) => !seen.has(value) && seen.add(value));
}

function matched(option: VariableOption, pattern: RegExp, target: RegexTarget): VariableOption[] {
  const subject = target === 'text' ? option.text : option.value;
  const matches = pattern.global ? [...subject.matchAll(pattern)] : [pattern.exec(subject)].filter((match) => match !== null);
  if (matches.length === 0) {
    return [];
  }
  const value = matches.find((match) => match.groups?.['value'] !== undefined)?.groups?.['value'];
  const text = matches.find((match) => match.groups?.['text'] !== undefined)?.groups?.['text'];
  if (value !== undefined || text !== undefined) {
    return [{ ...option, value: value ?? text ?? '', text: text ?? value ?? '' }];
  }
  const grouped = matches.filter((match) => match.length > 1);
  if (grouped.length > 0 && matches.length > 1) {
    return grouped.map((match) => plainOption(match[1] ?? ''));
  }
  return grouped[0] === undefined ? [option] : [plainOption(grouped[0][1] ?? '')];
}

const NATURAL = new Intl.Collator('en', { numeric: true, sensitivity: 'accent' });

/** Orders by Grafana's `sort` number: 1/2 alphabetical, 3/4 numerical, 5/6 without case, 7/8 natural; the even ones descend. */
export function sortOptions(options: readonly VariableOption[], sort: number): VariableOption[] {
  const sorted = [...options];
  switch (Math.ceil(sort / 2)) {
    case 1:
      sorted.sort((a, b) => compare(a.text, b.text));
      break;
    case 2:
      sorted.sort((a, b) => firstNumber(a.text) - firstNumber(b.text));
      break;
    case 3:
      sorted.sort((a, b) => compare(a.text.toLowerCase(), b.text.toLowerCase()));
      break;
    case 4:
      sorted.sort((a, b) => NATURAL.compare(a.text, b.text));
      break;
    default:
      return sorted;
  }
  return sort % 2 === 0 ? sorted.reverse() : sorted;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function firstNumber(text: string): number {
  const match = /\d+/.exec(text);
  return match ? parseInt(match[0], 10) : -1;
}
