import { describe, expect, it } from 'vitest';
import { splitAddresses, webAddress } from './webAddress';

describe('webAddress', () => {
  it.each(['javascript:alert(1)', 'JAVASCRIPT://x%0aalert(1)', ' data:text/html,x', 'ftp://x', '//evil.example', '/relative', 'http://', '', undefined])('takes no %j', (text) => {
    expect(webAddress(text)).toBeUndefined();
  });

  it.each([
    ['https://wiki.example/run#x', 'https://wiki.example/run#x'],
    [' HTTP://wiki.example ', 'http://wiki.example/'],
  ])('takes %j', (text, href) => {
    expect(webAddress(text)).toBe(href);
  });
});

describe('splitAddresses', () => {
  it('marks addresses, without what ends a sentence', () => {
    expect(splitAddresses('See https://a.example/b, or (http://c.example).')).toEqual([
      { text: 'See ', href: undefined },
      { text: 'https://a.example/b', href: 'https://a.example/b' },
      { text: ', or (', href: undefined },
      { text: 'http://c.example', href: 'http://c.example/' },
      { text: ').', href: undefined },
    ]);
  });

  it('leaves other texts whole', () => {
    expect(splitAddresses('javascript:alert(1) <b>')).toEqual([{ text: 'javascript:alert(1) <b>', href: undefined }]);
    expect(splitAddresses('')).toEqual([]);
  });
});
