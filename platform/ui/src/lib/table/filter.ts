import { parseCondition, type CellValue } from './expression';

export const OPERATORS = ['Contains', 'Expression', '=', '!=', '<', '<=', '>', '>='] as const;
export type Operator = (typeof OPERATORS)[number];

/** What cells without a text are called in lists of values. */
export const BLANK = '(Blanks)';

/** The texts of a column, each once, sorted. */
export function distinctTexts(texts: Iterable<string>): string[] {
  return [...new Set([...texts].map((text) => (text === '' ? BLANK : text)))].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

export interface ValueSearch {
  readonly operator: Operator;
  readonly text: string;
  readonly matchCase: boolean;
}

export type FoundValues = { readonly kind: 'found'; readonly values: readonly string[] } | { readonly kind: 'refused'; readonly message: string };

/** The values that a search in the list of a column finds. */
export function searchValues(values: readonly string[], search: ValueSearch): FoundValues {
  if (search.text.trim() === '') {
    return { kind: 'found', values };
  }
  switch (search.operator) {
    case 'Contains': {
      const fold = (text: string) => (search.matchCase ? text : text.toLowerCase());
      const wanted = fold(search.text);
      return { kind: 'found', values: values.filter((value) => fold(value).includes(wanted)) };
    }
    case 'Expression': {
      const parsed = parseCondition(search.text);
      return parsed.kind === 'refused' ? parsed : { kind: 'found', values: values.filter((value) => parsed.test(comparable(value))) };
    }
    default: {
      const wanted = comparable(search.text);
      const { operator } = search;
      return { kind: 'found', values: values.filter((value) => compare(operator, comparable(value), wanted)) };
    }
  }
}

/** A shown text as what it is compared by: a day with its time, a number with or without a unit, a truth, or the text. */
export function comparable(text: string): CellValue {
  const trimmed = text.trim();
  if (/^\d{4}[-/]\d{2}[-/]\d{2}/.test(trimmed)) {
    const timeMs = Date.parse(trimmed);
    if (!Number.isNaN(timeMs)) {
      return new Date(timeMs).toISOString();
    }
  }
  const value = Number.parseFloat(trimmed);
  if (!Number.isNaN(value)) {
    return value;
  }
  const lower = trimmed.toLowerCase();
  return lower === 'true' ? true : lower === 'false' ? false : trimmed;
}

function compare(operator: '=' | '!=' | '<' | '<=' | '>' | '>=', a: CellValue, b: CellValue): boolean {
  switch (operator) {
    case '=':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
  }
}

/** The rows whose text is among the chosen ones in each filtered column. */
export function filterRows(length: number, filters: readonly { readonly chosen: ReadonlySet<string>; readonly text: (row: number) => string }[]): number[] {
  const rows: number[] = [];
  for (let row = 0; row < length; row++) {
    if (filters.every(({ chosen, text }) => chosen.has(text(row) === '' ? BLANK : text(row)))) {
      rows.push(row);
    }
  }
  return rows;
}
