import { useState } from 'react';
import { DataLinks } from '../../../../components/plot/DataLinks';
import { PlotTooltip, TooltipLines } from '../../../../components/plot/PlotTooltip';
import type { ReducedValue } from '../../../../lib/field/reduceFrames';
import { pointAt, ringPath } from '../../../../lib/plot/arc';
import { textColorOn } from '../../../../lib/plot/color';
import type { Slice } from '../../../../lib/plot/pie';
import type { TemplateScope } from '../../../../lib/template/scope';
import { formatDisplay } from '../../../../lib/units/format';
import type { PieOptions } from './options';
import { percentText } from './percent';

interface PieProps {
  readonly values: readonly ReducedValue[];
  readonly slices: readonly Slice[];
  readonly options: PieOptions;
  readonly scope: TemplateScope;
  /** The name that the pointer is over in the legend. */
  readonly pointed: string | undefined;
  readonly width: number;
  readonly height: number;
  readonly label: string;
}

/** Slices narrower than this have no room for a label. */
const LABEL_DEGREES = 17;

export function Pie({ values, slices, options, scope, pointed, width, height, label }: PieProps) {
  const [card, setCard] = useState<{ index: number; x: number; y: number; pinned: boolean } | undefined>(undefined);
  const radius = Math.max(5, Math.min(width, height) / 2 - 6);
  const ring = { cx: width / 2, cy: height / 2, outer: radius, inner: options.donut ? radius * 0.55 : 0 };
  const summary = slices.slice(0, 10).map((slice) => `${values[slice.index]?.title} ${percentText(slice.share, 1)}`).join(', ');
  return (
    <div style={{ width, height }} onPointerLeave={() => setCard((before) => (before?.pinned ? before : undefined))}>
      <svg width={width} height={height} role="img" aria-label={`${label}: ${summary}`}>
        {slices.map((slice) => {
          const value = values[slice.index];
          if (!value) return null;
          const faded = pointed !== undefined && pointed !== value.title;
          return (
            <path
              key={slice.index}
              d={ringPath(ring, slice.fromDegrees, slice.toDegrees)}
              fill={value.display.color ?? value.field.color}
              className="pie-slice"
              opacity={faded ? 0.35 : 1}
              onPointerMove={(event) => setCard((before) => (before?.pinned ? before : { index: slice.index, x: event.clientX, y: event.clientY, pinned: false }))}
              onClick={(event) => setCard({ index: slice.index, x: event.clientX, y: event.clientY, pinned: true })}
            />
          );
        })}
        {slices.map((slice) => {
          const value = values[slice.index];
          return value && slice.toDegrees - slice.fromDegrees >= LABEL_DEGREES && <Label key={slice.index} value={value} slice={slice} options={options} {...ring} />;
        })}
      </svg>
      {card && options.tooltip.mode !== 'none' && (
        <PlotTooltip at={card} pinned={card.pinned} onClose={() => setCard(undefined)} maxWidth={options.tooltip.maxWidth} maxHeight={options.tooltip.maxHeight}>
          <Lines values={values} slices={slices} index={card.index} multi={options.tooltip.mode === 'multi'} />
          {card.pinned && values[card.index] && <Links value={values[card.index]} scope={scope} />}
        </PlotTooltip>
      )}
    </div>
  );
}

function Links({ value, scope }: { value: ReducedValue | undefined; scope: TemplateScope }) {
  return value ? <DataLinks field={value.field} row={value.row} scope={scope} display={value.display} /> : null;
}

function Lines({ values, slices, index, multi }: { values: readonly ReducedValue[]; slices: readonly Slice[]; index: number; multi: boolean }) {
  const lines = slices
    .filter((slice) => multi || slice.index === index)
    .flatMap((slice) => {
      const value = values[slice.index];
      return value ? [{ key: String(slice.index), name: value.title, color: value.display.color ?? value.field.color, text: `${formatDisplay(value.display)} (${percentText(slice.share, value.field.config.decimals ?? 1)})`, strong: multi && slice.index === index }] : [];
    });
  return <TooltipLines lines={lines} />;
}

function Label({ value, slice, options, cx, cy, outer, inner }: { value: ReducedValue; slice: Slice; options: PieOptions; cx: number; cy: number; outer: number; inner: number }) {
  const { name, value: withValue, percent } = options.labels;
  const lines = [...(name ? [value.title] : []), ...(withValue ? [formatDisplay(value.display)] : []), ...(percent ? [percentText(slice.share, value.field.config.decimals)] : [])];
  const { x, y } = pointAt(cx, cy, inner === 0 ? outer * 0.65 : (outer + inner) / 2, (slice.fromDegrees + slice.toDegrees) / 2);
  const size = Math.max(9, Math.min(14, outer / 8));
  const longest = Math.max(8, Math.floor(outer / size));
  return (
    <text x={x} y={y} textAnchor="middle" fontSize={size} fill={textColorOn(value.display.color ?? value.field.color)} pointerEvents="none">
      {lines.map((line, at) => (
        <tspan key={at} x={x} dy={at === 0 ? `${0.35 - (lines.length - 1) * 0.6}em` : '1.2em'}>
          {line.length > longest ? `${line.slice(0, longest - 1)}…` : line}
        </tspan>
      ))}
    </text>
  );
}
