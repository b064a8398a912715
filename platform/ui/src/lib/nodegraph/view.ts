/** How a drawing is moved and scaled into its window. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export const NO_MOVE: View = { x: 0, y: 0, scale: 1 };
const MIN_SCALE = 0.05;
const MAX_SCALE = 4;

/** All of the drawing in the middle of the window, never larger than it is. */
export function fitView(drawing: { readonly width: number; readonly height: number }, width: number, height: number): View {
  const scale = clamp(Math.min(1, width / Math.max(1, drawing.width), height / Math.max(1, drawing.height)));
  return { scale, x: (width - drawing.width * scale) / 2, y: (height - drawing.height * scale) / 2 };
}

export function moved(view: View, dx: number, dy: number): View {
  return { ...view, x: view.x + dx, y: view.y + dy };
}

/** Larger by the factor, while what is at the given place of the window stays there. */
export function zoomed(view: View, factor: number, atX: number, atY: number): View {
  const scale = clamp(view.scale * factor);
  const change = scale / view.scale;
  return { scale, x: atX - (atX - view.x) * change, y: atY - (atY - view.y) * change };
}

function clamp(scale: number): number {
  return Math.min(MAX_SCALE, Math.max(MIN_SCALE, scale));
}
