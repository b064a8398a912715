import { FALLBACK_COLOR } from './colors';
import type { ThresholdsConfig, ThresholdStep } from './fieldConfig';

const NO_STEP: ThresholdStep = { value: 0, color: FALLBACK_COLOR };

/** What a panel has whose file says nothing of thresholds. */
export const DEFAULT_THRESHOLDS: ThresholdsConfig = {
  mode: 'absolute',
  steps: [
    { value: -Infinity, color: 'green' },
    { value: 80, color: 'red' },
  ],
};

/** The highest step that the value reaches, the first where it reaches none. `share` is where it stands between min and max. */
export function activeThreshold(thresholds: ThresholdsConfig | undefined, value: number, share: number): ThresholdStep {
  const steps = thresholds?.steps ?? [];
  const compared = thresholds?.mode === 'percentage' ? share * 100 : value;
  let active = steps[0] ?? NO_STEP;
  for (const step of steps) {
    if (!(compared >= step.value)) {
      break;
    }
    active = step;
  }
  return active;
}
