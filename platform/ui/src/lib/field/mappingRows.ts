import { array, object, optionalNumber, string, type Json } from '../json';

/** One line of a form of value mappings. What a result holds beside text and colour stays. */
export type MappingRow =
  | { readonly kind: 'value'; readonly value: string; readonly result: Json }
  | { readonly kind: 'range'; readonly from: number | null; readonly to: number | null; readonly result: Json }
  | { readonly kind: 'regex'; readonly pattern: string; readonly result: Json }
  | { readonly kind: 'special'; readonly match: string; readonly result: Json }
  /** Of a form that has no line, such as one of an older version: it stays as it is. */
  | { readonly kind: 'kept'; readonly json: Json };

/** The matches of special values. */
export const SPECIAL_MATCHES = ['null', 'nan', 'null+nan', 'true', 'false', 'empty'] as const;

/** A mapping of several values becomes a line for each, in the order of their `index`. */
export function readMappingRows(mappings: unknown): MappingRow[] {
  return array(mappings).flatMap((mapping): MappingRow[] => {
    const json = object(mapping);
    const options = object(json['options']);
    const result = object(options['result']);
    switch (json['type']) {
      case 'value':
        return Object.entries(options)
          .map(([value, entry]) => ({ kind: 'value' as const, value, result: object(entry) }))
          .sort((a, b) => (optionalNumber(a.result['index']) ?? 0) - (optionalNumber(b.result['index']) ?? 0));
      case 'range':
        return [{ kind: 'range', from: optionalNumber(options['from']) ?? null, to: optionalNumber(options['to']) ?? null, result }];
      case 'regex':
        return [{ kind: 'regex', pattern: string(options['pattern']), result }];
      case 'special':
        return [{ kind: 'special', match: string(options['match']), result }];
      default:
        return [{ kind: 'kept', json }];
    }
  });
}

/**
 * Lines as the document has them: neighbouring values are one mapping, unless a value is there twice, which is kept as
 * typed: the first counts.
 */
export function writeMappingRows(rows: readonly MappingRow[]): Json[] {
  const mappings: Json[] = [];
  let values: Record<string, unknown> | undefined;
  rows.forEach((row, index) => {
    if (row.kind === 'value') {
      if (values === undefined || Object.hasOwn(values, row.value)) {
        values = {};
        mappings.push({ type: 'value', options: values });
      }
      // Defined, since a value may be called like a setter of objects.
      Object.defineProperty(values, row.value, { value: { ...row.result, index }, enumerable: true, configurable: true, writable: true });
      return;
    }
    values = undefined;
    mappings.push(row.kind === 'kept' ? row.json : { type: row.kind, options: { ...conditionOf(row), result: { ...row.result, index } } });
  });
  return mappings;
}

/** A line of another kind with the same result. */
export function rowOfKind(kind: Exclude<MappingRow['kind'], 'kept'>, result: Json = {}): MappingRow {
  switch (kind) {
    case 'value':
      return { kind, value: '', result };
    case 'range':
      return { kind, from: null, to: null, result };
    case 'regex':
      return { kind, pattern: '', result };
    case 'special':
      return { kind, match: 'null', result };
  }
}

function conditionOf(row: Exclude<MappingRow, { kind: 'kept' | 'value' }>): Json {
  switch (row.kind) {
    case 'range':
      return { from: row.from, to: row.to };
    case 'regex':
      return { pattern: row.pattern };
    case 'special':
      return { match: row.match };
  }
}
