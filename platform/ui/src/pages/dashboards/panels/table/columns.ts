import { useMemo } from 'react';
import type { ShownField, ShownFrame } from '../../../../lib/field/fieldConfig';
import { boolean, object } from '../../../../lib/json';
import { alignment, cellOptions, type CellOptions } from '../../../../lib/table/cellOptions';
import { cut, displayText, plainText, prettyText } from '../../../../lib/table/cellText';
import { columnReducers } from '../../../../lib/table/tableOptions';

/** A column that is shown, with what its configuration says about its cells. */
export interface Column {
  /** Unique in the table; also the field's place in the frame. */
  readonly index: number;
  readonly field: ShownField;
  readonly title: string;
  readonly description: string;
  readonly options: CellOptions;
  readonly align: 'left' | 'center' | 'right';
  readonly filterable: boolean;
  readonly inspect: boolean;
  readonly hideHeader: boolean;
  readonly wrapHeader: boolean;
  readonly reducers: readonly string[];
}

/** The columns of a frame without those that its configuration hides. */
export function columnsOf(frame: ShownFrame): readonly Column[] {
  return frame.fields.flatMap((field, index): Column[] => {
    const custom = object(field.config.custom);
    const hidden = custom['hidden'] === true || object(custom['hideFrom'])['viz'] === true;
    if (hidden) {
      return [];
    }
    const options = cellOptions(field);
    return [
      {
        index,
        field,
        title: field.title,
        description: field.config.description ?? '',
        options,
        align: alignment(field, options),
        filterable: boolean(custom['filterable'], field.config.filterable ?? false),
        inspect: custom['inspect'] === true,
        hideHeader: custom['hideHeader'] === true,
        wrapHeader: custom['wrapHeaderText'] === true,
        reducers: columnReducers(field.config.custom),
      },
    ];
  });
}

export function useColumns(frame: ShownFrame): readonly Column[] {
  return useMemo(() => columnsOf(frame), [frame]);
}

/** What is read in the cell: also what filters list and what is copied. */
export function cellText(column: Column, row: number): string {
  const value = column.field.values[row];
  if (typeof value === 'object' && value !== null) {
    return cut(plainText(value));
  }
  return cut(displayText(column.field.display(value)));
}

/** The whole value for a person who wants to see it: formatted where it is JSON. */
export function inspectedText(column: Column, row: number): string {
  const value = column.field.values[row];
  const pretty = prettyText(value);
  return pretty === '' || typeof value === 'number' ? displayText(column.field.display(value)) : pretty;
}
