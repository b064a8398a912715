import type { CSSProperties } from 'react';
import { cellColors } from '../../../../../lib/table/cellColors';
import type { TemplateScope } from '../../../../../lib/template/scope';
import { Icon } from '../../../../../components/Icon';
import type { Column } from '../columns';
import { CellContent } from './CellContent';
import { LinkedContent } from './LinkedContent';

export interface CellProps {
  readonly id: string;
  readonly column: Column;
  /** The row of the frame. */
  readonly row: number;
  readonly columnNumber: number;
  readonly gridColumn: number;
  readonly width: number;
  readonly height: number;
  readonly scope: TemplateScope;
  readonly dark: boolean;
  /** The row has a ground of its own, on which the cell writes. */
  readonly inColoredRow: boolean;
  readonly active: boolean;
  readonly onActive: () => void;
  readonly onInspect: () => void;
}

/** A cell: its colours, its links and what its type draws. */
export function Cell(props: CellProps) {
  const { column, row, active } = props;
  const { options } = column;
  const colored = (options.type === 'color-background' && !options.applyToRow) || options.type === 'color-text';
  const colors = colored && !(props.inColoredRow && options.type === 'color-text') ? cellColors(options, column.field.display(column.field.values[row]).color, props.dark) : {};
  const style: CSSProperties = { gridColumn: props.gridColumn, ...colors };
  return (
    <div
      id={props.id}
      className={`table-cell align-${column.align} kind-${options.type}${options.wrap ? ' wrapped' : ''}${active ? ' active' : ''}`}
      role="gridcell"
      aria-colindex={props.columnNumber}
      style={style}
      onClick={props.onActive}
      onDoubleClick={props.onInspect}
    >
      <LinkedContent column={column} row={row} scope={props.scope} inColor={colors.background !== undefined || props.inColoredRow}>
        <CellContent column={column} row={row} width={props.width} height={props.height} dark={props.dark} />
      </LinkedContent>
      {column.inspect && (
        <button type="button" className="cell-inspect" tabIndex={-1} aria-label={`Show the value of ${column.title}`} onClick={props.onInspect}>
          <Icon name="search" size={12} />
        </button>
      )}
    </div>
  );
}
