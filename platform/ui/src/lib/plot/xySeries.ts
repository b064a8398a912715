import type { ShownField, ShownFrame } from '../field/fieldConfig';
import type { Json } from '../json';
import { array, object, string } from '../json';
import type { ChartSeries } from './chartSeries';
import { seriesStyle } from './style';

export interface XySeries {
  readonly x: ShownField;
  readonly series: readonly ChartSeries[];
}

/**
 * Numbers over numbers. A trend has one axis field for all columns of its first frame; an XY chart takes the first number field
 * of each frame, or what its mapping names, and draws points.
 */
export function xySeries(frames: readonly ShownFrame[], type: string, options: Json): XySeries | undefined {
  const pairs = type === 'trend' ? trendPairs(frames, string(options['xField'])) : options['mapping'] === 'manual' ? manualPairs(frames, options) : frames.flatMap((frame) => pairsOf(frame, frame.fields.find(isAxis)));
  const [first] = pairs;
  return first && { x: first.x, series: pairs.map((pair) => seriesOf(pair, type === 'trend')) };
}

interface Pair {
  readonly frame: ShownFrame;
  readonly x: ShownField;
  readonly y: ShownField;
  readonly name?: string | undefined;
}

function isAxis(field: ShownField): boolean {
  return field.type === 'number' || field.type === 'time';
}

function trendPairs(frames: readonly ShownFrame[], xField: string): Pair[] {
  const [frame] = frames;
  return frame ? pairsOf(frame, frame.fields.find((field) => field.type === 'number' && (xField === '' || field.title === xField || field.name === xField))) : [];
}

function pairsOf(frame: ShownFrame, x: ShownField | undefined): Pair[] {
  return x ? frame.fields.filter((field) => field.type === 'number' && field !== x).map((y) => ({ frame, x, y })) : [];
}

function manualPairs(frames: readonly ShownFrame[], options: Json): Pair[] {
  return array(options['series'])
    .map(object)
    .flatMap((entry): Pair[] => {
      const index = object(object(entry['frame'])['matcher'])['options'];
      const frame = frames[typeof index === 'number' ? index : 0];
      const named = (part: unknown) => {
        const name = object(object(part)['matcher'])['options'];
        return frame?.fields.find((field) => isAxis(field) && (field.title === name || field.name === name));
      };
      const [x, y] = [named(entry['x']) ?? frame?.fields.find(isAxis), named(entry['y'])];
      return frame && x && y ? [{ frame, x, y, name: string(object(entry['name'])['fixed']) || undefined }] : [];
    });
}

function seriesOf({ frame, x, y, name }: Pair, lines: boolean): ChartSeries {
  const points = x.values
    .map((value, row) => ({ at: typeof value === 'number' ? value : NaN, value: y.values[row] }))
    .filter(({ at }) => Number.isFinite(at))
    .sort((a, b) => a.at - b.at);
  const show = y.config.custom?.['show'];
  const size = object(y.config.custom?.['pointSize'])['fixed'];
  const custom: Json = lines ? { ...y.config.custom } : { ...y.config.custom, pointSize: typeof size === 'number' ? size : 5, drawStyle: show === 'lines' || show === 'points+lines' ? 'line' : 'points', showPoints: show === 'lines' ? 'never' : 'always', fillOpacity: 0 };
  return {
    name: name ?? y.title,
    color: y.color,
    points: { times: points.map(({ at }) => at), values: points.map(({ value }) => (typeof value === 'number' && Number.isFinite(value) ? value : null)) },
    style: seriesStyle(custom),
    config: y.config,
    display: y.display,
    source: { frame, field: y },
  };
}
