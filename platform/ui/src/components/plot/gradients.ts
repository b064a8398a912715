import type uPlot from 'uplot';
import { adjust, withAlpha } from '../../lib/plot/color';
import type { ChartSeries } from '../../lib/plot/chartSeries';

type Paint = string | CanvasGradient;

export interface ColorStop {
  readonly value: number;
  readonly color: string;
}

/** A vertical gradient with colours at values of a scale; `hard` changes colour at once instead of blending. */
export function valueGradient(u: uPlot, scale: string, stops: readonly ColorStop[], hard: boolean): Paint {
  const { min, max } = u.scales[scale] ?? {};
  const [first] = stops;
  if (first === undefined || min === undefined || max === undefined || min === null || max === null || max <= min) {
    return first?.color ?? 'transparent';
  }
  const { top, height } = u.bbox;
  const gradient = u.ctx.createLinearGradient(0, top + height, 0, top);
  const place = (value: number) => Math.min(1, Math.max(0, (top + height - u.valToPos(Math.min(max, Math.max(min, value)), scale, true)) / height));
  let before = stops.findLast((stop) => stop.value <= min) ?? first;
  gradient.addColorStop(0, before.color);
  for (const stop of stops) {
    if (stop.value > min && stop.value < max) {
      const at = place(stop.value);
      if (Number.isFinite(at)) {
        if (hard) gradient.addColorStop(at, before.color);
        gradient.addColorStop(at, stop.color);
      }
      before = stop;
    }
  }
  gradient.addColorStop(1, hard ? before.color : (stops.find((stop) => stop.value >= max) ?? before).color);
  return gradient;
}

/** From strong at the top of the plot to nothing at its foot. */
export function opacityGradient(u: uPlot, color: string, opacity: number): Paint {
  const gradient = u.ctx.createLinearGradient(0, u.bbox.top, 0, u.bbox.top + u.bbox.height);
  gradient.addColorStop(0, withAlpha(color, opacity));
  gradient.addColorStop(1, withAlpha(color, 0));
  return gradient;
}

/** From a lighter neighbour of the colour at the top to a darker one at the foot. */
export function hueGradient(u: uPlot, color: string, opacity: number): Paint {
  const gradient = u.ctx.createLinearGradient(0, u.bbox.top, 0, u.bbox.top + u.bbox.height);
  gradient.addColorStop(0, withAlpha(adjust(color, { hue: -15, lightness: 8 }), opacity));
  gradient.addColorStop(1, withAlpha(adjust(color, { hue: 15, lightness: -8 }), opacity));
  return gradient;
}

/** Colours by value of a field: its thresholds, or its colour scheme sampled over the scale. */
export function schemeStops(u: uPlot, scale: string, series: ChartSeries, resolve: (color: string) => string): { stops: ColorStop[]; hard: boolean } {
  const { config } = series;
  const { min = 0, max = 100 } = u.scales[scale] ?? {};
  const low = config.min ?? min ?? 0;
  const high = config.max ?? max ?? 100;
  if (config.color?.mode === 'thresholds') {
    const percent = config.thresholds?.mode === 'percentage';
    const steps = config.thresholds?.steps ?? [];
    return { hard: true, stops: steps.map((step) => ({ value: percent && Number.isFinite(step.value) ? low + ((high - low) * step.value) / 100 : step.value, color: resolve(step.color) })) };
  }
  const SAMPLES = 16;
  const stops = Array.from({ length: SAMPLES + 1 }, (_, i) => {
    const value = low + ((high - low) * i) / SAMPLES;
    return { value, color: series.display(value).color ?? series.color };
  });
  return { hard: false, stops };
}
