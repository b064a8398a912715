import { expect, it } from 'vitest';
import { parseMarkdown } from './markdown';

it('reads headings, paragraphs, lists and code', () => {
  expect(parseMarkdown('# Title\nSome **bold** and `code`\nin two lines\n\n- one\n- two\n\n```\nx < y\n```')).toEqual([
    { kind: 'heading', level: 1, content: [{ kind: 'text', text: 'Title' }] },
    {
      kind: 'paragraph',
      content: [
        { kind: 'text', text: 'Some ' },
        { kind: 'strong', text: 'bold' },
        { kind: 'text', text: ' and ' },
        { kind: 'code', text: 'code' },
        { kind: 'text', text: ' in two lines' },
      ],
    },
    { kind: 'list', ordered: false, items: [[{ kind: 'text', text: 'one' }], [{ kind: 'text', text: 'two' }]] },
    { kind: 'code', text: 'x < y' },
  ]);
});

it.each(['javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'data:text/html,x', '//evil.example/x', 'vbscript:x'])('makes no link to %s', (href) => {
  expect(JSON.stringify(parseMarkdown(`[here](${href})`))).not.toContain('"link"');
});

it.each(['https://example.com/x', '/d/abc', './x', '#part'])('links to %s', (href) => {
  expect(parseMarkdown(`[here](${href})`)).toEqual([{ kind: 'paragraph', content: [{ kind: 'link', text: 'here', href }] }]);
});
