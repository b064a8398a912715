import type { DisplayValue } from '../../../../../lib/field/fieldConfig';
import { cssRgb, parseColor, readableText, safeColor, shade } from '../../../../../lib/color';
import { displayText } from '../../../../../lib/table/cellText';

interface GaugeCellProps {
  readonly display: DisplayValue;
  readonly mode: 'basic' | 'gradient' | 'lcd';
  readonly valueMode: 'color' | 'text' | 'hidden';
  readonly dark: boolean;
}

const FALLBACK = 'var(--mantine-primary-color-filled)';

/** A bar from the smallest to the largest value of the column, with the value beside it. */
export function GaugeCell({ display, mode, valueMode, dark }: GaugeCellProps) {
  const color = safeColor(display.color) ?? FALLBACK;
  const share = Number.isFinite(display.percent) ? Math.max(0, Math.min(1, display.percent ?? 0)) : 0;
  return (
    <span className="cell-gauge">
      <span className={`cell-gauge-track gauge-${mode}`}>
        <span className="cell-gauge-bar" style={{ width: `${share * 100}%`, ...barGround(mode, color) }} />
      </span>
      {valueMode !== 'hidden' && (
        <span className="cell-gauge-value" style={valueMode === 'color' ? { color: readableText(color, dark) } : undefined}>
          {displayText(display)}
        </span>
      )}
    </span>
  );
}

function barGround(mode: GaugeCellProps['mode'], color: string): { background: string } {
  const rgb = parseColor(color);
  return { background: mode === 'gradient' && rgb ? `linear-gradient(90deg, ${cssRgb(shade(rgb, 18, -12))}, ${cssRgb(rgb)})` : color };
}
