import { Text } from '@mantine/core';
import type { Panel } from '../../lib/dashboard';
import { cssColor } from '../../lib/thresholds';
import { shownValue, type PanelSeries } from './panelSeries';

const MAX_GAUGES = 24;

/** Where a value stands between the panel's limits, in [0, 1]. Without limits a share of one or of a hundred is assumed, else the largest value. */
function position(panel: Panel, value: number | null, all: readonly (number | null)[]): number {
  const { min, max } = limits(panel, all);
  return value === null || Number.isNaN(value) || max <= min ? 0 : Math.min(1, Math.max(0, (value - min) / (max - min)));
}

function limits(panel: Panel, values: readonly (number | null)[]): { min: number; max: number } {
  const min = panel.field.min ?? 0;
  const natural = panel.field.unit === 'percentunit' ? 1 : panel.field.unit === 'percent' ? 100 : undefined;
  const largest = Math.max(...values.map((value) => value ?? 0), 0);
  return { min, max: panel.field.max ?? natural ?? (largest > 0 ? largest : 100) };
}

export function GaugePanel({ panel, series }: { panel: Panel; series: readonly PanelSeries[] }) {
  const shown = series.slice(0, MAX_GAUGES).map((entry) => ({ entry, ...shownValue(panel, entry, panel.options.reducer) }));
  const values = shown.map((item) => item.value);
  return (
    <div className="stat-grid">
      {shown.map(({ entry, value, text, color }, index) => (
        <div key={`${entry.name}-${index}`} className="stat" title={entry.name}>
          <Arc share={position(panel, value, values)} color={color ?? entry.color} text={text} panel={panel} all={values} />
          {series.length > 1 && <span className="stat-name">{entry.name}</span>}
        </div>
      ))}
    </div>
  );
}

/** Half a circle, filled up to the share, with the thresholds as a thin rim. */
function Arc({ share, color, text, panel, all }: { share: number; color: string; text: string; panel: Panel; all: readonly (number | null)[] }) {
  const { min, max } = limits(panel, all);
  const steps = panel.field.thresholds.steps;
  const at = (from: number) => (from === -Infinity ? 0 : panel.field.thresholds.mode === 'percentage' ? from / 100 : (from - min) / (max - min));
  return (
    <svg viewBox="0 0 120 72" style={{ width: '100%', height: '100%', maxHeight: 170 }} role="img" aria-label={text}>
      <path d={arcPath(0, 1, 46)} fill="none" stroke="var(--chart-grid)" strokeWidth={11} />
      {share > 0 && <path d={arcPath(0, share, 46)} fill="none" stroke={color} strokeWidth={11} />}
      {steps.length > 1 &&
        steps.map((step, i) => {
          const from = Math.min(1, Math.max(0, at(step.from)));
          const to = Math.min(1, Math.max(0, at(steps[i + 1]?.from ?? max)));
          const end = i === steps.length - 1 ? 1 : to;
          return end > from ? <path key={step.from} d={arcPath(from, end, 54)} fill="none" stroke={cssColor(step.color)} strokeWidth={2.5} /> : null;
        })}
      <text x={60} y={60} textAnchor="middle" fontSize={text.length > 8 ? 12 : 17} fontWeight={650} fill="currentColor">
        {text}
      </text>
    </svg>
  );
}

function arcPath(from: number, to: number, radius: number): string {
  const point = (share: number) => `${(60 - radius * Math.cos(share * Math.PI)).toFixed(2)} ${(62 - radius * Math.sin(share * Math.PI)).toFixed(2)}`;
  return `M ${point(from)} A ${radius} ${radius} 0 0 1 ${point(to)}`;
}

export function BarGaugePanel({ panel, series }: { panel: Panel; series: readonly PanelSeries[] }) {
  const shown = series.map((entry) => ({ entry, ...shownValue(panel, entry, panel.options.reducer) }));
  const values = shown.map((item) => item.value);
  return (
    <div className="panel-scroll" style={{ display: 'flex', flexDirection: 'column', gap: 6, justifyContent: shown.length < 6 ? 'center' : undefined }}>
      {shown.map(({ entry, value, text, color }, index) => (
        <div key={`${entry.name}-${index}`}>
          <div style={{ display: 'flex', justifyContent: 'space-between', gap: 8 }}>
            <Text size="xs" truncate title={entry.name}>
              {entry.name}
            </Text>
            <Text size="xs" fw={600} style={{ whiteSpace: 'nowrap' }}>
              {text}
            </Text>
          </div>
          <div style={{ background: 'var(--chart-grid)', borderRadius: 2, height: 9 }}>
            <div style={{ background: color ?? entry.color, borderRadius: 2, height: 9, width: `${position(panel, value, values) * 100}%` }} />
          </div>
        </div>
      ))}
    </div>
  );
}
