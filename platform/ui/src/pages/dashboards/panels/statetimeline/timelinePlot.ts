import type uPlot from 'uplot';
import { baseAxis, timeAxis } from '../../../../components/plot/axes';
import { canvasFont, textWidth } from '../../../../components/plot/measureText';
import { number } from '../../../../lib/json';
import { mix, textColorOn, withAlpha } from '../../../../lib/plot/color';
import type { Segment, TimelineRow } from '../../../../lib/plot/timeline';
import type { AbsoluteRange } from '../../../../lib/time';
import type { StateTimelineOptions } from './options';

export interface TimelineInput {
  readonly rows: readonly TimelineRow[];
  readonly options: StateTimelineOptions;
  readonly mode: 'changes' | 'samples';
  readonly range: AbsoluteRange;
  readonly timeZone: string | undefined;
  readonly dark: boolean;
}

const NAME_PX = 12;

export function timelinePlotOptions(input: () => TimelineInput): Omit<uPlot.Options, 'width' | 'height'> {
  const { dark } = input();
  return {
    ms: 1,
    padding: [4, 12, 0, 0],
    legend: { show: false },
    cursor: { drag: { x: true, y: false, setScale: false }, y: false, points: { show: false } },
    scales: {
      x: { time: true, range: () => [input().range.fromMs, input().range.toMs] },
      // The first row stands at the top.
      y: { range: () => [0, Math.max(1, input().rows.length)], dir: -1 },
    },
    axes: [
      timeAxis({ dark }, () => input().timeZone),
      {
        ...baseAxis({ dark, grid: false }),
        ticks: { show: false },
        scale: 'y',
        splits: () => input().rows.map((_, i) => i + 0.5),
        values: (u) => input().rows.map((row) => cut(row.name, u.width * 0.3)),
        size: (u) => Math.ceil(14 + Math.max(0, ...input().rows.map((row) => textWidth(cut(row.name, u.width * 0.3), NAME_PX)))),
      },
    ],
    series: [{}, { scale: 'y', paths: () => null, points: { show: false } }],
    hooks: { draw: [(u) => drawRows(u, input())] },
  };
}

/** As much of a name as fits. */
function cut(name: string, width: number): string {
  if (textWidth(name, NAME_PX) <= width) {
    return name;
  }
  let length = Math.max(1, Math.floor((name.length * width) / textWidth(name, NAME_PX)));
  while (length > 1 && textWidth(`${name.slice(0, length)}…`, NAME_PX) > width) length--;
  return `${name.slice(0, length)}…`;
}

function drawRows(u: uPlot, { rows, options, mode, dark }: TimelineInput): void {
  const { ctx, bbox } = u;
  const place = bbox.height / Math.max(1, rows.length);
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.textBaseline = 'middle';
  ctx.font = canvasFont(NAME_PX * devicePixelRatio);
  rows.forEach((row, at) => {
    const height = place * options.rowHeight;
    const top = bbox.top + at * place + (place - height) / 2;
    const custom = row.field.config.custom;
    const opacity = Math.min(100, Math.max(0, number(custom?.['fillOpacity'], 70))) / 100;
    const lineWidth = Math.max(0, number(custom?.['lineWidth'], mode === 'samples' ? 1 : 0)) * devicePixelRatio;
    for (const segment of row.segments) {
      const left = Math.max(bbox.left - 2, u.valToPos(segment.fromMs, 'x', true));
      const right = Math.min(bbox.left + bbox.width + 2, u.valToPos(segment.toMs, 'x', true));
      if (right <= left) continue;
      ctx.fillStyle = withAlpha(segment.color, opacity);
      ctx.fillRect(left, top, Math.max(1, right - left), height);
      if (lineWidth > 0) {
        ctx.strokeStyle = segment.color;
        ctx.lineWidth = lineWidth;
        ctx.strokeRect(left + lineWidth / 2, top + lineWidth / 2, Math.max(0, right - left - lineWidth), Math.max(0, height - lineWidth));
      }
      drawText(ctx, segment, options, { left: Math.max(left, bbox.left), right, top, height }, mix(dark ? '#1f1f1f' : '#ffffff', segment.color, opacity));
    }
  });
  ctx.restore();
}

function drawText(ctx: CanvasRenderingContext2D, segment: Segment, options: StateTimelineOptions, box: { left: number; right: number; top: number; height: number }, ground: string): void {
  const pad = 4 * devicePixelRatio;
  if (options.showValue === 'never' || segment.text === '' || box.height < 10 * devicePixelRatio) {
    return;
  }
  const width = textWidth(segment.text, NAME_PX) * devicePixelRatio;
  if (options.showValue === 'auto' && width + 2 * pad > box.right - box.left) {
    return;
  }
  const x = options.align === 'left' ? box.left + pad : options.align === 'right' ? box.right - pad : (box.left + box.right) / 2;
  ctx.textAlign = options.align;
  ctx.fillStyle = textColorOn(ground);
  ctx.fillText(segment.text, x, box.top + box.height / 2);
}
