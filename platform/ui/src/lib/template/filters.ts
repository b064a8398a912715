import { array, object, string, type Json } from '../json';

/** How a filter compares. `=|` and `!=|` take several values; the others one. */
export const FILTER_OPERATORS = ['=', '!=', '=~', '!~', '<', '>', '=|', '!=|'] as const;

export type FilterOperator = (typeof FILTER_OPERATORS)[number];

/** A condition on a label that a person adds to every query. */
export interface AdHocFilter {
  readonly key: string;
  readonly operator: FilterOperator;
  readonly values: readonly string[];
}

/** The filters that a file has: those that are always applied first. */
export function savedFilters(json: Json): AdHocFilter[] {
  return array(json['filters']).map(object).flatMap(filterOf);
}

export function baseFilters(json: Json): AdHocFilter[] {
  return array(json['baseFilters']).map(object).flatMap(filterOf);
}

function filterOf(json: Json): AdHocFilter[] {
  const key = string(json['key']);
  const several = array(json['values']).filter((value): value is string => typeof value === 'string');
  return key === '' ? [] : [{ key, operator: operatorOf(string(json['operator'], '=')), values: several.length > 0 ? several : [string(json['value'])] }];
}

/** `key|operator|value`, as Grafana writes filters in addresses; several values follow each other. */
export function filterToUrl({ key, operator, values }: AdHocFilter): string {
  return [key, operator, ...values].map((part, i) => (i === 1 ? part.replaceAll('|', '__gfp__') : encoded(part))).join('|');
}

export function filterFromUrl(text: string): AdHocFilter | undefined {
  const [key = '', operator = '', ...values] = text.split('|').map(decoded);
  return key === '' || operator === '' ? undefined : { key, operator: operatorOf(operator), values: values.length === 0 ? [''] : values };
}

function encoded(part: string): string {
  return part.replaceAll('|', '__gfp__').replaceAll('#', '__gfh__').replaceAll(',', '__gfc__');
}

/** Grafana appends `,text` where a value is shown as another text; the value alone counts. */
function decoded(part: string): string {
  return (part.split(',')[0] ?? '').replaceAll('__gfp__', '|').replaceAll('__gfh__', '#').replaceAll('__gfc__', ',');
}

function operatorOf(text: string): FilterOperator {
  return FILTER_OPERATORS.find((operator) => operator === text) ?? '=';
}

/** A filter that is whole: a key, and a value for each operator but those that may compare with nothing. */
export function isComplete(filter: AdHocFilter): boolean {
  return filter.key !== '' && filter.values.length > 0;
}

/** The filters as they stand between the braces of a selector: what `$name` of a filter variable gives. */
export function filtersAsMatchers(filters: readonly AdHocFilter[]): string {
  return filters.filter(isComplete).map((filter) => matcherText(filter)).join(',');
}

/** A matcher of PromQL and LogQL; undefined for comparisons of numbers, which selectors cannot make. */
export function matcherOf(filter: AdHocFilter): { readonly label: string; readonly operator: '=' | '!=' | '=~' | '!~'; readonly value: string } | undefined {
  const [first = ''] = filter.values;
  switch (filter.operator) {
    case '=':
    case '!=':
    case '=~':
    case '!~':
      return { label: filter.key, operator: filter.operator, value: first };
    case '=|':
      return { label: filter.key, operator: '=~', value: filter.values.map(escapeRe2).join('|') };
    case '!=|':
      return { label: filter.key, operator: '!~', value: filter.values.map(escapeRe2).join('|') };
    case '<':
    case '>':
      return undefined;
  }
}

export function matcherText(filter: AdHocFilter): string {
  const matcher = matcherOf(filter);
  return matcher === undefined ? `${labelText(filter.key)}${filter.operator}${JSON.stringify(filter.values[0] ?? '')}` : `${labelText(matcher.label)}${matcher.operator}${quoted(matcher.value)}`;
}

/** A label whose name PromQL cannot read bare stands in quotes. */
export function labelText(name: string): string {
  return /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name) ? name : quoted(name);
}

export function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"')}"`;
}

function escapeRe2(text: string): string {
  return text.replace(/[*+?()|\\.[\]{}^$]/g, '\\$&');
}
