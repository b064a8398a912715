import type { CSSProperties } from 'react';
import { LinkedBox } from '../../../../components/plot/LinkedBox';
import { textWidth } from '../../../../components/plot/measureText';
import { barGaugeLayout, gradientStops, lcdCells, valueShare, type BarGaugeLayout } from '../../../../lib/plot/barGauge';
import { adjust, readableText, withAlpha } from '../../../../lib/plot/color';
import { formatDisplay } from '../../../../lib/units/format';
import { type ReducedValue } from '../../../../lib/field/reduceFrames';
import { stepColor, thresholdSteps } from '../../../../lib/plot/thresholdSteps';
import { valueEnds } from '../../../../lib/plot/valueEnds';
import type { TemplateScope } from '../../../../lib/template/scope';
import type { BarGaugeOptions } from './options';

interface BarProps {
  readonly value: ReducedValue;
  /** '' for none. */
  readonly name: string;
  /** The longest texts of all bars. */
  readonly fit: { readonly name: string; readonly value: string };
  readonly options: BarGaugeOptions;
  readonly scope: TemplateScope;
  readonly width: number;
  readonly height: number;
  readonly vertical: boolean;
  readonly dark: boolean;
}

export function Bar(props: BarProps) {
  const { value, name, fit, options, width, height, vertical } = props;
  const layout = barGaugeLayout(
    { width, height, vertical, name: fit.name, value: fit.value, namePlacement: options.namePlacement, showValue: options.valueMode !== 'hidden', nameSize: options.text.title, valueSize: options.text.value },
    textWidth,
  );
  const { placement } = layout.name;
  const box: CSSProperties = { flexDirection: vertical ? 'column-reverse' : placement === 'left' ? 'row' : 'column', alignItems: placement === 'left' ? 'center' : undefined };
  return (
    <LinkedBox value={value} scope={props.scope} className="bar-gauge" style={box} title={name === '' ? undefined : name}>
      {placement !== 'none' && (
        <span className="bar-gauge-name" style={{ fontSize: layout.name.size, height: layout.name.height || undefined, width: placement === 'left' ? layout.name.width : '100%', textAlign: vertical ? 'center' : placement === 'left' ? 'right' : 'left' }}>
          {name}
        </span>
      )}
      <span className="bar-gauge-body" style={{ flexDirection: vertical ? 'column-reverse' : 'row' }}>
        {options.mode === 'lcd' ? <LcdBar {...props} layout={layout} /> : <SolidBar {...props} layout={layout} />}
        {options.valueMode !== 'hidden' && <ValueText {...props} layout={layout} />}
      </span>
    </LinkedBox>
  );
}

type PartProps = BarProps & { readonly layout: BarGaugeLayout };

function colorOf(value: ReducedValue): string {
  return value.display.color ?? value.field.color;
}

function ValueText({ value, layout, options, vertical, dark }: PartProps) {
  const color = options.valueMode === 'color' ? readableText(colorOf(value), dark, layout.value.size) : undefined;
  const style: CSSProperties = { fontSize: layout.value.size, color, height: vertical ? layout.value.height : undefined, width: vertical ? undefined : layout.value.width, justifyContent: vertical ? 'center' : options.mode === 'lcd' ? 'flex-end' : 'flex-start' };
  return (
    <span className="bar-gauge-value" style={style}>
      {formatDisplay(value.display)}
    </span>
  );
}

function SolidBar(props: PartProps) {
  const { value, layout, options, vertical, dark } = props;
  const { min, max } = valueEnds(value.field);
  const color = colorOf(value);
  const length = vertical ? layout.bar.height : layout.bar.width;
  const filled = Math.max(1, valueShare(value.display.numeric, min, max) * length);
  const background = options.mode === 'basic' ? withAlpha(color, 0.35) : gradient(props, length, color, min, max, dark);
  const bar: CSSProperties = vertical ? { height: filled, width: '100%', background } : { width: filled, height: '100%', background };
  if (options.mode === 'basic') {
    bar[vertical ? 'borderTop' : 'borderRight'] = `2px solid ${color}`;
  }
  return (
    <span className={options.unfilled ? 'bar-gauge-track unfilled' : 'bar-gauge-track'} style={vertical ? { height: length, width: '100%', alignItems: 'flex-end' } : { width: length, height: '100%' }}>
      <span className="bar-gauge-fill" style={bar} />
    </span>
  );
}

/** Along the thresholds or the colour scheme of the field; a single colour blends from its darker self. */
function gradient({ value, vertical }: BarProps, length: number, color: string, min: number, max: number, dark: boolean): string {
  const direction = vertical ? '0deg' : '90deg';
  const { config } = value.field;
  const mode = config.color?.mode ?? 'thresholds';
  if (mode === 'thresholds') {
    const stops = gradientStops(thresholdSteps(config, min, max, dark), value.display.numeric, min, max, length);
    const [first] = stops;
    const parts = stops.map((stop) => (stop.atPx === undefined ? stop.color : `${stop.atPx}px, ${stop.color}`));
    return first === undefined ? color : `linear-gradient(${direction}, ${first.color}, ${parts.join(' ')})`;
  }
  if (mode.startsWith('continuous-')) {
    const STEPS = 8;
    const colors = Array.from({ length: STEPS + 1 }, (_, i) => value.field.display(min + ((max - min) * i) / STEPS).color ?? color);
    return `linear-gradient(${direction}, ${colors.map((entry, i) => `${entry} ${Math.round((i / STEPS) * length)}px`).join(', ')})`;
  }
  return `linear-gradient(${direction}, ${adjust(color, { lightness: dark ? -15 : 20 })}, ${color})`;
}

function LcdBar(props: PartProps) {
  const { value, layout, options, vertical, dark } = props;
  const { min, max } = valueEnds(value.field);
  const color = colorOf(value);
  const { sizePx, gapPx, values } = lcdCells(vertical ? layout.bar.height : layout.bar.width, min, max);
  const byThresholds = (value.field.config.color?.mode ?? 'thresholds') === 'thresholds';
  const steps = byThresholds ? thresholdSteps(value.field.config, min, max, dark) : [];
  const cells = values.map((at, i) => {
    const lit = value.display.numeric >= at && !Number.isNaN(value.display.numeric) && (at > min || value.display.numeric > min);
    const own = stepColor(steps, at) ?? (byThresholds ? undefined : value.field.display(at).color) ?? color;
    const background = lit ? `radial-gradient(${withAlpha(own, 0.95)} 10%, ${withAlpha(own, 0.6)})` : options.unfilled ? withAlpha(own, 0.18) : 'transparent';
    const size: CSSProperties = vertical ? { height: sizePx, marginTop: gapPx, width: '100%' } : { width: sizePx, marginRight: gapPx, height: '100%' };
    return <span key={i} className="bar-gauge-cell" style={{ ...size, background }} />;
  });
  return (
    <span className="bar-gauge-cells" style={vertical ? { flexDirection: 'column-reverse', width: '100%', height: layout.bar.height } : { width: layout.bar.width }}>
      {cells}
    </span>
  );
}
