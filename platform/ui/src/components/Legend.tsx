import type { ChartSeries } from './Chart';

interface LegendProps {
  readonly series: readonly ChartSeries[];
  readonly only: string | undefined;
  readonly onOnly: (name: string | undefined) => void;
  readonly height: number;
}

/** Above this count, names are left to the tooltip and the table. */
const MAX_ENTRIES = 100;

export function Legend({ series, only, onOnly, height }: LegendProps) {
  return (
    <ul className="legend" aria-label="Series" style={{ maxHeight: height }}>
      {series.slice(0, MAX_ENTRIES).map((entry, index) => (
        <li key={`${entry.name}-${index}`}>
          <button
            type="button"
            className="legend-entry"
            title={entry.name}
            aria-pressed={only === undefined || only === entry.name}
            onClick={() => onOnly(only === entry.name ? undefined : entry.name)}
          >
            <span className="swatch" style={{ background: entry.color }} />
            <span>{entry.name}</span>
            {entry.summary !== undefined && <strong>{entry.summary}</strong>}
          </button>
        </li>
      ))}
      {series.length > MAX_ENTRIES && <li>and {series.length - MAX_ENTRIES} more</li>}
    </ul>
  );
}
