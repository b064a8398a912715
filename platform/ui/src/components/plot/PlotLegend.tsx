import { useState, type MouseEvent } from 'react';
import { sortLegend, type LegendItem, type LegendOptions } from '../../lib/plot/legend';

interface PlotLegendProps {
  readonly items: readonly LegendItem[];
  readonly options: LegendOptions;
  /** A click on a name; `add` with Ctrl, Cmd or Shift. */
  readonly onChoose?: ((name: string, add: boolean) => void) | undefined;
  readonly onPoint?: ((name: string | undefined) => void) | undefined;
}

/** Beyond this many a legend is no help; the rest is counted. */
const MAX_ITEMS = 500;

/** The names of series with their colours and calculations. A click shows one alone, with Ctrl or Cmd adds or removes it. */
export function PlotLegend(props: PlotLegendProps) {
  return props.options.mode === 'table' ? <LegendTable {...props} /> : <LegendList {...props} />;
}

function LegendName({ item, onChoose }: { item: LegendItem; onChoose: PlotLegendProps['onChoose'] }) {
  const swatch = <span className={item.dash ? 'legend-line dashed' : 'legend-line'} style={{ color: item.color }} />;
  if (!onChoose) {
    return (
      <span className="legend-entry" title={item.name}>
        {swatch}
        <span>{item.name}</span>
      </span>
    );
  }
  const choose = (event: MouseEvent) => onChoose(item.name, event.ctrlKey || event.metaKey || event.shiftKey);
  return (
    <button type="button" className="legend-entry" title={item.name} aria-pressed={item.shown} onClick={choose}>
      {swatch}
      <span>{item.name}</span>
      {item.rightAxis && <span className="legend-axis">(right y-axis)</span>}
    </button>
  );
}

function Rest({ count }: { count: number }) {
  return count > MAX_ITEMS ? <>and {count - MAX_ITEMS} more</> : null;
}

function LegendList({ items, options, onChoose, onPoint }: PlotLegendProps) {
  return (
    <ul className={options.placement === 'right' ? 'plot-legend list right' : 'plot-legend list'} aria-label="Legend">
      {sortLegend(items, options.sortBy, options.sortDesc)
        .slice(0, MAX_ITEMS)
        .map((item, at) => (
          <li key={`${item.name}-${at}`} onPointerEnter={() => onPoint?.(item.name)} onPointerLeave={() => onPoint?.(undefined)}>
            <LegendName item={item} onChoose={onChoose} />
            {item.values.map((value) => (
              <span key={value.title} className="legend-value" style={value.color === undefined ? undefined : { color: value.color }}>
                <span className="legend-value-title">{value.title}:</span> {value.text}
              </span>
            ))}
          </li>
        ))}
      {items.length > MAX_ITEMS && (
        <li>
          <Rest count={items.length} />
        </li>
      )}
    </ul>
  );
}

function LegendTable({ items, options, onChoose, onPoint }: PlotLegendProps) {
  const [order, setOrder] = useState({ by: options.sortBy, descending: options.sortDesc });
  const columns = [...new Set(items.flatMap((item) => item.values.map((value) => value.title)))];
  const sort = (by: string) => setOrder((before) => (before.by !== by ? { by, descending: by !== 'Name' } : before.descending === (by !== 'Name') ? { by, descending: !before.descending } : { by: undefined, descending: false }));
  const heading = (title: string, shown: string) => (
    <th key={title} scope="col" aria-sort={order.by === title ? (order.descending ? 'descending' : 'ascending') : 'none'} className={title === 'Name' ? undefined : 'numeric'}>
      <button type="button" className="legend-sort" onClick={() => sort(title)}>
        {shown}
        {order.by === title && <span aria-hidden="true">{order.descending ? ' ↓' : ' ↑'}</span>}
      </button>
    </th>
  );
  return (
    <div className="plot-legend table">
      <table aria-label="Legend">
        <thead>
          <tr>
            {heading('Name', 'Name')}
            {columns.map((title) => heading(title, title))}
          </tr>
        </thead>
        <tbody>
          {sortLegend(items, order.by, order.descending)
            .slice(0, MAX_ITEMS)
            .map((item, at) => (
              <tr key={`${item.name}-${at}`} onPointerEnter={() => onPoint?.(item.name)} onPointerLeave={() => onPoint?.(undefined)}>
                <td>
                  <LegendName item={item} onChoose={onChoose} />
                </td>
                {columns.map((title) => {
                  const value = item.values.find((entry) => entry.title === title);
                  return (
                    <td key={title} className="numeric" style={value?.color === undefined ? undefined : { color: value.color }}>
                      {value?.text}
                    </td>
                  );
                })}
              </tr>
            ))}
        </tbody>
      </table>
      <Rest count={items.length} />
    </div>
  );
}
