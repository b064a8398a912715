import type uPlot from 'uplot';
import type { ChartSeries } from '../../lib/plot/chartSeries';
import { withAlpha } from '../../lib/plot/color';
import type { ColorStop } from './gradients';
import { valueGradient } from './gradients';

/** The thresholds of a field as values of its scale. */
function stepsOf(u: uPlot, scale: string, series: ChartSeries, resolve: (color: string) => string): ColorStop[] {
  const { thresholds } = series.config;
  const low = series.config.min ?? u.scales[scale]?.min ?? 0;
  const high = series.config.max ?? u.scales[scale]?.max ?? 100;
  return (thresholds?.steps ?? []).map((step) => ({
    value: thresholds?.mode === 'percentage' && Number.isFinite(step.value) ? low + ((high - low) * step.value) / 100 : step.value,
    color: resolve(step.color),
  }));
}

/** Coloured areas behind the data. */
export function drawThresholdAreas(u: uPlot, scale: string, series: ChartSeries, resolve: (color: string) => string): void {
  if (!series.style.thresholds.includes('area')) {
    return;
  }
  const stops = stepsOf(u, scale, series, resolve).map((stop) => ({ ...stop, color: withAlpha(stop.color, 0.15) }));
  u.ctx.save();
  u.ctx.fillStyle = valueGradient(u, scale, stops, true);
  u.ctx.fillRect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height);
  u.ctx.restore();
}

/** Lines at the thresholds. */
export function drawThresholdLines(u: uPlot, scale: string, series: ChartSeries, resolve: (color: string) => string): void {
  const { thresholds } = series.style;
  if (thresholds === 'off' || thresholds === 'area') {
    return;
  }
  const { min, max } = u.scales[scale] ?? {};
  u.ctx.save();
  u.ctx.lineWidth = 2 * devicePixelRatio;
  u.ctx.setLineDash(thresholds.startsWith('dashed') ? [10 * devicePixelRatio, 10 * devicePixelRatio] : []);
  for (const { value, color } of stepsOf(u, scale, series, resolve)) {
    if (!Number.isFinite(value) || value < (min ?? -Infinity) || value > (max ?? Infinity)) continue;
    const y = Math.round(u.valToPos(value, scale, true));
    u.ctx.strokeStyle = withAlpha(color, 0.8);
    u.ctx.beginPath();
    u.ctx.moveTo(u.bbox.left, y);
    u.ctx.lineTo(u.bbox.left + u.bbox.width, y);
    u.ctx.stroke();
  }
  u.ctx.restore();
}
