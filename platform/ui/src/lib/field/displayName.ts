import type { DataFrame, Field } from '../frame/frame';
import type { Labels } from '../labels';

/** What data sources call the value of a series that has no name of its own. */
export const VALUE_FIELD_NAME = 'Value';

/** Finds the name that a field is shown under. */
export type NameOf = (field: Field, frame: DataFrame) => string;

/**
 * Names fields by Grafana's rules: the configured name, the legend of the query, else frame, field and label names as far as
 * they tell fields apart. What depends on all frames together is found out once.
 */
export function fieldNamer(frames: readonly DataFrame[]): NameOf {
  const frameNamesDiffer = frames.some((frame, i) => i > 0 && frame.name !== frames[i - 1]?.name);
  let onlyLabel: string | undefined | null = null;
  return (field, frame) => {
    if (onlyLabel === null) {
      onlyLabel = onlyLabelName(frames);
    }
    return displayName(field, frame, frameNamesDiffer, onlyLabel);
  };
}

/** The name of a frame: its own, its only labels, or the names of its fields. */
export function frameName(frame: DataFrame, nameOf: NameOf): string {
  if (frame.name !== undefined && frame.name !== '') {
    return frame.name;
  }
  const labelled = frame.fields.filter((field) => field.labels !== undefined);
  const [only] = labelled;
  if (only?.labels !== undefined && labelled.length === 1) {
    return only.config.displayNameFromDS ?? formatLabels(only.labels);
  }
  return frame.fields
    .filter((field) => field.type !== 'time')
    .map((field) => nameOf(field, frame))
    .join(', ');
}

/** `{a="b", c="d"}`; nothing for no labels. */
export function formatLabels(labels: Labels, withBraces = true): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  if (pairs.length === 0) {
    return '';
  }
  return withBraces ? `{${pairs.join(', ')}}` : pairs.join(', ');
}

function displayName(field: Field, frame: DataFrame, frameNamesDiffer: boolean, onlyLabel: string | undefined): string {
  const configured = field.config.displayName;
  if (configured !== undefined && configured !== '') {
    return configured;
  }
  if (field.config.displayNameFromDS !== undefined && field.config.displayNameFromDS !== '') {
    return field.config.displayNameFromDS;
  }
  if (field.type === 'time' && field.labels === undefined) {
    return field.name;
  }
  const parts: string[] = [];
  const own = frame.name ?? '';
  const frameNamed = frameNamesDiffer && own !== '';
  if (frameNamed) {
    parts.push(own);
  }
  if (field.name !== '' && field.name !== VALUE_FIELD_NAME) {
    parts.push(field.name);
  }
  const labels = field.labels === undefined ? '' : onlyLabel === undefined ? formatLabels(field.labels) : (field.labels[onlyLabel] ?? '');
  if (labels !== '') {
    parts.push(labels);
  }
  if (!frameNamed && labels === '' && field.name === VALUE_FIELD_NAME && own !== '') {
    parts.push(own);
  }
  const name = parts.length > 0 ? parts.join(' ') : field.name === '' ? VALUE_FIELD_NAME : field.name;
  return name === field.name ? uniqueName(field, frame) : name;
}

/** Columns of the same name in one frame are counted. */
function uniqueName(field: Field, frame: DataFrame): string {
  const same = frame.fields.filter((other) => other.name === field.name);
  const place = same.indexOf(field);
  return same.length > 1 && place >= 0 ? `${field.name} ${place + 1}` : field.name;
}

/** The name of the label where all fields of all frames have one and the same, only. */
function onlyLabelName(frames: readonly DataFrame[]): string | undefined {
  let only: string | undefined;
  for (const frame of frames) {
    for (const field of frame.fields) {
      for (const name of Object.keys(field.labels ?? {})) {
        if (only !== undefined && name !== only) {
          return undefined;
        }
        only = name;
      }
    }
  }
  return only;
}
