import { useElementSize } from '@mantine/hooks';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { nameColor } from '../../../../components/palette';
import { cssRgb, textOn } from '../../../../lib/color';
import { itemChange, visibleBars, type Flame, type FlameBar, type FlameItem } from '../../../../lib/flame/flame';

interface FlameCanvasProps {
  readonly flame: Flame;
  readonly focus: FlameItem | undefined;
  readonly search: string;
  readonly dark: boolean;
  readonly write: (value: number) => string;
  readonly onFocus: (item: FlameItem | undefined) => void;
}

const ROW_PX = 20;
const MIN_BOX_PX = 1;
const MIN_TEXT_PX = 28;
const CHAR_PX = 6.8;
const MAX_HEIGHT_PX = 16_000;

interface Hover {
  readonly item: FlameItem;
  readonly x: number;
  readonly y: number;
}

/** Boxes below their callers; a click on one gives it the whole width. Arrow keys go to the caller, to what is called and beside, Escape shows all. */
export function FlameCanvas({ flame, focus, search, dark, write, onFocus }: FlameCanvasProps) {
  const { ref, width } = useElementSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [hover, setHover] = useState<Hover | undefined>(undefined);
  const rows = useMemo(() => (width < 1 ? [] : flame.levels.map((_, level) => visibleBars(flame, level, focus, MIN_BOX_PX / width))), [flame, focus, width]);
  const last = rows.findLastIndex((row) => row.length > 0);
  const height = Math.min(MAX_HEIGHT_PX, (last + 1) * ROW_PX);
  useEffect(() => {
    if (canvas.current) draw(canvas.current, rows, { flame, search: search.trim().toLowerCase(), dark, width, height });
  }, [rows, flame, search, dark, width, height]);
  const at = (event: PointerEvent): FlameItem | undefined => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left) / Math.max(1, width);
    return rows[Math.floor((event.clientY - box.top) / ROW_PX)]?.find((bar) => share >= bar.left && share < bar.left + bar.width)?.item;
  };
  const onPointerMove = (event: PointerEvent) => {
    const item = at(event);
    const box = event.currentTarget.getBoundingClientRect();
    setHover(item && { item, x: event.clientX - box.left, y: event.clientY - box.top });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onFocus(undefined);
    else if (['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'].includes(event.key)) onFocus(neighbour(flame, focus ?? flame.items[0], event.key));
    else return;
    event.preventDefault();
  };
  const told = hover?.item ?? focus;
  return (
    <div className="flame-graph">
      <p className="flame-told" role="status">
        {told ? describe(flame, told, write) : `${flame.items.length.toLocaleString('en')} boxes, ${write(flame.total)}`}
      </p>
      <div ref={ref} className="flame-scroll" tabIndex={0} role="group" aria-label="Flame graph: arrow keys go to callers and to what is called, Escape shows all; the table has the same in words." onKeyDown={onKeyDown}>
        <canvas
          ref={canvas}
          style={{ width, height, display: 'block' }}
          onPointerMove={onPointerMove}
          onPointerLeave={() => setHover(undefined)}
          onPointerUp={(event) => {
            const item = at(event);
            if (item) onFocus(item.level === 0 ? undefined : item);
          }}
        />
      </div>
    </div>
  );
}

function describe(flame: Flame, item: FlameItem, write: (value: number) => string): string {
  const change = itemChange(flame, item);
  const share = `${Math.round((item.value / flame.total) * 10_000) / 100}%`;
  const compared = change === undefined ? '' : `, ${change === Infinity ? 'new' : `${change >= 0 ? '+' : ''}${Math.round(change * 1000) / 10}%`}`;
  return `${item.label.slice(0, 400)}: ${write(item.value)} (${share}), self ${write(item.self)}${compared}`;
}

/** The caller, the first that is called, or the one beside it under the same caller. */
function neighbour(flame: Flame, item: FlameItem | undefined, key: string): FlameItem | undefined {
  if (!item) return undefined;
  if (key === 'ArrowUp') return flame.items[item.parent] ?? item;
  if (key === 'ArrowDown') return flame.items[item.index + 1]?.parent === item.index ? flame.items[item.index + 1] : item;
  const siblings = (flame.levels[item.level] ?? []).filter((other) => other.parent === item.parent);
  const place = siblings.findIndex((other) => other.index === item.index);
  return siblings[place + (key === 'ArrowRight' ? 1 : -1)] ?? item;
}

interface Look {
  readonly flame: Flame;
  /** In lower case. */
  readonly search: string;
  readonly dark: boolean;
  readonly width: number;
  readonly height: number;
}

function draw(element: HTMLCanvasElement, rows: readonly (readonly FlameBar[])[], look: Look): void {
  const ratio = Math.min(window.devicePixelRatio || 1, MAX_HEIGHT_PX / Math.max(1, look.height));
  element.width = Math.max(1, Math.floor(look.width * ratio));
  element.height = Math.max(1, Math.floor(look.height * ratio));
  const context = element.getContext('2d');
  if (!context) return;
  context.scale(ratio, ratio);
  context.font = '11px ui-monospace, Menlo, Consolas, monospace';
  context.textBaseline = 'middle';
  rows.forEach((row, level) => {
    for (const bar of row) drawBox(context, bar, level * ROW_PX, look);
  });
}

function drawBox(context: CanvasRenderingContext2D, { item, left, width }: FlameBar, top: number, look: Look): void {
  const [x, boxWidth] = [left * look.width, Math.max(MIN_BOX_PX, width * look.width - 1)];
  const found = look.search === '' || item.label.toLowerCase().includes(look.search);
  const color = found ? boxColor(look.flame, item) : look.dark ? '#373a40' : '#e9ecef';
  context.fillStyle = color;
  context.fillRect(x, top, boxWidth, ROW_PX - 1);
  if (boxWidth > MIN_TEXT_PX) {
    context.fillStyle = textOn(color) ?? '#000';
    const chars = Math.floor((boxWidth - 6) / CHAR_PX);
    const text = item.label.slice(0, 500);
    context.fillText(text.length > chars ? `${text.slice(0, Math.max(1, chars - 1))}…` : text, x + 3, top + ROW_PX / 2);
  }
}

/** The same colour for the same package; of a comparison red for more and green for less. */
function boxColor(flame: Flame, item: FlameItem): string {
  const change = itemChange(flame, item);
  if (change === undefined) {
    return nameColor(/^(.*[./])[^./]*$/.exec(item.label.slice(0, 300))?.[1] ?? item.label.slice(0, 300));
  }
  const strength = Math.min(1, Math.abs(change === Infinity ? 1 : change));
  const fade = Math.round(200 - 110 * strength);
  return cssRgb(change > 0 ? { r: 224, g: fade, b: fade, a: 1 } : change < 0 ? { r: fade, g: 200, b: fade, a: 1 } : { r: 200, g: 200, b: 200, a: 1 });
}
