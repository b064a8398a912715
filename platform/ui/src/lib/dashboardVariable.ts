import { array, boolean, number, object, optionalString, string, type Json } from './json';

/** Where the options of a variable come from. */
export type VariableSource =
  | { readonly kind: 'query'; readonly query: string; readonly regex: string; readonly sort: number }
  | { readonly kind: 'options'; readonly options: readonly string[] }
  | { readonly kind: 'text' };

export interface Variable {
  readonly name: string;
  readonly label: string;
  readonly source: VariableSource;
  readonly multi: boolean;
  readonly includeAll: boolean;
  /** What "All" means in a query, as it stands; undefined for a list of all options. */
  readonly allValue: string | undefined;
  readonly hidden: boolean;
  /** The selection that the file was saved with. */
  readonly current: readonly string[];
}

/** The value that stands for every option, as Grafana writes it in files and addresses. */
export const ALL = '$__all';

export function variableOf(json: Json): Variable {
  const source = sourceOf(json);
  const saved = object(json['current'])['value'];
  const current = (Array.isArray(saved) ? saved : [saved]).flatMap((value) => optionalString(value) ?? []);
  return {
    name: string(json['name']),
    label: optionalString(json['label']) ?? string(json['name']),
    source,
    multi: boolean(json['multi'], false),
    includeAll: boolean(json['includeAll'], false),
    allValue: optionalString(json['allValue']),
    hidden: json['type'] === 'datasource' || json['type'] === 'constant' || json['hide'] === 2,
    current: current.length === 0 && source.kind === 'text' ? [string(json['query'])] : current,
  };
}

function sourceOf(json: Json): VariableSource {
  switch (json['type']) {
    case 'query': {
      const definition = typeof json['query'] === 'string' ? json['query'] : string(object(json['query'])['query']);
      return { kind: 'query', query: definition || string(json['definition']), regex: string(json['regex']), sort: number(json['sort'], 0) };
    }
    case 'custom':
    case 'interval':
      return { kind: 'options', options: customOptions(json) };
    case 'constant':
    case 'datasource':
      return { kind: 'options', options: [string(json['query'])] };
    default:
      return { kind: 'text' };
  }
}

/** `a,b\,c,key : value`: commas divide unless escaped, and a value may have a name before it. */
function customOptions(json: Json): string[] {
  const query = string(json['query']);
  if (query === '') {
    return array(json['options']).map((option) => string(object(option)['value'])).filter((value) => value !== ALL);
  }
  return (query.match(/(?:\\,|[^,])+/g) ?? []).map((part) => {
    const text = part.replaceAll('\\,', ',').trim();
    return /^.+\s:\s(.+)$/.exec(text)?.[1] ?? text;
  });
}

/** The selection that holds: what the address says, else the file's, else the first option; never one that is not offered. */
export function selectValues(variable: Variable, options: readonly string[], wanted: readonly string[] | undefined): string[] {
  if (variable.source.kind === 'text') {
    return [...(wanted ?? variable.current)];
  }
  const offered = (values: readonly string[]) => values.filter((value) => options.includes(value) || (variable.includeAll && value === ALL));
  const chosen = wanted === undefined ? [] : offered(wanted);
  const selection = chosen.length > 0 ? chosen : offered(variable.current);
  if (selection.length > 0) {
    return variable.multi ? selection : selection.slice(0, 1);
  }
  if (variable.includeAll) {
    return [ALL];
  }
  return options.slice(0, 1);
}

/** The selection as queries see it. */
export function interpolatedValue(variable: Variable, selected: readonly string[], options: readonly string[]): string | readonly string[] {
  if (selected.includes(ALL)) {
    return variable.allValue ?? options;
  }
  return variable.multi || variable.includeAll ? selected : (selected[0] ?? '');
}
