import type uPlot from 'uplot';
import { baseAxis, timeAxis } from '../../../../components/plot/axes';
import { canvasFont, textWidth } from '../../../../components/plot/measureText';
import { textColorOn } from '../../../../lib/plot/color';
import { colorIndex, type Heatmap, type HeatmapCell } from '../../../../lib/plot/heatmap/cells';
import type { AbsoluteRange } from '../../../../lib/time';
import { formatUnitText } from '../../../../lib/units/format';
import type { HeatmapOptions } from './options';

export interface HeatmapInput {
  readonly heatmap: Heatmap;
  readonly cells: readonly HeatmapCell[];
  readonly counts: { readonly min: number; readonly max: number };
  readonly palette: readonly string[];
  readonly options: HeatmapOptions;
  readonly range: AbsoluteRange;
  readonly timeZone: string | undefined;
  readonly dark: boolean;
  readonly formatCount: (count: number) => string;
}

/** The ends of the axis of values. */
export function heatmapExtent({ heatmap, options }: Pick<HeatmapInput, 'heatmap' | 'options'>): [number, number] {
  const { axis, cells } = heatmap;
  if (axis.kind === 'ordinal') {
    return [0, Math.max(1, axis.centered ? axis.names.length : axis.names.length - 1)];
  }
  let low = Infinity;
  let high = -Infinity;
  for (const cell of cells) {
    if (axis.kind === 'linear' || cell.y0 > 0) low = Math.min(low, cell.y0);
    if (axis.kind === 'log' && cell.y0 <= 0 && cell.y1 > 0) low = Math.min(low, cell.y1 / 2);
    if (Number.isFinite(cell.y1)) high = Math.max(high, cell.y1);
  }
  const from = options.yAxis.min ?? (Number.isFinite(low) ? low : 0);
  const to = options.yAxis.max ?? (Number.isFinite(high) ? high : 1);
  return from < to ? [from, to] : [from, from + 1];
}

export function heatmapPlotOptions(input: () => HeatmapInput): Omit<uPlot.Options, 'width' | 'height'> {
  const { heatmap, options, dark } = input();
  const { yAxis } = options;
  const distribution: uPlot.Scale = heatmap.axis.kind === 'log' ? { distr: 3, log: heatmap.axis.base } : {};
  return {
    ms: 1,
    padding: [8, 12, 0, yAxis.placement === 'hidden' ? 8 : 0],
    legend: { show: false },
    cursor: { drag: { x: true, y: false, setScale: false }, points: { show: false } },
    scales: {
      x: { time: true, range: () => [input().range.fromMs, input().range.toMs] },
      y: { ...distribution, dir: yAxis.reverse ? -1 : 1, range: () => heatmapExtent(input()) },
    },
    axes: [timeAxis({ dark, grid: false }, () => input().timeZone), valuesAxis(input)],
    series: [{}, { scale: 'y', paths: () => null, points: { show: false } }],
    hooks: { draw: [(u) => drawCells(u, input())] },
  };
}

function valuesAxis(input: () => HeatmapInput): uPlot.Axis {
  const { heatmap, options, dark } = input();
  const { yAxis } = options;
  const base: uPlot.Axis = { ...baseAxis({ dark, grid: false, label: yAxis.label }), scale: 'y', show: yAxis.placement !== 'hidden', side: yAxis.placement === 'right' ? 1 : 3 };
  const width = (u: uPlot, values: readonly string[] | null) => Math.ceil(10 + Math.min(u.width * 0.4, Math.max(0, ...(values ?? []).map((text) => textWidth(String(text ?? ''), 12)))));
  const { axis } = heatmap;
  if (axis.kind !== 'ordinal') {
    return { ...base, size: (u, values) => width(u, values), values: (_, ticks) => ticks.map((tick) => (tick === null ? '' : formatUnitText(tick, yAxis.unit ?? heatmap.unit, yAxis.decimals))) };
  }
  const at = axis.centered ? 0.5 : 0;
  const names = () => {
    const now = input().heatmap.axis;
    return now.kind === 'ordinal' ? now.names : [];
  };
  return {
    ...base,
    size: (u, values) => width(u, values),
    splits: (u) => {
      // Texts that would stand too close are left out, counted from the top.
      const every = Math.max(1, Math.ceil((names().length * 16) / Math.max(1, u.bbox.height / devicePixelRatio)));
      return names().flatMap((_, i) => ((names().length - 1 - i) % every === 0 ? [i + at] : []));
    },
    values: (_, ticks) => ticks.map((tick) => names()[Math.round(tick - at)] ?? ''),
  };
}

function drawCells(u: uPlot, input: HeatmapInput): void {
  const { cells, counts, palette, options, heatmap, formatCount } = input;
  const [low, high] = heatmapExtent(input);
  const gap = options.cellGap * devicePixelRatio;
  const y = (value: number) => u.valToPos(Math.min(high, Math.max(heatmap.axis.kind === 'log' ? Math.max(low, Number.MIN_VALUE) : low, value)), 'y', true);
  const { ctx, bbox } = u;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.font = canvasFont(10 * devicePixelRatio);
  for (const cell of cells) {
    const left = u.valToPos(cell.x0, 'x', true);
    const right = u.valToPos(cell.x1, 'x', true);
    if (right < bbox.left || left > bbox.left + bbox.width) continue;
    const [a, b] = [y(cell.y0), y(cell.y1)];
    const width = Math.max(1, right - left - gap);
    const height = Math.max(1, Math.abs(a - b) - gap);
    const color = palette[colorIndex(cell.count, counts.min, counts.max, palette.length)] ?? '#888888';
    ctx.fillStyle = color;
    ctx.fillRect(left + gap / 2, Math.min(a, b) + gap / 2, width, height);
    if (options.showValue && height > 12 * devicePixelRatio) {
      const text = formatCount(cell.count);
      if (text.length * 6 * devicePixelRatio < width) {
        ctx.fillStyle = textColorOn(color);
        ctx.fillText(text, (left + right) / 2, (a + b) / 2);
      }
    }
  }
  ctx.restore();
}
