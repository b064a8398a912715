import type { ShownFrame } from '../../../../lib/field/fieldConfig';
import { replaceData } from '../../../../lib/field/macros';
import { encodePart, safeHref } from '../../../../lib/safeUrl';
import type { TemplateScope } from '../../../../lib/template/scope';
import type { Column } from './columns';

export interface CellLink {
  readonly title: string;
  readonly href: string;
  readonly newTab: boolean;
}

/** The links of a cell with what its row says in them; those that may not be followed are left out. */
export function cellLinks(column: Column, row: number, frame: ShownFrame, scope: TemplateScope): readonly CellLink[] {
  const { field } = column;
  const place = { frame, field, rowIndex: row, nameOf: (other: { readonly name: string }) => frame.fields.find((shown) => shown === other)?.title ?? other.name, display: (_: unknown, value: unknown) => field.display(value) };
  return (field.config.links ?? []).flatMap((link) => {
    const href = safeHref(replaceData(link.url.replaceAll('\n', ''), place, scope, 'url', encodePart));
    return href === undefined ? [] : [{ title: replaceData(link.title, place, scope) || href, href, newTab: link.targetBlank }];
  });
}
