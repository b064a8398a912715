import { expect, it } from 'vitest';
import { indentedJson } from './payload';

it.each([
  ['{"a":[1]}', '{\n  "a": [\n    1\n  ]\n}'],
  ['{"a":', '{"a":'],
  ['plain text', 'plain text'],
  ['{"id":12345678901234567890}', '{"id":12345678901234567890}'],
  ['"text"', '"text"'],
  ['', ''],
])('%j', (text, shown) => {
  expect(indentedJson(text)).toBe(shown);
});
