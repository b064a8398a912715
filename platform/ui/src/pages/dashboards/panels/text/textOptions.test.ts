import { expect, it } from 'vitest';
import { textOptions } from './textOptions';

it.each([
  [{}, {}, { mode: 'markdown', content: '', language: 'plaintext', lineNumbers: false }],
  [{ mode: 'html', content: '<b>x</b>' }, {}, { mode: 'html', content: '<b>x</b>', language: 'plaintext', lineNumbers: false }],
  [{ mode: 'code', content: 'a', code: { language: 'yaml', showLineNumbers: true } }, {}, { mode: 'code', content: 'a', language: 'yaml', lineNumbers: true }],
  [{}, { mode: 'html', content: 'old' }, { mode: 'html', content: 'old', language: 'plaintext', lineNumbers: false }],
  [{ mode: 'text', content: 7 }, {}, { mode: 'markdown', content: '', language: 'plaintext', lineNumbers: false }],
])('reads %j of %j', (options, panel, expected) => expect(textOptions(options, panel)).toEqual(expected));
