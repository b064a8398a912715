import { useMemo, useState } from 'react';
import type { ShownFrame } from '../../../../lib/field/fieldConfig';
import { filterRows } from '../../../../lib/table/filter';
import { sortRows } from '../../../../lib/table/sort';
import type { SortBy } from '../../../../lib/table/tableOptions';
import { cellText, type Column } from './columns';

/** The values that a column's filter lets through, by the column's title. */
export type Filters = ReadonlyMap<string, ReadonlySet<string>>;

export interface TableRows {
  /** Row numbers of the frame, filtered and sorted. */
  readonly rows: readonly number[];
  readonly sortBy: readonly SortBy[];
  readonly filters: Filters;
  /** Ascending, then descending, then not at all; `add` keeps the other columns. */
  readonly toggleSort: (column: string, add: boolean) => void;
  readonly setFilter: (column: string, chosen: ReadonlySet<string> | undefined) => void;
}

/** Which rows are shown in which order: begins as the panel says, then as a person clicks. */
export function useTableRows(frame: ShownFrame, columns: readonly Column[], initial: readonly SortBy[]): TableRows {
  const [chosenSort, setChosenSort] = useState<readonly SortBy[] | undefined>(undefined);
  const [filters, setFilters] = useState<Filters>(new Map());
  const sortBy = chosenSort ?? initial;
  const kept = useMemo(() => {
    const active = columns.flatMap((column) => {
      const chosen = filters.get(column.title);
      return chosen === undefined ? [] : [{ chosen, text: (row: number) => cellText(column, row) }];
    });
    return active.length === 0 ? Array.from({ length: frame.length }, (_, row) => row) : filterRows(frame.length, active);
  }, [frame, columns, filters]);
  const rows = useMemo(() => {
    const by = sortBy.flatMap(({ column, descending }) => {
      const found = columns.find((entry) => entry.title === column) ?? columns.find((entry) => entry.field.name === column);
      return found ? [{ field: found.field, descending }] : [];
    });
    return sortRows(kept, by);
  }, [kept, columns, sortBy]);
  return {
    rows,
    sortBy,
    filters,
    toggleSort: (column, add) => setChosenSort(nextSort(sortBy, column, add)),
    setFilter: (column, chosen) => {
      const next = new Map(filters);
      if (chosen === undefined) next.delete(column);
      else next.set(column, chosen);
      setFilters(next);
    },
  };
}

export function nextSort(current: readonly SortBy[], column: string, add: boolean): readonly SortBy[] {
  const present = current.find((entry) => entry.column === column);
  const others = add ? current.filter((entry) => entry.column !== column) : [];
  if (present === undefined) {
    return [...others, { column, descending: false }];
  }
  if (present.descending) {
    return others;
  }
  return add ? current.map((entry) => (entry.column === column ? { column, descending: true } : entry)) : [{ column, descending: true }];
}
