import type { DataFrame } from './frame/frame';

/** Spreadsheets take what begins so for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * A frame as CSV: a line of names, then one line a row. A text that a spreadsheet would run as a formula gets a quote
 * before it; numbers keep their sign.
 */
export function toCsv(frame: DataFrame, headers: readonly string[]): string {
  const lines = [headers.map((header) => cell(header)).join(',')];
  for (let row = 0; row < frame.length; row++) {
    lines.push(frame.fields.map((field) => (field.type === 'time' ? time(field.values[row]) : cell(field.values[row]))).join(','));
  }
  // The mark tells Excel that the text is UTF-8.
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

function time(value: unknown): string {
  return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < 8.64e15 ? new Date(value).toISOString() : '';
}

function cell(value: unknown): string {
  if (value === null || value === undefined) {
    return '';
  }
  if (typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) || safe !== text ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A name that every file system takes. */
export function fileName(title: string, extension: string): string {
  const plain = title.replace(/[^\p{L}\p{N}_-]+/gu, '-').replace(/^-+|-+$/g, '').slice(0, 80);
  return `${plain === '' ? 'panel' : plain}.${extension}`;
}
