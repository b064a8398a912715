import { linksOf, refusedLinks } from '../../lib/field/links';
import type { DisplayValue, ShownField } from '../../lib/field/fieldConfig';
import type { TemplateScope } from '../../lib/template/scope';

/** The data links of a field, for the value in one row or for one that was calculated. Those that must not be followed are named with the reason. */
export function DataLinks({ field, row, scope, display }: { field: ShownField; row: number | undefined; scope: TemplateScope; display?: DisplayValue }) {
  const links = linksOf(field, row, scope, display);
  const refused = refusedLinks(field, row, scope, display);
  return links.length + refused.length === 0 ? null : (
    <div className="plot-tooltip-links">
      {links.map((link, at) => (
        <a key={at} href={link.href} {...(link.targetBlank ? { target: '_blank', rel: 'noreferrer' } : {})}>
          {link.title}
        </a>
      ))}
      {refused.map(({ reason }, at) => (
        <span key={at} className="plot-tooltip-rest">
          {reason}
        </span>
      ))}
    </div>
  );
}
