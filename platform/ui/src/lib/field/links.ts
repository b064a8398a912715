import { safeHref } from '../safeUrl';
import { encodeStrict, encodeUriStrict } from '../template/formats';
import type { TemplateScope } from '../template/scope';
import { fieldNamer } from './displayName';
import type { DataLink, DisplayValue, ShownField, ShownFrame } from './fieldConfig';
import { replaceData, type DataPlace } from './macros';

/** A link of a field, its references replaced. */
export interface FieldLink {
  readonly title: string;
  /** Of http or https, or relative to the base of this application. */
  readonly href: string;
  readonly targetBlank: boolean;
}

/** A link that is not offered, and why. */
export interface RefusedLink {
  readonly title: string;
  readonly reason: string;
}

/** The links of a field for the value in a row, or for a calculated value (`row` undefined). Those that must not be followed are left out. */
export function linksOf(field: ShownField, row: number | undefined, scope: TemplateScope | undefined, shown?: DisplayValue): FieldLink[] {
  return resolveLinks(field, row, scope, shown).filter((link) => 'href' in link);
}

/** The links that `linksOf` leaves out. */
export function refusedLinks(field: ShownField, row: number | undefined, scope: TemplateScope | undefined, shown?: DisplayValue): RefusedLink[] {
  return resolveLinks(field, row, scope, shown).filter((link) => 'reason' in link);
}

/** A link outside data, such as one of a panel's head: only variables are replaced. */
export function resolveLink(link: DataLink, scope: TemplateScope | undefined): FieldLink | RefusedLink {
  const title = scope?.replace(link.title, 'text') ?? link.title;
  return checked(title, scope?.replace(oneLine(link.url), 'url') ?? oneLine(link.url), link.targetBlank);
}

function resolveLinks(field: ShownField, row: number | undefined, scope: TemplateScope | undefined, shown: DisplayValue | undefined): (FieldLink | RefusedLink)[] {
  const { links } = field.config;
  if (links === undefined || links.length === 0) {
    return [];
  }
  const frame: ShownFrame = field.frameOf?.() ?? { refId: '', name: undefined, length: field.values.length, fields: [field] };
  const named = fieldNamer([frame]);
  const place: DataPlace = {
    frame,
    field,
    rowIndex: row,
    shown: row === undefined ? shown : undefined,
    nameOf: (other, of) => (other as Partial<ShownField>).title ?? named(other, of),
    display: (other, value) => (other as ShownField).display(value),
  };
  return links.map((link) => {
    const href = replaceData(oneLine(link.url), place, scope, 'url', encodeForUrl);
    const title = replaceData(link.title, place, scope);
    return checked(title === '' ? href : title, href, link.targetBlank);
  });
}

function checked(title: string, href: string, targetBlank: boolean): FieldLink | RefusedLink {
  const safe = safeHref(href);
  return safe === undefined
    ? { title, reason: `The link "${title}" is not offered: its address is neither relative nor of http or https.` }
    : { title, href: safe, targetBlank };
}

/**
 * What data say, written so that it stays where it stands: a whole address at the start, path segments before the query,
 * one parameter within it.
 */
function encodeForUrl(value: string, before: string): string {
  if (before === '') {
    return value;
  }
  return /[?#]/.test(before) ? encodeStrict(value) : encodeUriStrict(value).replace(/[?#]/g, encodeURIComponent);
}

function oneLine(address: string): string {
  return address.replace(/[\r\n\t]/g, '');
}
