import type { DisplayValue } from '../field/fieldConfig';
import { isFrame } from './cellOptions';

/** Longer texts are cut in cells; the whole is in the inspected value. */
const MAX_CHARS = 10_000;

/** Prefix, text and suffix in one. */
export function displayText({ prefix = '', text, suffix = '' }: DisplayValue): string {
  return `${prefix}${text}${suffix}`;
}

export function cut(text: string): string {
  return text.length > MAX_CHARS ? `${text.slice(0, MAX_CHARS)}… (${text.length.toLocaleString('en')} characters)` : text;
}

/** A value as a person may copy it: texts as they are, frames and objects as JSON. */
export function plainText(value: unknown, indent = false): string {
  if (value === null || value === undefined) {
    return '';
  }
  if (isFrame(value)) {
    return jsonText(recordsOf(value), indent);
  }
  if (Array.isArray(value) && value.length > 0 && value.every(isFrame)) {
    return jsonText(value.map(recordsOf), indent);
  }
  return typeof value === 'object' ? jsonText(value, indent) : String(value);
}

/** JSON indented where the value is JSON, else the text. */
export function prettyText(value: unknown): string {
  if (typeof value !== 'string') {
    return plainText(value, true);
  }
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'object' && parsed !== null ? JSON.stringify(parsed, null, 1) : value;
  } catch {
    return value; // Not JSON.
  }
}

function recordsOf(frame: { readonly fields: readonly { readonly name: string; readonly values: readonly unknown[] }[]; readonly length: number }): unknown {
  return Array.from({ length: Math.min(frame.length, 1000) }, (_, row) => Object.fromEntries(frame.fields.map((field) => [field.name, field.values[row]])));
}

function jsonText(value: unknown, indent: boolean): string {
  try {
    return JSON.stringify(value, null, indent ? 1 : 0) ?? '';
  } catch {
    return String(value); // A cycle.
  }
}

/** The marks of a pill cell: a JSON list, or a list parted by commas. */
export function pillsOf(value: unknown): readonly string[] {
  if (value === null || value === undefined || value === '') {
    return [];
  }
  const list = Array.isArray(value) ? value : parsedList(String(value));
  return list.map((item) => (typeof item === 'object' ? JSON.stringify(item) : String(item)));
}

function parsedList(text: string): readonly unknown[] {
  if (text.startsWith('[')) {
    try {
      const parsed: unknown = JSON.parse(text);
      if (Array.isArray(parsed)) {
        return parsed;
      }
    } catch {
      // A text that only begins like a list.
    }
  }
  return text.trim().split(',').map((part) => part.trim());
}
