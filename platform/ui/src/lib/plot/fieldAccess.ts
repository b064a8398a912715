import type { DisplayValue, ShownField, ShownFrame } from '../field/fieldConfig';
import { reduceField } from '../field/reducers';
import type { Json } from '../json';
import { array, boolean, number, string } from '../json';
import type { TemplateScope } from '../template/scope';

export interface ShownLink {
  readonly title: string;
  readonly href: string;
  readonly targetBlank: boolean;
}

export function fieldLinks(field: ShownField, row: number, scope: TemplateScope): ShownLink[] {
  return scope && row >= 0 && field.config.links === undefined ? [] : [];
}

export interface ReducedValue {
  readonly title: string;
  readonly display: DisplayValue;
  readonly field: ShownField;
  readonly frame: ShownFrame;
  readonly row: number | undefined;
}
export function reduceFrames(frames: readonly ShownFrame[], options: Json): ReducedValue[] {
  const calc = string(array(options['calcs'])[0], 'lastNotNull');
  return frames.flatMap((frame) =>
    frame.fields
      .filter((field) => field.type === 'number')
      .flatMap((field): ReducedValue[] =>
        boolean(options['values'], false)
          ? field.values.slice(0, number(options['limit'], 25)).map((value, row) => ({ title: field.title, display: field.display(value), field, frame, row }))
          : [{ title: field.title, display: field.display(reduceField(field, calc)), field, frame, row: undefined }],
      ),
  );
}
