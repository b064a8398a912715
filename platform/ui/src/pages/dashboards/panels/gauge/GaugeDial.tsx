import { LinkedBox } from '../../../../components/plot/LinkedBox';
import { textWidth } from '../../../../components/plot/measureText';
import { pointAt, ringPath, type Ring } from '../../../../lib/plot/arc';
import { formatDisplay } from '../../../../lib/units/format';
import { type ReducedValue } from '../../../../lib/field/reduceFrames';
import { GAUGE_SWEEP, gaugeAngle, gaugeFill, gaugeLayout } from '../../../../lib/plot/gauge';
import { readableText } from '../../../../lib/plot/color';
import { optionalNumber } from '../../../../lib/json';
import { fitFontSize } from '../../../../lib/plot/textFit';
import { thresholdSteps, type ValueStep } from '../../../../lib/plot/thresholdSteps';
import { valueEnds } from '../../../../lib/plot/valueEnds';
import type { TemplateScope } from '../../../../lib/template/scope';
import type { GaugeOptions } from './options';

interface GaugeDialProps {
  readonly value: ReducedValue;
  /** '' for none. */
  readonly name: string;
  /** The longest text of all dials. */
  readonly fit: string;
  readonly options: GaugeOptions;
  readonly scope: TemplateScope;
  readonly width: number;
  readonly height: number;
  readonly dark: boolean;
}

const MAX_TEXT_PX = 100;
const NAME_PX = 14;
/** In a narrower dial labels would leave no room for the dial. */
const LABELS_MIN_PX = 130;

export function GaugeDial({ value, name, fit, options, scope, width, height, dark }: GaugeDialProps) {
  const { config } = value.field;
  const { min, max } = valueEnds(value.field);
  const nameSize = options.text.title ?? Math.min(NAME_PX, Math.max(10, height * 0.12));
  const nameHeight = name === '' ? 0 : nameSize * 1.5;
  const labelled = options.thresholdLabels && width >= LABELS_MIN_PX;
  const layout = gaugeLayout({ width, height, shape: options.shape, thresholdMarkers: options.thresholdMarkers, thresholdLabels: labelled, nameHeight });
  const { cx, cy } = layout.bar;
  const { start, sweep } = GAUGE_SWEEP[options.shape];
  const color = value.display.color ?? value.field.color;
  const neutral = optionalNumber(config.custom?.['neutral']);
  const fill = gaugeFill(value.display.numeric, min, max, neutral, options.shape);
  const text = formatDisplay(value.display);
  const textSize = options.text.value ?? fitFontSize(fit, { width: layout.textWidth, height: layout.textHeight, lineHeight: 1.2, maxPx: MAX_TEXT_PX, weight: 500 }, textWidth);
  const steps = thresholdSteps(config, min, max, dark);
  return (
    <LinkedBox value={value} scope={scope} className="gauge-dial" style={{}}>
      <svg width={width} height={height - nameHeight} role="img" aria-label={`${value.title}: ${text}`}>
        <Pieces ring={layout.bar} from={start} to={start + sweep} segments={options.segments} gap={options.segmentGap} sweep={sweep} className="gauge-rest" />
        {!Number.isNaN(value.display.numeric) && <Pieces ring={layout.bar} from={fill.from} to={fill.to} start={start} segments={options.segments} gap={options.segmentGap} sweep={sweep} fill={color} />}
        {layout.markers && <Markers ring={layout.markers} steps={steps} min={min} max={max} shape={options.shape} />}
        {labelled && <Labels value={value} radius={(layout.markers ?? layout.bar).outer + 4} cx={cx} cy={cy} steps={steps} min={min} max={max} shape={options.shape} />}
        <text x={cx} y={cy} textAnchor="middle" dominantBaseline="central" fontSize={textSize} fontWeight={500} fill={readableText(color, dark, textSize)}>
          {text}
        </text>
      </svg>
      {name !== '' && (
        <span className="gauge-name" style={{ fontSize: nameSize, height: nameHeight }} title={name}>
          {name}
        </span>
      )}
    </LinkedBox>
  );
}

interface PiecesProps {
  readonly ring: Ring;
  readonly from: number;
  readonly to: number;
  /** Where pieces are counted from. */
  readonly start?: number;
  readonly sweep: number;
  readonly segments: number;
  readonly gap: number;
  readonly fill?: string;
  readonly className?: string;
}

/** A stretch of the bar, whole or cut into pieces. */
function Pieces({ ring, from, to, start = from, sweep, segments, gap, fill, className }: PiecesProps) {
  if (to <= from) {
    return null;
  }
  if (segments === 1) {
    return <path d={ringPath(ring, from, to)} fill={fill} className={className} />;
  }
  const piece = sweep / segments;
  return (
    <>
      {Array.from({ length: segments }, (_, i) => {
        const begin = Math.max(from, start + i * piece);
        const end = Math.min(to, start + (i + 1) * piece - piece * gap);
        return end > begin && <path key={i} d={ringPath(ring, begin, end)} fill={fill} className={className} />;
      })}
    </>
  );
}

interface StepsProps {
  readonly steps: readonly ValueStep[];
  readonly min: number;
  readonly max: number;
  readonly shape: GaugeOptions['shape'];
}

function Markers({ ring, steps, min, max, shape }: StepsProps & { readonly ring: Ring }) {
  return steps.map((step, i) => {
    const from = gaugeAngle(Math.max(min, step.value), min, max, shape);
    const to = gaugeAngle(steps[i + 1]?.value ?? max, min, max, shape);
    return to > from && <path key={i} d={ringPath(ring, from, to)} fill={step.color} />;
  });
}

function Labels({ value, radius, cx, cy, steps, min, max, shape }: StepsProps & { readonly value: ReducedValue; readonly radius: number; readonly cx: number; readonly cy: number }) {
  const places = [...new Set([min, ...steps.map((step) => step.value).filter((at) => at > min && at < max), max])];
  return places.map((place) => {
    const angle = gaugeAngle(place, min, max, shape);
    const { x, y } = pointAt(cx, cy, radius, angle);
    const side = Math.sin((angle * Math.PI) / 180);
    return (
      <text key={place} x={x} y={y} fontSize={11} textAnchor={side > 0.2 ? 'start' : side < -0.2 ? 'end' : 'middle'} className="gauge-label">
        {formatDisplay(value.field.display(place))}
      </text>
    );
  });
}
