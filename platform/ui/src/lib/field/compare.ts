/** Comparisons that matchers write as `eq`, `gt` and so on. */
export function compare(left: unknown, operation: string, right: unknown): boolean {
  switch (operation) {
    case 'neq':
      return !equal(left, right);
    case 'gt':
      return Number(left) > Number(right);
    case 'gte':
      return Number(left) >= Number(right);
    case 'lt':
      return Number(left) < Number(right);
    case 'lte':
      return Number(left) <= Number(right);
    default:
      return equal(left, right);
  }
}

/** Texts and numbers that read the same are equal. */
function equal(left: unknown, right: unknown): boolean {
  return left === right || (left !== null && right !== null && String(left) === String(right));
}
