import { useMemo, useState } from 'react';
import { Empty } from '../../../../components/states';
import type { ShownFrame } from '../../../../lib/field/fieldConfig';
import { cellColors, type CellColors } from '../../../../lib/table/cellColors';
import type { TableOptions } from '../../../../lib/table/tableOptions';
import { columnWidths } from '../../../../lib/table/widths';
import type { TemplateScope } from '../../../../lib/template/scope';
import { useColumns, type Column } from './columns';
import { footerCells } from './footer';
import { InspectedValue, type Inspected } from './InspectedValue';
import { Pager } from './Pager';
import { HEADER_PX, PAGER_PX, ROW_NUMBER_PX, SCROLLBAR_PX } from './sizes';
import { TableGrid } from './TableGrid';
import { useTableRows } from './useTableRows';
import './table.css';

interface TableViewProps {
  readonly frame: ShownFrame;
  readonly options: TableOptions;
  readonly scope: TemplateScope;
  readonly width: number;
  readonly height: number;
  readonly dark: boolean;
  readonly label: string;
}


/** A frame as a table with its footer, its pages and the value that is looked at. */
export function TableView({ frame, options, scope, width, height, dark, label }: TableViewProps) {
  const columns = useColumns(frame);
  const table = useTableRows(frame, columns, options.sortBy);
  const [page, setPage] = useState(0);
  const [inspected, setInspected] = useState<Inspected | undefined>(undefined);
  const [dragged, setDragged] = useState<ReadonlyMap<string, number>>(new Map());
  const available = width - SCROLLBAR_PX - (options.showRowNumbers ? ROW_NUMBER_PX : 0);
  const widths = useMemo(() => columnWidths(columns.map((column) => column.field), available, dragged), [columns, available, dragged]);
  const footer = useMemo(() => footerCells(options, columns, table.rows), [options, columns, table.rows]);
  const rowColors = useMemo(() => rowColoring(columns, dark), [columns, dark]);
  if (columns.length === 0) {
    return <Empty>Every column of this table is hidden.</Empty>;
  }
  const footerPx = footer === undefined ? 0 : HEADER_PX * Math.max(1, ...footer.map((cell) => cell.length));
  const pageRows = options.pagination ? Math.max(1, Math.floor((height - (options.showHeader ? HEADER_PX : 0) - footerPx - PAGER_PX) / options.rowPx)) : table.rows.length;
  const pages = Math.max(1, Math.ceil(table.rows.length / Math.max(1, pageRows)));
  const current = Math.min(page, pages - 1);
  return (
    <>
      <TableGrid
        columns={columns}
        widths={widths}
        rows={options.pagination ? table.rows.slice(current * pageRows, (current + 1) * pageRows) : table.rows}
        firstRow={current * pageRows}
        total={table.rows.length}
        table={table}
        options={options}
        frame={frame}
        scope={scope}
        dark={dark}
        label={label}
        footer={footer}
        rowColors={rowColors}
        onInspect={setInspected}
        onResize={(column, px) => setDragged(new Map(dragged).set(column.field.name, px))}
      />
      {options.pagination && <Pager page={current} pages={pages} from={current * pageRows} to={Math.min((current + 1) * pageRows, table.rows.length)} total={table.rows.length} onPage={setPage} />}
      <InspectedValue value={inspected} onClose={() => setInspected(undefined)} />
    </>
  );
}

/** The colours of whole rows, where a column says that its ground is theirs. */
function rowColoring(columns: readonly Column[], dark: boolean): ((row: number) => CellColors) | undefined {
  const column = columns.find(({ options }) => options.type === 'color-background' && options.applyToRow);
  return column && ((row) => cellColors(column.options, column.field.display(column.field.values[row]).color, dark));
}
