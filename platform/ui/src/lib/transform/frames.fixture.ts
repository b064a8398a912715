import type { DataFrame, Field, FieldType } from '../frame/frame';
import type { Labels } from '../labels';

/** Frames for tests, and what they hold in a form that is easy to compare. */
export function table(refId: string, columns: Readonly<Record<string, readonly unknown[]>>, name?: string): DataFrame {
  const fields = Object.entries(columns).map(([title, values]): Field => ({ name: title, type: typeOf(title, values), values, config: {} }));
  return { refId, name, fields, length: fields[0]?.values.length ?? 0 };
}

export function series(refId: string, legend: string, times: readonly number[], values: readonly unknown[], labels?: Labels): DataFrame {
  return {
    refId,
    name: undefined,
    length: times.length,
    fields: [
      { name: 'Time', type: 'time', values: times, config: {} },
      { name: 'Value', type: 'number', values, labels, config: { displayNameFromDS: legend } },
    ],
  };
}

/** The shown name of each field with its values. */
export function content(frame: DataFrame | undefined): [string, unknown[]][] {
  return (frame?.fields ?? []).map((field) => [field.config.displayName ?? field.config.displayNameFromDS ?? field.name, [...field.values]]);
}

function typeOf(title: string, values: readonly unknown[]): FieldType {
  const first = values.find((value) => value !== null && value !== undefined);
  if (/^time/i.test(title)) {
    return 'time';
  }
  return typeof first === 'number' || typeof first === 'string' || typeof first === 'boolean' ? (typeof first as FieldType) : 'other';
}
