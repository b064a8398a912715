import { useVirtualizer } from '@tanstack/react-virtual';
import { useId, useMemo, useRef, useState, type ClipboardEvent, type CSSProperties, type KeyboardEvent } from 'react';
import type { ShownFrame } from '../../../../lib/field/fieldConfig';
import type { CellColors } from '../../../../lib/table/cellColors';
import type { TableOptions } from '../../../../lib/table/tableOptions';
import type { TemplateScope } from '../../../../lib/template/scope';
import { cellText, inspectedText, type Column } from './columns';
import type { FooterLine } from './footer';
import { FooterRow } from './FooterRow';
import { HeaderRow } from './HeaderRow';
import type { Inspected } from './InspectedValue';
import { movedCell, type CellPlace } from './movedCell';
import { ROW_NUMBER_PX } from './sizes';
import { TableRow } from './TableRow';
import type { TableRows } from './useTableRows';

interface TableGridProps {
  readonly columns: readonly Column[];
  readonly widths: readonly number[];
  /** Row numbers of the frame, in the order of the screen. */
  readonly rows: readonly number[];
  /** How many rows stand before these: those of earlier pages. */
  readonly firstRow: number;
  readonly total: number;
  readonly table: TableRows;
  readonly options: TableOptions;
  readonly frame: ShownFrame;
  readonly scope: TemplateScope;
  readonly dark: boolean;
  readonly label: string;
  readonly footer: readonly (readonly FooterLine[])[] | undefined;
  readonly rowColors: ((row: number) => CellColors) | undefined;
  readonly onInspect: (value: Inspected) => void;
  readonly onResize: (column: Column, px: number) => void;
}

const OVERSCAN_ROWS = 6;
const OVERSCAN_COLUMNS = 3;

/** Rows and columns in sight, under a head that stays. Arrow keys move from cell to cell, Enter follows a link or opens the value, the keys for copying copy it. */
export function TableGrid(props: TableGridProps) {
  const { columns, widths, rows, options } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<CellPlace>({ row: 0, column: 0 });
  const wrapped = columns.some((column) => column.options.wrap);
  const lead = options.showRowNumbers ? ROW_NUMBER_PX : 0;
  const vertical = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => options.rowPx, overscan: OVERSCAN_ROWS });
  const horizontal = useVirtualizer({ horizontal: true, count: columns.length, getScrollElement: () => scroller.current, estimateSize: (index) => widths[index] ?? 0, overscan: OVERSCAN_COLUMNS, paddingStart: lead });
  const shownColumns = horizontal.getVirtualItems().map((item) => item.index);
  const style = useMemo(() => gridStyle(widths, lead), [widths, lead]);
  const cellId = ({ row, column }: CellPlace) => `${id}-${row}-${column}`;

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.target !== event.currentTarget) return;
    const next = movedCell(active, event.key, event.ctrlKey || event.metaKey, rows.length, columns.length);
    if (next) {
      event.preventDefault();
      setActive(next);
      vertical.scrollToIndex(next.row);
      horizontal.scrollToIndex(next.column);
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      const opener = document.getElementById(cellId(active))?.querySelector<HTMLElement>('a[href], button');
      if (opener) opener.click();
      else inspect(active);
    }
  };
  const inspect = (place: CellPlace) => {
    const column = columns[place.column];
    const row = rows[place.row];
    if (column && row !== undefined) props.onInspect({ title: column.title, text: inspectedText(column, row) });
  };
  const onCopy = (event: ClipboardEvent) => {
    const column = columns[active.column];
    const row = rows[active.row];
    if (column && row !== undefined && window.getSelection()?.isCollapsed !== false) {
      event.clipboardData.setData('text/plain', cellText(column, row));
      event.preventDefault();
    }
  };
  return (
    <div
      ref={scroller}
      className="table-grid"
      style={style}
      role="grid"
      aria-label={props.label === '' ? 'Table' : props.label}
      aria-rowcount={props.total + (options.showHeader ? 1 : 0)}
      aria-colcount={columns.length}
      aria-activedescendant={rows.length > 0 ? cellId(active) : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onCopy={onCopy}
    >
      {options.showHeader && <HeaderRow columns={columns} shown={shownColumns} widths={widths} frame={props.frame} table={props.table} rowNumbers={options.showRowNumbers} onResize={props.onResize} />}
      <div role="rowgroup" className="table-rows" style={{ height: vertical.getTotalSize() }}>
        {vertical.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return (
            row !== undefined && (
              <TableRow
                key={row}
                ref={wrapped ? vertical.measureElement : undefined}
                index={item.index}
                number={props.firstRow + item.index + 1}
                header={options.showHeader}
                showNumber={options.showRowNumbers}
                row={row}
                top={item.start}
                rowPx={options.rowPx}
                grows={wrapped}
                columns={columns}
                shown={shownColumns}
                widths={widths}
                scope={props.scope}
                dark={props.dark}
                colors={props.rowColors?.(row)}
                activeColumn={active.row === item.index ? active.column : undefined}
                cellId={cellId}
                onActive={setActive}
                onInspect={inspect}
              />
            )
          );
        })}
      </div>
      {rows.length === 0 && <div className="table-none">No row passes the filters.</div>}
      {props.footer && <FooterRow columns={columns} shown={shownColumns} cells={props.footer} />}
    </div>
  );
}

/** Widths of all columns, once for every row. */
function gridStyle(widths: readonly number[], lead: number): CSSProperties {
  const all = lead > 0 ? [lead, ...widths] : widths;
  const variables: Record<string, string> = {
    '--table-columns': all.map((width) => `${width}px`).join(' '),
    '--table-width': `${all.reduce((sum, width) => sum + width, 0)}px`,
    '--table-first': lead > 0 ? '1' : '0',
  };
  return variables;
}
