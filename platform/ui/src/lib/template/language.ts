import { formatValue, type FormatSubject, type FormatValue } from './formats';
import type { Language } from './scope';

/** A variable that may stand for several values: its references are written for the right side of `=~`. */
export interface Writable extends FormatSubject {
  readonly many: boolean;
}

/** How a reference without a format of its own is written where it stands. */
export function writeFor(language: Language | undefined, value: FormatValue, subject: Writable): string {
  switch (language) {
    case 'promql':
    case 'logql':
      return inQuery(value, subject.many, (items) => `(${items.join('|')})`);
    case 'traceql':
      return inQuery(value, subject.many, (items) => items.join('|'));
    case 'text':
      return subject.text;
    case 'url':
      return formatValue(value, 'uriencode', subject);
    case 'html':
      return formatValue(value, 'html', subject);
    case 'regex':
      return formatValue(value, 'regex', subject);
    case undefined:
      return formatValue(value, 'glob', subject);
  }
}

/**
 * Grafana's rule for Prometheus: the value of a single-value variable is the content of a string literal; those of a
 * variable that can have several are regular expressions within one, joined where there are more than one.
 */
function inQuery(value: FormatValue, many: boolean, join: (items: readonly string[]) => string): string {
  if (!Array.isArray(value)) {
    return many ? regexInLiteral(String(value)) : inLiteral(String(value));
  }
  const items = value.map((item) => (many ? regexInLiteral(String(item)) : inLiteral(String(item))));
  return items.length === 1 ? (items[0] ?? '') : join(items);
}

/** A text that is a whole matcher, such as `job="api"`, stays as it is. */
function inLiteral(text: string): string {
  return /^\w+(=|!=|=~|!~)".*"$/.test(text) ? text : text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
}

function regexInLiteral(text: string): string {
  return text
    .replaceAll('\\', '\\\\\\\\')
    .replaceAll('"', '\\\\\\"')
    .replace(/[$^*{}[\]'+?.()|]/g, '\\\\$&');
}
