import { array, boolean, number, object, optionalNumber, optionalString, string, type Json } from '../json';

export interface SortBy {
  /** The title of a column. */
  readonly column: string;
  readonly descending: boolean;
}

export interface TableOptions {
  readonly frameIndex: number;
  readonly showHeader: boolean;
  readonly rowPx: number;
  readonly sortBy: readonly SortBy[];
  readonly pagination: boolean;
  readonly showRowNumbers: boolean;
  /** The footer of the whole table, as versions before 12.2 have it; later ones say it for each column. */
  readonly footer: { readonly reducers: readonly string[]; readonly fields: readonly string[] | undefined; readonly countRows: boolean } | undefined;
}

const ROW_PX: Readonly<Record<string, number>> = { sm: 36, md: 42, lg: 48 };

export function tableOptions(json: Json): TableOptions {
  const footer = object(json['footer']);
  return {
    frameIndex: number(json['frameIndex'], 0),
    showHeader: boolean(json['showHeader'], true),
    rowPx: ROW_PX[string(json['cellHeight'], 'sm')] ?? 36,
    sortBy: array(json['sortBy']).map(object).flatMap((entry) => {
      const column = optionalString(entry['displayName']);
      return column === undefined ? [] : [{ column, descending: entry['desc'] === true }];
    }),
    pagination: boolean(json['enablePagination'], boolean(footer['enablePagination'], false)),
    showRowNumbers: boolean(json['showRowNumbers'], false),
    footer:
      footer['show'] === true
        ? { reducers: strings(footer['reducer']), fields: fieldNames(footer['fields']), countRows: footer['countRows'] === true }
        : undefined,
  };
}

/** The reducers that a column's own footer asks for. */
export function columnReducers(custom: Json | undefined): readonly string[] {
  return strings(object(object(custom)['footer'])['reducers']);
}

/** Pixels that a column is given; undefined where it takes its share. */
export function columnWidth(custom: Json | undefined): number | undefined {
  const width = optionalNumber(object(custom)['width']);
  return width !== undefined && width > 0 ? width : undefined;
}

function fieldNames(value: unknown): readonly string[] | undefined {
  const names = typeof value === 'string' ? [value] : strings(value);
  return names.length === 0 || (names.length === 1 && names[0] === '') ? undefined : names;
}

function strings(value: unknown): readonly string[] {
  return array(value).filter((item) => typeof item === 'string');
}
