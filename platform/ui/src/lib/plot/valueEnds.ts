import type { ShownField } from '../field/fieldConfig';

/** The ends between which a gauge or a bar shows its value: those of its configuration, else of the panel's numbers. */
export function valueEnds({ config, range }: ShownField): { readonly min: number; readonly max: number } {
  return { min: config.min ?? range?.min ?? 0, max: config.max ?? range?.max ?? 100 };
}
