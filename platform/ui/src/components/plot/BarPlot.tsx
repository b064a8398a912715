import { useState, type PointerEvent, type ReactNode } from 'react';
import { niceTicks } from '../../lib/plot/bars';
import { textWidth } from './measureText';
import { PlotTooltip } from './PlotTooltip';

/** A bar in a plot: places along the categories in [0, 1], ends on the axis of values. */
export interface DrawnBar {
  readonly key: string;
  readonly start: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
  readonly fill: string;
  readonly stroke: string;
  readonly strokeWidth: number;
  /** Written at its end; '' for none. */
  readonly text: string;
}

export interface PlotLabel {
  readonly at: number;
  readonly text: string;
}

interface BarPlotProps {
  readonly bars: readonly DrawnBar[];
  readonly labels: readonly PlotLabel[];
  readonly horizontal: boolean;
  readonly valueRange: readonly [number, number];
  readonly formatValue: (value: number) => string;
  readonly valueLabel: string;
  readonly showValueAxis: boolean;
  /** Of labels below upright bars, in degrees. */
  readonly rotation: number;
  readonly radius: number;
  readonly textSize: number | undefined;
  /** 'auto' leaves texts out that have no room. */
  readonly showText: 'auto' | 'always' | 'never';
  /** Places where the pointer is told apart, in [0, 1]. */
  readonly slots: readonly (readonly [number, number])[];
  readonly card: (slot: number, bar: string | undefined) => ReactNode;
  readonly label: string;
  readonly width: number;
  readonly height: number;
}

const FONT_PX = 12;

/** Upright or lying bars with both axes, drawn as SVG. */
export function BarPlot(props: BarPlotProps) {
  const { bars, labels, horizontal, valueRange, width, height } = props;
  const [pointed, setPointed] = useState<{ slot: number; bar: string | undefined; x: number; y: number; pinned: boolean } | undefined>(undefined);
  const [low, high] = valueRange;
  const labelWidth = Math.max(0, ...labels.map((entry) => textWidth(entry.text, FONT_PX)));
  const lines = Math.max(2, Math.floor((horizontal ? width / 90 : height / 45)));
  const ticks = niceTicks(low, high, lines).map((value) => ({ value, text: props.formatValue(value) }));
  const tickWidth = props.showValueAxis ? Math.max(0, ...ticks.map((tick) => textWidth(tick.text, FONT_PX))) + 10 : 4;
  const turn = Math.abs(Math.sin((props.rotation * Math.PI) / 180));
  const left = horizontal ? Math.min(width * 0.4, labelWidth + 10) : tickWidth + (props.valueLabel === '' ? 0 : 16);
  const bottom = horizontal ? (props.showValueAxis ? 20 : 4) + (props.valueLabel === '' ? 0 : 16) : 8 + FONT_PX + Math.min(height * 0.35, turn * labelWidth);
  const area = { left, top: 10, width: Math.max(1, width - left - 12), height: Math.max(1, height - bottom - 10) };
  const along = (share: number) => (horizontal ? area.top + share * area.height : area.left + share * area.width);
  const across = (value: number) => {
    const share = high > low ? (Math.min(high, Math.max(low, value)) - low) / (high - low) : 0;
    return horizontal ? area.left + share * area.width : area.top + (1 - share) * area.height;
  };
  const every = labelStep(labels, labelWidth, horizontal ? area.height : area.width, horizontal, turn);
  const at = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = horizontal ? (event.clientY - box.top - area.top) / area.height : (event.clientX - box.left - area.left) / area.width;
    const slot = props.slots.findIndex(([from, to]) => share >= from && share < to);
    const bar = event.target instanceof Element ? (event.target.getAttribute('data-bar') ?? undefined) : undefined;
    return slot < 0 ? undefined : { slot, bar, x: event.clientX, y: event.clientY };
  };
  return (
    <div style={{ width, height }} onPointerLeave={() => setPointed((before) => (before?.pinned ? before : undefined))}>
      <svg
        className="bar-plot"
        width={width}
        height={height}
        role="img"
        aria-label={props.label}
        onPointerMove={(event) => {
          const now = at(event);
          setPointed((before) => (before?.pinned ? before : now && { ...now, pinned: false }));
        }}
        onPointerDown={(event) => {
          const now = at(event);
          setPointed(now && { ...now, pinned: true });
        }}
      >
        {ticks.map(({ value, text }) => (
          <g key={value}>
            {horizontal ? <line className="bar-grid" x1={across(value)} x2={across(value)} y1={area.top} y2={area.top + area.height} /> : <line className="bar-grid" x1={area.left} x2={area.left + area.width} y1={across(value)} y2={across(value)} />}
            {props.showValueAxis && (horizontal ? <text x={across(value)} y={area.top + area.height + 15} textAnchor="middle">{text}</text> : <text x={area.left - 6} y={across(value)} textAnchor="end" dominantBaseline="central">{text}</text>)}
          </g>
        ))}
        {props.slots.map(([from, to], slot) => {
          const className = pointed?.slot === slot ? 'bar-slot pointed' : 'bar-slot';
          return horizontal ? <rect key={slot} className={className} x={area.left} width={area.width} y={along(from)} height={along(to) - along(from)} /> : <rect key={slot} className={className} y={area.top} height={area.height} x={along(from)} width={along(to) - along(from)} />;
        })}
        {bars.map((bar) => {
          const [a, b] = [across(bar.from), across(bar.to)];
          const thick = Math.max(1, along(bar.end) - along(bar.start));
          const long = Math.max(bar.from === bar.to ? 0 : 1, Math.abs(a - b));
          const box = horizontal ? { x: Math.min(a, b), y: along(bar.start), width: long, height: thick } : { x: along(bar.start), y: Math.min(a, b), width: thick, height: long };
          const round = Math.min(props.radius * (thick / 2), long / 2);
          return <rect key={bar.key} data-bar={bar.key} {...box} rx={round} fill={bar.fill} stroke={bar.stroke} strokeWidth={bar.strokeWidth} />;
        })}
        {props.showText !== 'never' && bars.map((bar) => <BarText key={bar.key} bar={bar} a={along(bar.start)} b={along(bar.end)} end={across(bar.to)} horizontal={horizontal} size={props.textSize ?? FONT_PX} always={props.showText === 'always'} limit={width} />)}
        {labels.map((entry, i) => {
          if (i % every !== 0) return null;
          const x = horizontal ? area.left - 6 : along(entry.at);
          const y = horizontal ? along(entry.at) : area.top + area.height + 14;
          const anchor = horizontal || props.rotation < 0 || (props.rotation === 0 && entry.at > 0.999) ? 'end' : props.rotation > 0 || entry.at < 0.001 ? 'start' : 'middle';
          return (
            <text key={i} x={x} y={y} textAnchor={anchor} dominantBaseline={horizontal ? 'central' : undefined} transform={horizontal || props.rotation === 0 ? undefined : `rotate(${props.rotation} ${x} ${y})`}>
              {entry.text}
            </text>
          );
        })}
        {props.valueLabel !== '' && (horizontal ? <text x={area.left + area.width / 2} y={height - 3} textAnchor="middle">{props.valueLabel}</text> : <text x={12} y={area.top + area.height / 2} textAnchor="middle" transform={`rotate(-90 12 ${area.top + area.height / 2})`}>{props.valueLabel}</text>)}
      </svg>
      {pointed && <Card pointed={pointed} onClose={() => setPointed(undefined)} content={props.card(pointed.slot, pointed.bar)} />}
    </div>
  );
}

