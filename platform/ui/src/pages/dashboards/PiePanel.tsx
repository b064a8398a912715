import { Text } from '@mantine/core';
import type { Panel } from '../../lib/dashboard';
import { formatValue } from '../../lib/units';
import { shownValue, type PanelSeries } from './panelSeries';

/** Shares of the sum; values below zero have none. */
export function PiePanel({ panel, series }: { panel: Panel; series: readonly PanelSeries[] }) {
  const slices = series.map((entry) => ({ entry, ...shownValue(panel, entry, panel.options.reducer) })).filter((slice) => (slice.value ?? 0) > 0);
  const total = slices.reduce((sum, slice) => sum + (slice.value ?? 0), 0);
  const starts = slices.map((_, i) => slices.slice(0, i).reduce((sum, slice) => sum + (slice.value ?? 0), 0) / total);
  return (
    <div style={{ display: 'flex', gap: 12, alignItems: 'center', flex: 1, minHeight: 0 }}>
      <svg viewBox="-50 -50 100 100" style={{ flex: '1 1 45%', minWidth: 70, maxHeight: '100%' }} role="img" aria-label={panel.title}>
        {slices.map((slice, i) => (
          <path key={`${slice.entry.name}-${i}`} d={slicePath(starts[i] ?? 0, (slice.value ?? 0) / total, panel.options.donut ? 27 : 0)} fill={slice.entry.color} stroke="var(--mantine-color-body)" strokeWidth={0.8}>
            <title>{`${slice.entry.name}: ${slice.text}`}</title>
          </path>
        ))}
      </svg>
      <ul className="legend panel-scroll" style={{ flex: '1 1 50%', display: 'block', maxHeight: '100%' }}>
        {slices.map((slice, i) => (
          <li key={`${slice.entry.name}-${i}`} className="chart-tooltip-row">
            <span className="swatch" style={{ background: slice.entry.color }} />
            <span className="chart-tooltip-name" title={slice.entry.name}>
              {slice.entry.name}
            </span>
            <Text span size="xs" c="dimmed">
              {formatValue((slice.value ?? 0) / total, 'percentunit', { decimals: 0 })}
            </Text>
            <strong>{slice.text}</strong>
          </li>
        ))}
      </ul>
    </div>
  );
}

function slicePath(start: number, share: number, inner: number): string {
  const end = start + Math.min(share, 0.99999);
  const point = (at: number, radius: number) => `${(radius * Math.sin(at * 2 * Math.PI)).toFixed(3)} ${(-radius * Math.cos(at * 2 * Math.PI)).toFixed(3)}`;
  const large = share > 0.5 ? 1 : 0;
  const outer = `M ${point(start, 46)} A 46 46 0 ${large} 1 ${point(end, 46)}`;
  return inner === 0 ? `${outer} L 0 0 Z` : `${outer} L ${point(end, inner)} A ${inner} ${inner} 0 ${large} 0 ${point(start, inner)} Z`;
}
