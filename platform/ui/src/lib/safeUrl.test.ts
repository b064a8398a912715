import { expect, it } from 'vitest';
import { encodePart, ownImage, safeHref } from './safeUrl';

it.each([
  ['https://example.com/x?y=1#z', 'https://example.com/x?y=1#z'],
  [' HTTP://example.com ', 'HTTP://example.com'],
  ['/d/abc?var-x=a:b', 'd/abc?var-x=a:b'],
  ['/', './'],
  ['./x', './x'],
  ['../x', '../x'],
  ['d/abc', 'd/abc'],
  ['?var-x=1', '?var-x=1'],
])('follows %j as %j', (address, expected) => expect(safeHref(address)).toBe(expected));

it.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' \u0001javascript:alert(1)',
  'java\nscript:alert(1)',
  'java\u200bscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'blob:https://example.com/x',
  'file:///etc/passwd',
  'mailto:a@example.com',
  '//evil.example/x',
  '/\\evil.example',
  '\\\\evil.example',
  '\t//evil.example',
  'https:evil.example',
  '#part',
  '',
])('does not follow %j', (address) => expect(safeHref(address)).toBeUndefined());

it.each([
  ['/public/img/x.png', 'https://ops.example/tools/public/img/x.png'],
  ['https://ops.example/x.png', 'https://ops.example/x.png'],
  ['https://evil.example/x.png', undefined],
  ['data:image/png;base64,AAAA', undefined],
  ['http://[', undefined],
])('shows the image %j as %j', (address, expected) => expect(ownImage(address, 'https://ops.example/tools/')).toBe(expected));

it('encodes any text', () => expect(encodePart('a/b \ud800\u{1f600}')).toBe('a%2Fb%20%EF%BF%BD%F0%9F%98%80'));
