import { displayText } from '../../../../lib/table/cellText';
import type { TableOptions } from '../../../../lib/table/tableOptions';
import { findReducer, reduceField } from '../../../../lib/field/reducers';
import type { Column } from './columns';

/** A line of a footer cell: the name of the calculation, where the cell has to tell it, and its value. */
export interface FooterLine {
  readonly name: string | undefined;
  readonly text: string;
}

/** For each column its lines; undefined where the table has no footer. */
export function footerCells(options: TableOptions, columns: readonly Column[], rows: readonly number[]): readonly (readonly FooterLine[])[] | undefined {
  if (columns.some((column) => column.reducers.length > 0)) {
    const several = new Set(columns.flatMap((column) => column.reducers)).size > 1;
    return columns.map((column) => column.reducers.map((reducer) => ({ name: several ? (findReducer(reducer)?.name ?? reducer) : undefined, text: reducedText(column, rows, reducer) })));
  }
  const { footer } = options;
  const reducer = footer?.reducers[0];
  if (footer === undefined || reducer === undefined) {
    return undefined;
  }
  if (footer.countRows && reducer === 'count') {
    return columns.map((_, index) => (index === 0 ? [{ name: 'Count', text: String(rows.length) }] : []));
  }
  return columns.map((column, index) => {
    const wanted = footer.fields === undefined ? column.field.type === 'number' : footer.fields.includes(column.title) || footer.fields.includes(column.field.name);
    if (wanted) {
      return [{ name: undefined, text: reducedText(column, rows, reducer) }];
    }
    // The name of the calculation stands in the first column, as long as that has no value of its own.
    return index === 0 ? [{ name: undefined, text: findReducer(reducer)?.name ?? reducer }] : [];
  });
}

/** Calculations whose result is a count or a truth, not a value of the column. */
const WITHOUT_UNIT: ReadonlySet<string> = new Set(['count', 'changeCount', 'distinctCount', 'countAll', 'allIsZero', 'allIsNull', 'uniqueValues', 'allValues']);

function reducedText(column: Column, rows: readonly number[], reducer: string): string {
  const value = reduceField({ ...column.field, values: rows.map((row) => column.field.values[row]) }, reducer);
  if (value === null || value === undefined) {
    return '';
  }
  if (WITHOUT_UNIT.has(reducer)) {
    return Array.isArray(value) ? value.slice(0, 20).join(', ') : String(value);
  }
  return displayText(column.field.display(value));
}
