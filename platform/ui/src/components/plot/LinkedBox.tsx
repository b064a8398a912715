import { useState, type CSSProperties, type ReactNode } from 'react';
import type { ReducedValue } from '../../lib/field/reduceFrames';
import { linksOf, refusedLinks } from '../../lib/field/links';
import type { TemplateScope } from '../../lib/template/scope';
import { DataLinks } from './DataLinks';
import { PlotTooltip } from './PlotTooltip';

interface LinkedBoxProps {
  readonly value: ReducedValue;
  readonly scope: TemplateScope;
  readonly className: string;
  readonly style: CSSProperties;
  readonly title?: string | undefined;
  readonly children: ReactNode;
}

/** A box that is a link where its value has one, and opens a list where it has several. */
export function LinkedBox({ value, scope, className, style, title, children }: LinkedBoxProps) {
  const [open, setOpen] = useState<{ x: number; y: number } | undefined>(undefined);
  const links = linksOf(value.field, value.row, scope, value.display);
  const [only] = links;
  if (only && links.length === 1) {
    return (
      <a className={`${className} value-link`} style={style} href={only.href} title={title ?? only.title} {...(only.targetBlank ? { target: '_blank', rel: 'noreferrer' } : {})}>
        {children}
      </a>
    );
  }
  if (links.length > 1) {
    return (
      <button type="button" className={`${className} value-link`} style={style} title={title} aria-expanded={open !== undefined} onClick={(event) => setOpen({ x: event.clientX, y: event.clientY })}>
        {children}
        {open && (
          <PlotTooltip at={open} pinned onClose={() => setOpen(undefined)}>
            <DataLinks field={value.field} row={value.row} scope={scope} display={value.display} />
          </PlotTooltip>
        )}
      </button>
    );
  }
  const [refused] = refusedLinks(value.field, value.row, scope, value.display);
  return (
    <div className={className} style={style} title={refused?.reason ?? title}>
      {children}
    </div>
  );
}
