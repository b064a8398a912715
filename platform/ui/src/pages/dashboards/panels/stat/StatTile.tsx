import type { CSSProperties } from 'react';
import { LinkedBox } from '../../../../components/plot/LinkedBox';
import { textWidth } from '../../../../components/plot/measureText';
import { BIG_VALUE_LINE_HEIGHT, BIG_VALUE_WEIGHT, bigValueLayout } from '../../../../lib/plot/bigValue';
import { adjust, readableText, textColorOn } from '../../../../lib/plot/color';
import { reduceField } from '../../../../lib/field/reducers';
import { type ReducedValue } from '../../../../lib/field/reduceFrames';
import { sparkline } from '../../../../lib/plot/sparkline';
import type { TemplateScope } from '../../../../lib/template/scope';
import type { StatOptions } from './options';

export interface TileTexts {
  /** '' where none is shown. */
  readonly name: string;
  readonly value: string;
  /** What is not shown. */
  readonly hint: string;
}

interface StatTileProps {
  readonly value: ReducedValue;
  readonly texts: TileTexts;
  /** The longest texts of all tiles: all have one size of letters. */
  readonly fit: { readonly name: string; readonly value: string };
  readonly options: StatOptions;
  readonly scope: TemplateScope;
  readonly width: number;
  readonly height: number;
  readonly dark: boolean;
}

export function StatTile({ value, texts, fit, options, scope, width, height, dark }: StatTileProps) {
  const color = value.display.color ?? value.field.color;
  const ground = options.colorMode === 'background' || options.colorMode === 'background_solid';
  const colors = groundColors(color, options.colorMode === 'background', dark);
  const textColor = textColorOn(...colors);
  const times = value.frame.fields.find((field) => field.type === 'time')?.values;
  const graph = options.graph && options.reduce['values'] !== true && times !== undefined && value.frame.length > 1;
  const layout = bigValueLayout({ width, height, name: fit.name, value: fit.value, sparkline: graph, percentChange: options.percentChange, wide: options.wide, nameSize: options.text.title, valueSize: options.text.value }, textWidth);
  const center = options.center || texts.name === '';
  const box: CSSProperties = {
    padding: layout.padding,
    background: ground ? (colors.length > 1 ? `linear-gradient(120deg, ${colors.join(', ')})` : color) : undefined,
    color: ground ? textColor : undefined,
    justifyContent: layout.direction === 'column' && layout.chartHeight > 0 ? 'flex-start' : 'center',
  };
  const row = layout.direction === 'row';
  const words: CSSProperties = {
    flexDirection: layout.direction,
    alignItems: row || center ? 'center' : 'flex-start',
    justifyContent: center ? 'center' : row ? 'space-between' : 'flex-start',
    gap: row ? 12 : 0,
    lineHeight: BIG_VALUE_LINE_HEIGHT,
  };
  const change = options.percentChange ? reduceField(value.field, 'diffperc') : undefined;
  const valueColor = options.colorMode === 'value' ? readableText(color, dark, layout.valueSize) : undefined;
  return (
    <LinkedBox value={value} scope={scope} className="stat-tile" style={box} title={texts.hint === '' ? undefined : texts.hint}>
      {graph && layout.chartHeight > 0 && <TileSparkline value={value} times={times} line={ground ? textColor : color} area={ground ? '#ffffff' : color} width={width} height={layout.chartHeight} />}
      <span className="stat-words" style={words}>
        {texts.name !== '' && (
          <span className="stat-tile-name" style={{ fontSize: layout.nameSize }}>
            {texts.name}
          </span>
        )}
        <span className="stat-numbers" style={{ flexDirection: row ? 'row' : 'column', alignItems: center ? 'center' : row ? 'baseline' : 'flex-start' }}>
          <span style={{ fontSize: layout.valueSize, fontWeight: BIG_VALUE_WEIGHT, color: valueColor, whiteSpace: 'nowrap' }}>{texts.value}</span>
          {typeof change === 'number' && Number.isFinite(change) && <Change percent={change} mode={options.percentChangeColor} size={Math.max(12, layout.valueSize / 2.5)} valueColor={ground ? 'inherit' : readableText(color, dark, 12)} />}
        </span>
      </span>
    </LinkedBox>
  );
}

/** Both ends of a gradient around the colour, as Grafana's coloured tiles have, or the colour itself. */
function groundColors(color: string, gradient: boolean, dark: boolean): readonly string[] {
  const factor = dark ? -1 : 0.7;
  return gradient ? [adjust(color, { lightness: 15 * factor, hue: 8 }), adjust(color, { lightness: 5 * factor, hue: -8 })] : [color];
}

function TileSparkline({ value, times, line, area, width, height }: { value: ReducedValue; times: readonly unknown[]; line: string; area: string; width: number; height: number }) {
  const numbers = value.field.values.map((entry) => (typeof entry === 'number' ? entry : null));
  const path = sparkline(times.map(Number), numbers, { width, height, min: value.field.config.min, max: value.field.config.max });
  return (
    path && (
      <svg className="stat-tile-graph" width={width} height={height} aria-hidden="true">
        <path d={path.area} fill={area} opacity={area === line ? 0.2 : 0.35} />
        <path d={path.line} fill="none" stroke={line} strokeWidth={1} opacity={area === line ? 1 : 0.6} />
      </svg>
    )
  );
}

function Change({ percent, mode, size, valueColor }: { percent: number; mode: StatOptions['percentChangeColor']; size: number; valueColor: string }) {
  const good = mode === 'inverted' ? percent < 0 : percent > 0;
  const color = mode === 'same_as_value' || percent === 0 ? valueColor : good ? 'light-dark(#237032, #69db7c)' : 'light-dark(#c92a2a, #ff8787)';
  return (
    <span className="stat-change" style={{ fontSize: size, color: valueColor === 'inherit' ? 'inherit' : color }}>
      <span aria-hidden="true">{percent > 0 ? '▲' : percent < 0 ? '▼' : '■'}</span> {`${percent > 0 ? '+' : ''}${percent.toFixed(1)}%`}
    </span>
  );
}
