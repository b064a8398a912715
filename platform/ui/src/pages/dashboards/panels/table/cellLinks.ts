import { linksOf } from '../../../../lib/field/links';
import { safeHref } from '../../../../lib/safeUrl';
import type { TemplateScope } from '../../../../lib/template/scope';
import type { Column } from './columns';

export interface CellLink {
  readonly title: string;
  readonly href: string;
  readonly newTab: boolean;
}

/** The links of a cell with what its row says in them; those that may not be followed are left out. */
export function cellLinks(column: Column, row: number, scope: TemplateScope): readonly CellLink[] {
  return linksOf(column.field, row, scope).flatMap(({ title, href, targetBlank }) => {
    const safe = safeHref(href);
    return safe === undefined ? [] : [{ title, href: safe, newTab: targetBlank }];
  });
}
