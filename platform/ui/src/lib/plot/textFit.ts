/** Width of a text in pixels at a size and weight. */
export type MeasureText = (text: string, sizePx: number, weight?: number) => number;

const PROBE_PX = 14;

export interface FitBox {
  readonly width: number;
  readonly height: number;
  /** Of a line, as a multiple of the size of its font. */
  readonly lineHeight: number;
  readonly maxPx?: number | undefined;
  readonly weight?: number | undefined;
}

/** The largest size of font with which a text fits on one line of a box. */
export function fitFontSize(text: string, box: FitBox, measure: MeasureText): number {
  const byWidth = (box.width / (measure(text, PROBE_PX, box.weight) + 2)) * PROBE_PX;
  const byHeight = box.height / box.lineHeight;
  return Math.max(1, Math.min(byWidth, byHeight, box.maxPx ?? Infinity));
}

/** The longest of texts: sizes that fit it fit all. */
export function longest(texts: readonly string[]): string {
  return texts.reduce((found, text) => (text.length > found.length ? text : found), '');
}
