import type { DataFrame, Field } from '../frame/frame';
import { parseSampleValue } from '../frames';
import type { Labels } from '../labels';
import { timeFieldOf } from './seriesFrames';

/**
 * Format "table": the series of each query as one table of time, labels and value. The value is called `Value #A` where
 * more than one query of the panel gives a table.
 */
export function toTables(frames: readonly DataFrame[]): DataFrame[] {
  const refIds = [...new Set(frames.map((frame) => frame.refId))];
  return refIds.map((refId) => tableOf(frames.filter((frame) => frame.refId === refId), refIds.length > 1 ? `Value #${refId}` : 'Value'));
}

function tableOf(frames: readonly DataFrame[], valueName: string): DataFrame {
  const [first] = frames;
  const names = [...new Set(frames.flatMap((frame) => Object.keys(labelsOfFrame(frame)).sort()))];
  const rows: { time: unknown; value: unknown; labels: Labels }[] = [];
  for (const frame of frames) {
    const labels = labelsOfFrame(frame);
    for (let i = 0; i < frame.length; i++) {
      rows.push({ time: frame.fields[0]?.values[i], value: frame.fields[1]?.values[i], labels });
    }
  }
  // A stable sort: series keep their order within one time.
  rows.sort((a, b) => Number(a.time) - Number(b.time));
  const type = frames.find((frame) => frame.fields[1] !== undefined)?.fields[1]?.type ?? 'number';
  const label = (name: string): Field => ({ name, type: 'string', values: rows.map((row) => row.labels[name] ?? ''), config: { filterable: true } });
  return {
    refId: first?.refId ?? '',
    name: undefined,
    length: rows.length,
    meta: { ...first?.meta, type: 'table', visualisation: 'table' },
    fields: [
      timeFieldOf(rows.map((row) => Number(row.time)), first?.fields[0]?.config.interval),
      ...names.map(label),
      { name: valueName, type, values: rows.map((row) => row.value), config: {} },
    ],
  };
}

function labelsOfFrame(frame: DataFrame): Labels {
  return frame.fields[1]?.labels ?? {};
}

/**
 * Format "heatmap": cumulative buckets by `le` become rows that count what lies between two bounds. Series that differ in
 * other labels are heatmaps of their own. Native histograms are cells already and stay.
 */
export function toHeatmapRows(frames: readonly DataFrame[]): DataFrame[] {
  const cells = frames.filter((frame) => frame.meta?.type === 'heatmap-cells');
  const groups = new Map<string, DataFrame[]>();
  for (const frame of frames.filter((entry) => entry.meta?.type !== 'heatmap-cells')) {
    const { le, ...others } = labelsOfFrame(frame);
    const key = `${frame.refId} ${le === undefined ? JSON.stringify(labelsOfFrame(frame)) : JSON.stringify(others)}`;
    groups.set(key, [...(groups.get(key) ?? []), frame]);
  }
  return [...cells, ...[...groups.values()].flatMap((group) => heatmapRows(group))];
}

function heatmapRows(frames: readonly DataFrame[]): DataFrame[] {
  const sorted = [...frames].sort((a, b) => bound(a) - bound(b));
  const [first] = sorted;
  if (!first || sorted.every((frame) => frame.length === 0)) {
    return [];
  }
  const times = [...new Set(sorted.flatMap((frame) => frame.fields[0]?.values ?? []))].map(Number).sort((a, b) => a - b);
  const columns = sorted.map((frame) => onTimes(frame, times));
  const fields = sorted.map((frame, i): Field => {
    const values = (columns[i] ?? []).map((value, row) => {
      const below = i === 0 ? 0 : (columns[i - 1]?.[row] ?? 0);
      const between = value === null ? null : value - below;
      return between === null || between >= 1e-9 ? between : 0;
    });
    const name = bucketName(frame);
    return { name, type: 'number', labels: frame.fields[1]?.labels, values, config: { displayNameFromDS: name } };
  });
  return [{ ...first, length: times.length, meta: { ...first.meta, type: 'heatmap-rows' }, fields: [timeFieldOf(times, first.fields[0]?.config.interval), ...fields] }];
}

function onTimes(frame: DataFrame, times: readonly number[]): (number | null)[] {
  const byTime = new Map(frame.fields[0]?.values.map((time, i) => [time, frame.fields[1]?.values[i]]));
  return times.map((time) => {
    const value = byTime.get(time);
    return typeof value === 'number' ? value : null;
  });
}

function bucketName(frame: DataFrame): string {
  return frame.fields[1]?.config.displayNameFromDS ?? labelsOfFrame(frame)['le'] ?? 'Value';
}

/** The upper bound of a bucket; what is none sorts last and keeps its order. */
function bound(frame: DataFrame): number {
  const value = parseSampleValue(labelsOfFrame(frame)['le'] ?? bucketName(frame));
  return Number.isNaN(value) ? Infinity : value;
}
