import type { ShownField, ShownFrame } from '../field/fieldConfig';
import { reduceNumber } from '../field/reducers';

/** The ends between which a gauge or a bar shows its value. */
export interface ValueEnds {
  readonly min: number;
  readonly max: number;
}

/** What is configured, else the least and greatest number of the panel, or of the field alone where it asks for that. */
export function valueEnds(frames: readonly ShownFrame[]): (field: ShownField) => ValueEnds {
  const fields = frames.flatMap((frame) => frame.fields.filter((field) => field.type === 'number'));
  const all = extent(fields);
  return (field) => {
    const { min, max, fieldMinMax } = field.config;
    const known = fieldMinMax === true ? extent([field]) : all;
    return { min: min ?? known?.min ?? 0, max: max ?? known?.max ?? 100 };
  };
}

function extent(fields: readonly ShownField[]): ValueEnds | undefined {
  const least = fields.flatMap((field) => reduceNumber(field, 'min') ?? []);
  const greatest = fields.flatMap((field) => reduceNumber(field, 'max') ?? []);
  return least.length === 0 || greatest.length === 0 ? undefined : { min: least.reduce((a, b) => Math.min(a, b)), max: greatest.reduce((a, b) => Math.max(a, b)) };
}
