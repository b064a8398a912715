import type { ShownField } from '../../lib/field/fieldConfig';
import { fieldLinks } from '../../lib/plot/fieldAccess';
import type { TemplateScope } from '../../lib/template/scope';

/** The data links of a field, for the value in one row. */
export function DataLinks({ field, row, scope }: { field: ShownField; row: number; scope: TemplateScope }) {
  const links = fieldLinks(field, row, scope);
  return links.length === 0 ? null : (
    <div className="plot-tooltip-links">
      {links.map((link, at) => (
        <a key={at} href={link.href} {...(link.targetBlank ? { target: '_blank', rel: 'noreferrer' } : {})}>
          {link.title}
        </a>
      ))}
    </div>
  );
}
