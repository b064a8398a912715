import type uPlot from 'uplot';
import { withAlpha } from '../../lib/plot/color';
import { decimalsOf } from '../../lib/plot/ticks';
import { formatTick } from '../../lib/plot/zonedTime';
import { canvasFont, textWidth } from './measureText';

const FONT_SIZE = 12;
const TICK_SIZE = 4;
const GAP = 5;

export function axisColors(dark: boolean): { text: string; grid: string } {
  return dark ? { text: '#c9c9c9', grid: 'rgba(240, 250, 255, 0.09)' } : { text: '#343a40', grid: 'rgba(0, 10, 23, 0.09)' };
}

export interface AxisLook {
  readonly dark: boolean;
  readonly grid?: boolean;
  readonly border?: boolean;
  readonly color?: string | undefined;
  readonly label?: string;
}

/** What all axes have in common. */
export function baseAxis({ dark, grid = true, border = false, color, label }: AxisLook): uPlot.Axis {
  const colors = axisColors(dark);
  return {
    stroke: color ?? colors.text,
    font: canvasFont(FONT_SIZE),
    gap: GAP,
    labelGap: 0,
    grid: { show: grid, stroke: colors.grid, width: 1 / devicePixelRatio },
    ticks: { show: true, stroke: border ? (color ?? colors.text) : colors.grid, width: 1 / devicePixelRatio, size: TICK_SIZE },
    ...(border ? { border: { show: true, stroke: color ?? withAlpha(colors.text, 0.6), width: 1 / devicePixelRatio } } : {}),
    ...(label ? { label, labelSize: FONT_SIZE + 8, labelFont: canvasFont(FONT_SIZE), labelGap: 8 } : {}),
  };
}

/** The axis of times below a chart, in milliseconds. */
export function timeAxis(look: AxisLook, zone: () => string | undefined): uPlot.Axis {
  return {
    ...baseAxis(look),
    scale: 'x',
    side: 2,
    size: TICK_SIZE + GAP + FONT_SIZE + 4,
    space: (u, _, min, max, length) => {
      const tickMs = ((max - min) / length) * 60;
      return textWidth(formatTick(min, tickMs, (u.scales['x']?.max ?? max) - (u.scales['x']?.min ?? min), zone()), FONT_SIZE) + 18;
    },
    values: (u, ticks, _, __, tickMs) => ticks.map((tick) => formatTick(tick, tickMs, (u.scales['x']?.max ?? 0) - (u.scales['x']?.min ?? 0), zone())),
  };
}

/** An axis of values; `format` writes a tick with the decimals that the distance between ticks needs. */
export function valueAxis(look: AxisLook, format: (value: number, decimals: number | undefined) => string, widthPx?: number): uPlot.Axis {
  return {
    ...baseAxis(look),
    size: (u, values) => widthPx ?? axisWidth(u, values),
    space: (u, axis) => {
      const vertical = (u.axes[axis]?.side ?? 3) % 2 === 1;
      return vertical ? (u.height <= 180 ? 15 : 30) : 70;
    },
    values: (_, ticks, __, ___, distance) => {
      const decimals = decimalsOf(distance);
      return ticks.map((tick) => (tick === null ? '' : format(tick, decimals > 0 ? decimals : undefined)));
    },
  };
}

/** As wide as the widest text, at most two fifths of the chart. */
function axisWidth(u: uPlot, values: readonly string[] | null): number {
  const widest = Math.max(0, ...(values ?? []).map((value) => textWidth(String(value ?? ''), FONT_SIZE)));
  return Math.ceil(TICK_SIZE + GAP + Math.min(u.width * 0.4, widest));
}
