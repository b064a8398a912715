export interface Slice {
  /** The place of the value among those that were given. */
  readonly index: number;
  /** Of the total, in [0, 1]. */
  readonly share: number;
  readonly fromDegrees: number;
  readonly toDegrees: number;
}

export type PieSort = 'desc' | 'asc' | 'none';

/** The order of values in a pie and its legend, by their places. */
export function pieOrder(values: readonly number[], sort: PieSort): number[] {
  const order = values.map((_, index) => index);
  return sort === 'none' ? order : order.sort((a, b) => (sort === 'desc' ? 1 : -1) * ((values[b] ?? 0) - (values[a] ?? 0)));
}

/** Slices clockwise from the top. What is no positive number has none. */
export function pieSlices(values: readonly (number | undefined)[], order: readonly number[]): Slice[] {
  const size = (index: number) => Math.max(0, Number.isFinite(values[index]) ? (values[index] ?? 0) : 0);
  const total = order.reduce((sum, index) => sum + size(index), 0);
  let at = 0;
  return order.flatMap((index) => {
    const share = total === 0 ? 0 : size(index) / total;
    if (share === 0) {
      return [];
    }
    const fromDegrees = at;
    at += share * 360;
    return [{ index, share, fromDegrees, toDegrees: at }];
  });
}
