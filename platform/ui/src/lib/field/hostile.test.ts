import { describe, expect, it } from 'vitest';
import type { DataFrame } from '../frame/frame';
import { PAYLOADS } from '../../testing/payloads';
import { createScope } from '../template/createScope';
import { transformFrames, TRANSFORMERS } from '../transform/transformFrames';
import { formatDisplay } from '../units/format';
import { linksOf } from './links';
import { reduceFrames } from './reduceFrames';
import { showFrames } from './showFrames';

const SCOPE = createScope([]);

/** A frame in which every text is the payload. */
function frameOf(text: string): DataFrame {
  return {
    refId: text,
    name: text,
    length: 2,
    fields: [
      { name: 'Time', type: 'time', values: [1, 2], config: {} },
      { name: text, type: 'number', labels: { [text]: text }, values: [1, null], config: { displayNameFromDS: text } },
      { name: 'text', type: 'string', values: [text, ''], config: {} },
    ],
  };
}

describe.each(Object.entries(PAYLOADS))('the payload %s', (_, text) => {
  const fieldConfig = {
    defaults: {
      displayName: text,
      unit: text,
      noValue: text,
      color: { mode: text, fixedColor: text },
      thresholds: { mode: 'absolute', steps: [{ value: null, color: text }] },
      mappings: [{ type: 'regex', options: { pattern: text, result: { text, color: text } } }, { type: 'value', options: { [text]: { text, color: text } } }],
      links: [{ title: text, url: text }, { title: text, url: '${__data.fields.text}' }, { title: text, url: '/d/x?v=${__data.fields.text}#${__field.labels}' }],
    },
    overrides: [{ matcher: { id: 'byRegexp', options: text }, properties: [{ id: `custom.${text}`, value: text }, { id: 'unit', value: text }] }],
  };

  it('stays text, and gives no colour and no link that could do more', () => {
    const frames = showFrames([frameOf(text)], fieldConfig, { dark: true, scope: SCOPE });
    for (const field of frames[0]?.fields ?? []) {
      for (const color of [field.color, ...field.values.map((value) => field.display(value).color ?? '')]) {
        expect(color).toMatch(/^(#[0-9a-fA-F]{3,8}|[a-z]{3,25})$/i);
      }
      for (const row of [0, 1]) {
        for (const { href } of linksOf(field, row, SCOPE)) {
          expect(['http:', 'https:']).toContain(new URL(href, 'https://base.example/').protocol);
        }
      }
      expect(typeof formatDisplay(field.display(field.values[0]))).toBe('string');
    }
    expect(() => reduceFrames(frames, { values: true, fields: text, calcs: [text] }, { scope: SCOPE, dark: true, fieldConfig })).not.toThrow();
    expect(Object.getPrototypeOf(frames[0]?.fields[1]?.config.custom ?? {})).toBe(Object.prototype);
  });

  it('breaks no transformation', () => {
    const options = {
      ...Object.fromEntries(['regex', 'renamePattern', 'byField', 'source', 'format', 'regExp', 'timeField', 'outputFormat', 'stringField', 'include', 'value', 'mode', 'alias', 'columnField', 'rowField', 'valueField', 'xFieldName', 'yFieldName', 'delimiter'].map((key) => [key, text])),
      fields: { [text]: { operation: 'groupby' }, text: { operation: 'aggregate', aggregations: ['count'] } },
      renameByName: { [text]: text },
      conversions: [{ targetField: text, destinationType: 'time', dateFormat: text }],
      filters: [{ fieldName: 'text', config: { id: 'regex', options: { value: text } } }],
    };
    for (const id of Object.keys(TRANSFORMERS)) {
      expect(() => transformFrames([frameOf(text), frameOf(text)], [{ id, options, disabled: false }], { scope: SCOPE })).not.toThrow();
    }
  });
});
