/** JSON set in lines to be read; any other text, and JSON that was cut, as it is. Numbers beyond JavaScript's keep the text as it is too. */
export function indentedJson(text: string): string {
  if (!/^\s*[[{]/.test(text) || /\d{16}/.test(text)) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
