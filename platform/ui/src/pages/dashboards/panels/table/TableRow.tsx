import type { Ref } from 'react';
import type { CellColors } from '../../../../lib/table/cellColors';
import type { TemplateScope } from '../../../../lib/template/scope';
import { Cell } from './cells/Cell';
import type { Column } from './columns';
import type { CellPlace } from './movedCell';

interface TableRowProps {
  /** The row's place on the screen, and its number for a person. */
  readonly index: number;
  readonly number: number;
  readonly header: boolean;
  readonly showNumber: boolean;
  /** The row of the frame. */
  readonly row: number;
  readonly top: number;
  readonly rowPx: number;
  /** Whether it may become higher than `rowPx`. */
  readonly grows: boolean;
  readonly columns: readonly Column[];
  readonly shown: readonly number[];
  readonly widths: readonly number[];
  readonly scope: TemplateScope;
  readonly dark: boolean;
  readonly colors: CellColors | undefined;
  readonly activeColumn: number | undefined;
  readonly cellId: (place: CellPlace) => string;
  readonly onActive: (place: CellPlace) => void;
  readonly onInspect: (place: CellPlace) => void;
  readonly ref: Ref<HTMLDivElement> | undefined;
}

export function TableRow(props: TableRowProps) {
  const { index, row, columns, shown, colors, rowPx } = props;
  return (
    <div
      ref={props.ref}
      className="table-row"
      role="row"
      data-index={index}
      aria-rowindex={props.number + (props.header ? 1 : 0)}
      style={{ transform: `translateY(${props.top}px)`, ...(props.grows ? { minHeight: rowPx } : { height: rowPx }), ...colors }}
    >
      {props.showNumber && (
        <div className="table-cell numeric" style={{ gridColumn: 1 }}>
          {props.number}
        </div>
      )}
      {shown.map((at) => {
        const column = columns[at];
        return (
          column && (
            <Cell
              key={at}
              id={props.cellId({ row: index, column: at })}
              column={column}
              row={row}
              columnNumber={at + 1}
              gridColumn={at + (props.showNumber ? 2 : 1)}
              width={props.widths[at] ?? 0}
              height={rowPx}
              scope={props.scope}
              dark={props.dark}
              inColoredRow={colors?.background !== undefined}
              active={props.activeColumn === at}
              onActive={() => props.onActive({ row: index, column: at })}
              onInspect={() => props.onInspect({ row: index, column: at })}
            />
          )
        );
      })}
    </div>
  );
}
