/** An address that may be followed: of http or https, whole. Undefined for any other text. */
export function webAddress(text: string): string | undefined {
  if (!/^https?:\/\/[^\s]+$/i.test(text)) {
    return undefined;
  }
  try {
    return new URL(text).href;
  } catch {
    return undefined;
  }
}
