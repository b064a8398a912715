import { safeColor } from '../../../../../lib/color';
import { reduceField } from '../../../../../lib/field/reducers';
import { isFrame } from '../../../../../lib/table/cellOptions';
import { displayText, plainText } from '../../../../../lib/table/cellText';
import { sparkPath } from '../../../../../lib/table/sparkPath';
import type { Column } from '../columns';

interface SparklineCellProps {
  readonly column: Column;
  readonly value: unknown;
  readonly width: number;
  readonly height: number;
  readonly hideValue: boolean;
  readonly filled: boolean;
}

const PADDING_PX = 8;
const VALUE_SHARE = 0.3;

/** A series in a cell as a line, with the value that it comes to. */
export function SparklineCell({ column, value, width, height, hideValue, filled }: SparklineCellProps) {
  const frame = isFrame(value) ? value : undefined;
  const numbers = frame?.fields.find((field) => field.type === 'number') ?? (Array.isArray(value) ? { name: '', type: 'number' as const, values: value as readonly unknown[], config: {} } : undefined);
  if (numbers === undefined) {
    return <>{plainText(value)}</>;
  }
  const times = frame?.fields.find((field) => field.type === 'time');
  const given = typeof value === 'object' && value !== null && 'value' in value ? value.value : undefined;
  const shown = column.field.display(given ?? reduceField(numbers, 'lastNotNull'));
  const lineWidth = Math.max(10, Math.floor((width - 2 * PADDING_PX) * (hideValue ? 1 : 1 - VALUE_SHARE)));
  const lineHeight = height - PADDING_PX;
  const path = sparkPath(numbers.values, times?.values, lineWidth, lineHeight);
  const color = safeColor(shown.color) ?? safeColor(column.field.color) ?? 'currentColor';
  return (
    <span className="cell-spark">
      {!hideValue && <span className="cell-spark-value">{displayText(shown)}</span>}
      <svg width={lineWidth} height={lineHeight} role="img" aria-label={`Line of ${numbers.values.length} values, ${displayText(shown)}`}>
        {filled && path.area !== '' && <path d={path.area} fill={color} opacity={0.17} />}
        <path d={path.line} fill="none" stroke={color} strokeWidth={1.25} />
      </svg>
    </span>
  );
}
