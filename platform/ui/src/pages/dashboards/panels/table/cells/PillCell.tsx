import { nameColor } from '../../../../../components/palette';
import { safeColor, textOn } from '../../../../../lib/color';
import { resolveColor } from '../../../../../lib/field/colors';
import type { ShownField } from '../../../../../lib/field/fieldConfig';

const MAX_PILLS = 100;

/** Each part of a list as a mark; its colour is that of its mapping, the fixed one, or goes by its text. */
export function PillCell({ pills, field, dark }: { pills: readonly string[]; field: ShownField; dark: boolean }) {
  return (
    <span className="cell-pills">
      {pills.slice(0, MAX_PILLS).map((pill, index) => {
        const background = pillColor(pill, field, dark);
        return (
          <span key={index} className="cell-pill" style={{ background, color: textOn(background) }}>
            {pill}
          </span>
        );
      })}
      {pills.length > MAX_PILLS && ` and ${pills.length - MAX_PILLS} more`}
    </span>
  );
}

function pillColor(pill: string, field: ShownField, dark: boolean): string {
  const { mappings = [], color } = field.config;
  const wanted = mappings.length > 0 ? field.display(pill).color : color?.mode === 'fixed' ? resolveColor(color.fixedColor, dark) : undefined;
  return safeColor(wanted) ?? nameColor(pill);
}
