import { DataLinks } from '../../../../components/plot/DataLinks';
import { TooltipLines } from '../../../../components/plot/PlotTooltip';
import type { BarTable } from '../../../../lib/plot/barTable';
import { tooltipRows, type TooltipOptions } from '../../../../lib/plot/tooltip';
import type { TemplateScope } from '../../../../lib/template/scope';
import { formatDisplay } from '../../../../lib/units/format';

/** The values of one category; of the series that is pointed at where only one is wanted. */
export function BarCard({ table, slot, series, options, scope }: { table: BarTable; slot: number; series: number | undefined; options: TooltipOptions; scope: TemplateScope }) {
  const rows = table.columns.flatMap((column, at) => {
    const value = column.values[slot];
    return value === null || value === undefined ? [] : [{ series: at, value }];
  });
  const lines = tooltipRows(rows, options, series ?? (rows.length === 1 ? rows[0]?.series : undefined)).flatMap(({ series: at, value }) => {
    const field = table.columns[at]?.field;
    return field ? [{ key: String(at), name: field.title, color: field.color, text: formatDisplay(field.display(value)), strong: options.mode === 'multi' && at === series }] : [];
  });
  const column = table.columns[series ?? -1];
  return (
    <>
      <div className="plot-tooltip-head">{formatDisplay(table.category.display(table.keys[slot]))}</div>
      <TooltipLines lines={lines} />
      {column && <DataLinks field={column.field} row={column.rows[slot]} scope={scope} />}
    </>
  );
}
