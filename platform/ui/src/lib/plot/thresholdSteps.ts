import type { FieldConfig } from '../field/fieldConfig';
import { resolveColor } from '../field/colors';

export interface ValueStep {
  /** From here on; -Infinity for the first. */
  readonly value: number;
  /** A CSS colour. */
  readonly color: string;
}

/** Thresholds as values between the ends, percentages being shares of them. */
export function thresholdSteps(config: FieldConfig, min: number, max: number, dark: boolean): ValueStep[] {
  const percent = config.thresholds?.mode === 'percentage';
  return (config.thresholds?.steps ?? []).map((step) => ({
    value: percent && Number.isFinite(step.value) ? min + ((max - min) * step.value) / 100 : step.value,
    color: resolveColor(step.color, dark),
  }));
}

/** The colour of the highest step that the value reaches. */
export function stepColor(steps: readonly ValueStep[], value: number): string | undefined {
  return (steps.findLast((step) => value >= step.value) ?? steps[0])?.color;
}
