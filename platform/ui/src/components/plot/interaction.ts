import type uPlot from 'uplot';
import type { AbsoluteRange } from '../../lib/time';
import type { Hover } from './hoverState';

/** What a plot tells its surroundings. They may change while it lives, so they are asked for each time. */
export interface PlotHandlers {
  readonly onHover: (hover: Hover | undefined) => void;
  readonly onClick: (hover: Hover, at: { x: number; y: number }) => void;
  readonly onZoom: ((range: AbsoluteRange) => void) | undefined;
  readonly onAnnotate: ((range: AbsoluteRange) => void) | undefined;
}

/** Set while a plot moves its crosshair because another one's pointer moved. */
export interface RemoteFlag {
  active: boolean;
}

const MIN_DRAG_PX = 5;

/** Adds hovering, clicks, zoom by drag, pinch and double click, and annotation by drag with Ctrl or Cmd to the options of a plot. */
export function withInteraction<T extends Omit<uPlot.Options, 'width' | 'height'>>(options: T, handlers: () => PlotHandlers, remote: RemoteFlag): T {
  let annotating = false;
  const hooks = options.hooks ?? {};
  return {
    ...options,
    cursor: { ...options.cursor, bind: { ...options.cursor?.bind, dblclick: (u) => () => (zoomOut(u, handlers()), null) } },
    hooks: {
      ...hooks,
      setCursor: [...(hooks.setCursor ?? []), (u: uPlot) => handlers().onHover(hoverOf(u, remote.active))],
      setSelect: [
        ...(hooks.setSelect ?? []),
        (u: uPlot) => {
          const { left, width } = u.select;
          if (width >= MIN_DRAG_PX) {
            const range = { fromMs: Math.round(u.posToVal(left, 'x')), toMs: Math.round(u.posToVal(left + width, 'x')) };
            const { onAnnotate, onZoom } = handlers();
            (annotating && onAnnotate ? onAnnotate : onZoom)?.(range);
          }
          u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        },
      ],
      ready: [
        ...(hooks.ready ?? []),
        (u: uPlot) => {
          let downAt = NaN;
          u.over.addEventListener('mousedown', (event) => {
            annotating = event.ctrlKey || event.metaKey;
            downAt = event.clientX;
          });
          u.over.addEventListener('click', (event) => {
            const hover = hoverOf(u, false);
            if (Math.abs(event.clientX - downAt) >= MIN_DRAG_PX || !hover) return;
            const { onAnnotate } = handlers();
            if ((event.ctrlKey || event.metaKey) && onAnnotate) {
              const ms = Math.round(u.posToVal(hover.left, 'x'));
              onAnnotate({ fromMs: ms, toMs: ms });
            } else {
              handlers().onClick(hover, { x: event.clientX, y: event.clientY });
            }
          });
          bindTouch(u, handlers);
        },
      ],
    },
  };
}

/** A double click doubles the range around its middle. */
function zoomOut(u: uPlot, { onZoom }: PlotHandlers): void {
  const { min, max } = u.scales['x'] ?? {};
  if (typeof min === 'number' && typeof max === 'number') {
    onZoom?.({ fromMs: Math.round(min - (max - min) / 2), toMs: Math.round(max + (max - min) / 2) });
  }
}

/** What the pointer is over; undefined when it is outside. */
export function hoverOf(u: uPlot, remote: boolean): Hover | undefined {
  const { idx, idxs, left = -1, top = -1 } = u.cursor;
  if (idx === null || idx === undefined || left < 0) {
    return undefined;
  }
  const places = u.series.slice(1).map((series, at) => (series.show === false ? undefined : (idxs?.[at + 1] ?? undefined)));
  let nearest: number | undefined;
  let least = Infinity;
  places.forEach((place, at) => {
    const value = place === undefined ? undefined : u.data[at + 1]?.[place];
    const scale = u.series[at + 1]?.scale;
    if (typeof value === 'number' && scale !== undefined) {
      const distance = Math.abs(u.valToPos(value, scale) - top);
      if (distance < least) {
        least = distance;
        nearest = at;
      }
    }
  });
  return { index: idx, places, nearest, left, top, remote };
}

/** One finger moves the crosshair, two zoom. */
function bindTouch(u: uPlot, handlers: () => PlotHandlers): void {
  const fingers = new Map<number, number>();
  let spread = 0;
  const distance = () => {
    const [a = 0, b = 0] = [...fingers.values()];
    return Math.abs(a - b);
  };
  u.over.addEventListener('pointerdown', (event) => {
    if (event.pointerType !== 'touch') return;
    fingers.set(event.pointerId, event.clientX);
    spread = fingers.size === 2 ? distance() : 0;
  });
  u.over.addEventListener('pointermove', (event) => {
    if (!fingers.has(event.pointerId)) return;
    fingers.set(event.pointerId, event.clientX);
    if (fingers.size === 1) {
      const box = u.over.getBoundingClientRect();
      u.setCursor({ left: event.clientX - box.left, top: event.clientY - box.top });
    }
  });
  const lift = (event: PointerEvent) => {
    if (fingers.size === 2 && fingers.has(event.pointerId) && event.type === 'pointerup') {
      pinch(u, spread, distance(), handlers());
    }
    fingers.delete(event.pointerId);
  };
  u.over.addEventListener('pointerup', lift);
  u.over.addEventListener('pointercancel', lift);
}

function pinch(u: uPlot, before: number, after: number, { onZoom }: PlotHandlers): void {
  const { min, max } = u.scales['x'] ?? {};
  if (before < 20 || after < 20 || Math.abs(before - after) < 20 || typeof min !== 'number' || typeof max !== 'number') {
    return;
  }
  const half = ((max - min) / 2) * Math.min(4, Math.max(0.1, before / after));
  onZoom?.({ fromMs: Math.round((min + max) / 2 - half), toMs: Math.round((min + max) / 2 + half) });
}
