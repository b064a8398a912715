/** An address that may be followed: of http or https, whole. Undefined for any other text. */
export function webAddress(text: string | undefined): string | undefined {
  const address = text?.trim() ?? '';
  if (!/^https?:\/\/\S+$/i.test(address)) {
    return undefined;
  }
  try {
    return new URL(address).href;
  } catch {
    return undefined;
  }
}

const ADDRESS = /https?:\/\/[^\s<>"'`]{1,2000}/gi;

/** A text in pieces, those that are addresses marked. What ends a sentence does not belong to an address. */
export function splitAddresses(text: string): readonly { readonly text: string; readonly href: string | undefined }[] {
  const pieces: { text: string; href: string | undefined }[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const found = match[0].replace(/[.,;:!?)\]}]+$/, '');
    const href = webAddress(found);
    if (href === undefined) continue;
    if (match.index > from) pieces.push({ text: text.slice(from, match.index), href: undefined });
    pieces.push({ text: found, href });
    from = match.index + found.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), href: undefined });
  return pieces;
}
