import { object } from '../../../../lib/json';
import type { ShownField, ShownFrame } from '../../../../lib/field/fieldConfig';
import { calculateHeatmap } from '../../../../lib/plot/heatmap/calculate';
import { cellsOfFrame, heatmapOfRows } from '../../../../lib/plot/heatmap/build';
import type { Heatmap, HeatmapAxis, HeatmapCell } from '../../../../lib/plot/heatmap/cells';
import { scaleStyle } from '../../../../lib/plot/style';
import type { AbsoluteRange } from '../../../../lib/time';
import { formatUnitText } from '../../../../lib/units/format';
import type { HeatmapOptions } from './options';

/** The heatmap of a panel's frames: calculated from series, cells as they are, or rows of buckets. */
export function heatmapData(frames: readonly ShownFrame[], options: HeatmapOptions, range: AbsoluteRange): Heatmap | undefined {
  if (options.calculate) {
    return calculateHeatmap(frames, options.calculation, range);
  }
  const cells = frames.flatMap((frame) => (frame.meta?.type === 'heatmap-cells' || frame.fields.some((field) => field.name === 'yMin') ? (cellsOfFrame(frame) ?? []) : []));
  if (cells.length > 0) {
    const unit = frames.flatMap((frame) => frame.fields).find((field) => field.type === 'number')?.config.unit;
    return { cells, axis: cellsAxis(frames, cells), unit };
  }
  const unit = options.yAxis.unit ?? frames[0]?.fields.find((field) => field.type === 'number')?.config.unit;
  const format = (bound: string) => {
    const value = bound.trim() === '' ? NaN : Number(bound);
    return Number.isFinite(value) && (unit !== undefined || options.yAxis.decimals !== undefined) ? formatUnitText(value, unit, options.yAxis.decimals) : bound;
  };
  return heatmapOfRows(frames, (field) => ('title' in field ? (field as ShownField).title : field.name), { layout: options.layout, format });
}

/** Cells that a transformation has counted say which scale their buckets are of; buckets of native histograms are powers. */
function cellsAxis(frames: readonly ShownFrame[], cells: readonly HeatmapCell[]): HeatmapAxis {
  const counted = frames.find((frame) => frame.fields.some((field) => field.name === 'xMin'));
  const scale = scaleStyle(object(counted?.fields.find((field) => field.name === 'yMin')?.config.custom?.['scaleDistribution']));
  if (counted) {
    return scale.type === 'log' ? { kind: 'log', base: scale.log } : { kind: 'linear' };
  }
  return cells.every((cell) => cell.y1 > 0) ? { kind: 'log', base: 2 } : { kind: 'linear' };
}