function Card({ pointed, onClose, content }: { pointed: { x: number; y: number; pinned: boolean }; onClose: () => void; content: ReactNode }) {
  return content === null || content === undefined || content === false ? null : (
    <PlotTooltip at={pointed} pinned={pointed.pinned} onClose={onClose}>
      {content}
    </PlotTooltip>
  );
}

function BarText({ bar, a, b, end, horizontal, size, always, limit }: { bar: DrawnBar; a: number; b: number; end: number; horizontal: boolean; size: number; always: boolean; limit: number }) {
  const width = textWidth(bar.text, size);
  if (bar.text === '' || (!always && (horizontal ? size > b - a : width > b - a + 8))) {
    return null;
  }
  const down = bar.to < bar.from;
  if (horizontal) {
    const inside = !down && end + 4 + width > limit;
    return (
      <text x={inside ? end - 4 : end + (down ? -4 : 4)} y={(a + b) / 2} textAnchor={inside || down ? 'end' : 'start'} dominantBaseline="central" style={{ fontSize: size }} pointerEvents="none">
        {bar.text}
      </text>
    );
  }
  return (
    <text x={(a + b) / 2} y={down ? end + size : Math.max(size, end - 4)} textAnchor="middle" style={{ fontSize: size }} pointerEvents="none">
      {bar.text}
    </text>
  );
}

/** Every so many labels are written, so that they do not lie over one another. */
function labelStep(labels: readonly PlotLabel[], widest: number, length: number, horizontal: boolean, turn: number): number {
  const room = horizontal ? FONT_PX + 2 : turn > 0.5 ? FONT_PX + 4 : widest + 8;
  const apart = length / Math.max(1, labels.length);
  return Math.max(1, Math.ceil(room / Math.max(0.001, apart)));
}
