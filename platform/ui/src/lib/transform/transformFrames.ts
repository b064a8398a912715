import type { TransformationConfig } from '../dashboard/model';
import { frameMatcher } from '../field/matchers';
import type { DataFrame } from '../frame/frame';
import { calculateField } from './calculateField';
import { concatenate, merge, seriesToRows } from './combine';
import { configFromData, rowsToFields } from './configFromData';
import { convertFieldType, formatString, formatTime } from './convert';
import { extractFields } from './extractFields';
import { filterFields, filterFieldsByName, organize, renameByRegex } from './fieldNames';
import { groupBy, groupingToMatrix, partitionByValues } from './group';
import { heatmap } from './heatmap';
import { histogram } from './histogram';
import { joinByField } from './join';
import { joinByLabels, labelsToFields } from './labels';
import { reduce } from './reduce';
import { regression } from './regression';
import { filterByRefId, filterByValue, filterFrames, limit, sortBy } from './rows';
import { prepareTimeSeries, timeSeriesTable } from './timeSeries';
import { named, type TransformContext, type Transformer } from './transformer';
import { transpose } from './transpose';

interface TransformerKind {
  readonly name: string;
  readonly transform: Transformer;
}

/** Every transformation under the id that files have for it. */
export const TRANSFORMERS: Readonly<Record<string, TransformerKind>> = {
  calculateField: { name: 'Add field from calculation', transform: calculateField },
  concatenate: { name: 'Concatenate fields', transform: concatenate },
  configFromData: { name: 'Config from query results', transform: configFromData },
  convertFieldType: { name: 'Convert field type', transform: convertFieldType },
  extractFields: { name: 'Extract fields', transform: extractFields },
  filterByRefId: { name: 'Filter data by query refId', transform: filterByRefId },
  filterByValue: { name: 'Filter data by values', transform: filterByValue },
  filterFields: { name: 'Filter fields', transform: filterFields },
  filterFieldsByName: { name: 'Filter fields by name', transform: filterFieldsByName },
  filterFrames: { name: 'Filter frames', transform: filterFrames },
  formatString: { name: 'Format string', transform: formatString },
  formatTime: { name: 'Format time', transform: formatTime },
  groupBy: { name: 'Group by', transform: groupBy },
  groupingToMatrix: { name: 'Grouping to matrix', transform: groupingToMatrix },
  heatmap: { name: 'Create heatmap', transform: heatmap },
  histogram: { name: 'Histogram', transform: histogram },
  joinByField: { name: 'Join by field', transform: joinByField },
  joinByLabels: { name: 'Join by labels', transform: joinByLabels },
  labelsToFields: { name: 'Labels to fields', transform: labelsToFields },
  limit: { name: 'Limit', transform: limit },
  merge: { name: 'Merge series/tables', transform: merge },
  organize: { name: 'Organize fields by name', transform: organize },
  partitionByValues: { name: 'Partition by values', transform: partitionByValues },
  prepareTimeSeries: { name: 'Prepare time series', transform: prepareTimeSeries },
  reduce: { name: 'Reduce', transform: reduce },
  regression: { name: 'Regression analysis', transform: regression },
  renameByRegex: { name: 'Rename fields by regex', transform: renameByRegex },
  rowsToFields: { name: 'Rows to fields', transform: rowsToFields },
  seriesToRows: { name: 'Series to rows', transform: seriesToRows },
  sortBy: { name: 'Sort by', transform: sortBy },
  timeSeriesTable: { name: 'Time series to table', transform: timeSeriesTable },
  transpose: { name: 'Transpose', transform: transpose },
};

/** Older ids. */
const ALIASES: Readonly<Record<string, string>> = { seriesToColumns: 'joinByField', outerJoin: 'joinByField', regressionAnalysis: 'regression' };

/** Why some of Grafana's are not made here. */
const REFUSED: Readonly<Record<string, string>> = {
  spatial: 'There are no maps here that could show its result.',
  fieldLookup: 'It looks up places on maps, which are not shown here.',
  groupToNestedTable: 'Tables within tables are not shown here; "Group by" with calculations is.',
};

/** Why a transformation would not be made; undefined for one that is. */
export function refusedTransformation(id: string): string | undefined {
  if (find(id) !== undefined) {
    return undefined;
  }
  const reason = Object.hasOwn(REFUSED, id) ? ` ${REFUSED[id] ?? ''}` : '';
  return `The transformation "${id}" is not supported.${reason} The data are shown without it.`;
}

/**
 * Applies transformations in their order, each to the frames that its filter and topic take. One that cannot be made leaves
 * the data as they are and says so in the notices of the first frame.
 */
export function transformFrames(frames: readonly DataFrame[], configs: readonly TransformationConfig[], context: TransformContext): DataFrame[] {
  let current = frames;
  const notices: string[] = [];
  for (const config of configs) {
    if (!config.disabled) {
      current = apply(current, config, context, (text) => notices.push(text));
    }
  }
  return withNotices(current, notices);
}

function apply(frames: readonly DataFrame[], config: TransformationConfig, context: TransformContext, say: (text: string) => void): readonly DataFrame[] {
  const kind = find(config.id);
  const refused = refusedTransformation(config.id);
  const matches = config.filter === undefined || config.filter.id === '' ? () => true : frameMatcher(config.filter);
  if (kind === undefined || refused !== undefined) {
    say(refused ?? '');
    return frames;
  }
  if (matches === undefined) {
    say(`The transformation "${kind.name}" takes its data with "${config.filter?.id ?? ''}", which is not known here. The data are shown without it.`);
    return frames;
  }
  const topic = config.topic === undefined || config.topic === 'series' ? undefined : config.topic;
  const taken = frames.filter((frame) => frame.meta?.topic === topic && matches(frame));
  if (taken.length === 0) {
    return frames;
  }
  try {
    const made = kind.transform(taken, config.options, named(taken, context));
    return made === taken ? frames : [...made, ...frames.filter((frame) => !taken.includes(frame))];
  } catch (error) {
    // Data of a form that nobody thought of must not take the panel with them.
    const reason = error instanceof Error ? error.message : String(error);
    say(`The transformation "${kind.name}" was not made: ${reason}. The data are shown without it.`);
    return frames;
  }
}

function find(id: string): TransformerKind | undefined {
  const current = Object.hasOwn(ALIASES, id) ? (ALIASES[id] ?? id) : id;
  return Object.hasOwn(TRANSFORMERS, current) ? TRANSFORMERS[current] : undefined;
}

function withNotices(frames: readonly DataFrame[], texts: readonly string[]): DataFrame[] {
  const [first, ...rest] = frames;
  if (first === undefined || texts.length === 0) {
    return [...frames];
  }
  const notices = texts.map((text) => ({ severity: 'warning' as const, text }));
  return [{ ...first, meta: { ...first.meta, notices: [...(first.meta?.notices ?? []), ...notices] } }, ...rest];
}
