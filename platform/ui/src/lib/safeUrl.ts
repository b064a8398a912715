/** What browsers leave out of addresses, so that `java\nscript:` would run. */
const IGNORED = /[\u0000-\u0020\u007f-\u00a0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * An address that may be followed: `http(s)://…`, or one inside this application, which is given relative to the document's
 * base so that it stays under a path prefix. Undefined for every other scheme, for addresses of other hosts without a scheme, and for
 * parts of this page.
 */
export function safeHref(address: string): string | undefined {
  const text = address.trim();
  const seen = text.replace(IGNORED, '').replaceAll('\\', '/');
  if (seen === '' || seen.startsWith('//') || seen.startsWith('#')) {
    return undefined;
  }
  if (/^https?:\/\/[^/]/i.test(seen)) {
    return text;
  }
  // A colon before the first slash, question mark or hash ends a scheme.
  if (/^[^/?#]*:/.test(seen)) {
    return undefined;
  }
  return seen.replace(/^\/+/, '') === '' ? './' : text.replace(/^\//, '');
}

/** Whether the address is another host's. */
export function isElsewhere(href: string): boolean {
  return /^https?:/i.test(href);
}

/** An image that this server has itself: the content security policy lets no other load. */
export function ownImage(address: string, baseUri: string): string | undefined {
  const href = safeHref(address);
  if (href === undefined) {
    return undefined;
  }
  try {
    const url = new URL(href, baseUri);
    return url.origin === new URL(baseUri).origin ? url.href : undefined;
  } catch {
    return undefined; // No address at all.
  }
}

/** A text as a part of an address; half a pair of UTF-16, which `encodeURIComponent` refuses, becomes the mark for what cannot be read. */
export function encodePart(text: string): string {
  return encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, '\ufffd'));
}
