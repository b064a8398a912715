import { useElementSize } from '@mantine/hooks';
import type { Panel } from '../../lib/dashboard';
import { shownValue, type PanelSeries } from './panelSeries';

/** More tiles than this cannot be read; the rest are counted. */
const MAX_TILES = 40;

/** One large number for each series, coloured by thresholds, with its course behind it. */
export function StatPanel({ panel, series }: { panel: Panel; series: readonly PanelSeries[] }) {
  const { ref, width, height } = useElementSize<HTMLDivElement>();
  const columns = Math.max(1, Math.min(series.length, Math.floor(width / 130)));
  const rows = Math.ceil(Math.min(series.length, MAX_TILES) / columns);
  const size = Math.max(16, Math.min(40, (width / columns) * 0.17, (height / rows) * 0.42));
  return (
    <div ref={ref} className="stat-grid">
      {series.slice(0, MAX_TILES).map((entry, index) => {
        const shown = shownValue(panel, entry, panel.options.reducer);
        const ground = panel.options.colorBackground && shown.color !== undefined;
        return (
          <div key={`${entry.name}-${index}`} className="stat" style={ground ? { background: shown.color, color: '#fff' } : undefined} title={entry.name}>
            {panel.options.sparkline && <Sparkline values={entry.values} color={ground ? '#ffffff' : (shown.color ?? entry.color)} />}
            <span className="stat-value" style={{ fontSize: size, color: ground ? undefined : shown.color }}>
              {shown.text}
            </span>
            {series.length > 1 && <span className="stat-name">{entry.name}</span>}
          </div>
        );
      })}
      {series.length > MAX_TILES && <div className="stat">and {series.length - MAX_TILES} more</div>}
    </div>
  );
}

function Sparkline({ values, color }: { values: readonly (number | null)[]; color: string }) {
  const present = values.filter((value): value is number => value !== null && Number.isFinite(value));
  if (present.length < 2) {
    return null;
  }
  const low = Math.min(...present);
  const high = Math.max(...present);
  const points = values.flatMap((value, i) => {
    if (value === null || !Number.isFinite(value)) return [];
    const y = high === low ? 50 : 95 - ((value - low) / (high - low)) * 90;
    return [`${((i / (values.length - 1)) * 100).toFixed(2)},${y.toFixed(2)}`];
  });
  const [first = '0,0'] = points;
  const last = points.at(-1) ?? '100,0';
  const area = `M${first.split(',')[0]},100 L${points.join(' L')} L${last.split(',')[0]},100 Z`;
  return (
    <svg className="stat-spark" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
      <path d={area} fill={color} opacity={0.4} />
      <polyline points={points.join(' ')} fill="none" stroke={color} strokeWidth={1.5} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
