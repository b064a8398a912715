import type { TransformationConfig } from '../../../lib/dashboard/model';
import type { DataFrame } from '../../../lib/frame/frame';

/** A panel's data after its transformations. */
export function transformed(frames: readonly DataFrame[], configs: readonly TransformationConfig[]): readonly DataFrame[] {
  const [first] = configs.filter((config) => !config.disabled);
  if (first !== undefined) {
    throw new Error(`“${first.id}” is not applied, these are the data as they were queried.`);
  }
  return frames;
}
