/** A point on a circle; 0 is the top, angles grow clockwise, in degrees. */
function onCircle(cx: number, cy: number, radius: number, degrees: number): string {
  const radians = ((degrees - 90) * Math.PI) / 180;
  return `${(cx + radius * Math.cos(radians)).toFixed(2)} ${(cy + radius * Math.sin(radians)).toFixed(2)}`;
}

export interface Ring {
  readonly cx: number;
  readonly cy: number;
  readonly outer: number;
  readonly inner: number;
}

/** The SVG path of a piece of a ring, or of a pie where the inner radius is 0. */
export function ringPath(ring: Ring, fromDegrees: number, toDegrees: number): string {
  // A whole circle has one point for both ends, which draws nothing.
  const to = Math.min(toDegrees, fromDegrees + 359.99);
  const large = to - fromDegrees > 180 ? 1 : 0;
  const { cx, cy, outer, inner } = ring;
  const start = `M${onCircle(cx, cy, outer, fromDegrees)}A${outer} ${outer} 0 ${large} 1 ${onCircle(cx, cy, outer, to)}`;
  return inner <= 0 ? `${start}L${cx} ${cy}Z` : `${start}L${onCircle(cx, cy, inner, to)}A${inner} ${inner} 0 ${large} 0 ${onCircle(cx, cy, inner, fromDegrees)}Z`;
}

/** Where a text stands beside a ring. */
export function pointAt(cx: number, cy: number, radius: number, degrees: number): { x: number; y: number } {
  const radians = ((degrees - 90) * Math.PI) / 180;
  return { x: cx + radius * Math.cos(radians), y: cy + radius * Math.sin(radians) };
}
