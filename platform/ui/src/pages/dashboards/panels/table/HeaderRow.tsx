import type { KeyboardEvent, PointerEvent } from 'react';
import type { ShownFrame } from '../../../../lib/field/fieldConfig';
import type { Column } from './columns';
import { ColumnFilter } from './ColumnFilter';
import type { TableRows } from './useTableRows';

interface HeaderRowProps {
  readonly columns: readonly Column[];
  readonly shown: readonly number[];
  readonly widths: readonly number[];
  readonly frame: ShownFrame;
  readonly table: TableRows;
  readonly rowNumbers: boolean;
  readonly onResize: (column: Column, px: number) => void;
}

const RESIZE_STEP_PX = 20;
const MIN_PX = 50;

/** Titles that sort (with Shift by several columns), filters, and edges that are dragged; Alt with an arrow key changes a width too. */
export function HeaderRow({ columns, shown, widths, frame, table, rowNumbers, onResize }: HeaderRowProps) {
  return (
    <div role="rowgroup" className="table-head">
      <div role="row" aria-rowindex={1} className="table-header-row">
        {rowNumbers && <div className="table-header" style={{ gridColumn: 1 }} aria-hidden="true" />}
        {shown.map((at) => {
          const column = columns[at];
          return column && <HeaderCell key={at} column={column} number={at + 1} gridColumn={at + (rowNumbers ? 2 : 1)} width={widths[at] ?? 0} frame={frame} table={table} onResize={(px) => onResize(column, px)} />;
        })}
      </div>
    </div>
  );
}

interface HeaderCellProps {
  readonly column: Column;
  readonly number: number;
  readonly gridColumn: number;
  readonly width: number;
  readonly frame: ShownFrame;
  readonly table: TableRows;
  readonly onResize: (px: number) => void;
}

function HeaderCell({ column, number, gridColumn, width, frame, table, onResize }: HeaderCellProps) {
  const place = table.sortBy.findIndex((entry) => entry.column === column.title || entry.column === column.field.name);
  const sorted = table.sortBy[place];
  const resize = (px: number) => onResize(Math.max(MIN_PX, Math.round(px)));
  const onKey = (event: KeyboardEvent) => {
    const step = event.altKey ? { ArrowLeft: -RESIZE_STEP_PX, ArrowRight: RESIZE_STEP_PX }[event.key] : undefined;
    if (step !== undefined) {
      event.preventDefault();
      resize(width + step);
    }
  };
  const sort = sorted === undefined ? 'none' : sorted.descending ? 'descending' : 'ascending';
  return (
    <div className={`table-header align-${column.align}`} role="columnheader" aria-colindex={number} aria-sort={sort} style={{ gridColumn }}>
      {column.hideHeader ? (
        <span className="unseen">{column.title}</span>
      ) : (
        <button
          type="button"
          className={`table-sort${column.wrapHeader ? ' wrapped' : ''}`}
          title={column.description === '' ? column.title : `${column.title}\n${column.description}`}
          onClick={(event) => table.toggleSort(sorted?.column ?? column.title, event.shiftKey)}
          onKeyDown={onKey}
        >
          <span className="table-title">{column.title}</span>
          {sorted && (
            <span aria-hidden="true">
              {sorted.descending ? '↓' : '↑'}
              {table.sortBy.length > 1 && <sup>{place + 1}</sup>}
            </span>
          )}
        </button>
      )}
      {column.filterable && <ColumnFilter column={column} length={frame.length} chosen={table.filters.get(column.title)} onChoose={(chosen) => table.setFilter(column.title, chosen)} />}
      <Edge width={width} onResize={resize} />
    </div>
  );
}

/** The right edge of a column, for a pointer; the keyboard has Alt with the arrow keys. */
function Edge({ width, onResize }: { width: number; onResize: (px: number) => void }) {
  const onPointerDown = (event: PointerEvent<HTMLSpanElement>) => {
    event.preventDefault();
    const edge = event.currentTarget;
    const fromX = event.clientX;
    edge.setPointerCapture(event.pointerId);
    const move = (next: globalThis.PointerEvent) => onResize(width + next.clientX - fromX);
    edge.addEventListener('pointermove', move);
    edge.addEventListener('lostpointercapture', () => edge.removeEventListener('pointermove', move), { once: true });
  };
  return <span className="table-edge" aria-hidden="true" onPointerDown={onPointerDown} />;
}
