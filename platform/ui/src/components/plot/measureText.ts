const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif';

let context: CanvasRenderingContext2D | null | undefined;
const widths = new Map<string, number>();
const MAX_REMEMBERED = 5000;

/** The font of texts on canvases. */
export function canvasFont(sizePx: number, weight = 400): string {
  return `${weight} ${sizePx}px ${FONT}`;
}

/** Width of a text in pixels. */
export function textWidth(text: string, sizePx: number, weight = 400): number {
  const key = `${weight} ${sizePx} ${text}`;
  const known = widths.get(key);
  if (known !== undefined) {
    return known;
  }
  context ??= document.createElement('canvas').getContext('2d');
  if (!context) {
    return text.length * sizePx * 0.55;
  }
  context.font = canvasFont(sizePx, weight);
  const { width } = context.measureText(text);
  if (widths.size > MAX_REMEMBERED) {
    widths.clear();
  }
  widths.set(key, width);
  return width;
}
