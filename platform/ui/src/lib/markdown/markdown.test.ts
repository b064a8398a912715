import { describe, expect, it } from 'vitest';
import { PAYLOADS } from '../../testing/payloads';
import { decodeEntities, quietHtml, readHtml } from './htmlText';
import { markupTree, type MarkupNode } from './htmlTree';
import { markdownTree } from './markdownTree';
import { SafeTreeBuilder, type SafeNode, type SafeTree } from './safeTree';
import { safeStyle } from './safeStyle';

/** The tree as short text: `p(text, b(text))`. */
function brief(nodes: readonly SafeNode[]): string {
  return nodes.map((node) => (typeof node === 'string' ? node : `${node.tag}${Object.entries(node.attributes).map(([name, value]) => `[${name}=${value}]`).join('')}(${brief(node.children)})`)).join(', ');
}

function html(text: string): SafeTree {
  const builder = new SafeTreeBuilder();
  readHtml(text, builder);
  return builder.tree();
}

it.each([
  ['# Title\nSome **bold** and `code`', 'h1(Title), p(Some , strong(bold),  and , code(code))'],
  ['a & b &amp; c &lt;d&gt; &nope;', 'p(a & b & c <d> &nope;)'],
  ['- one\n- [x] two\n  1. three', 'ul(li(one), li(input[checked=](), two, ol[start=1](li(three))))'],
  ['```sh\nls <x>\n```', 'pre(code(ls <x>))'],
  ['[a *b*](https://example.com/ "t") [c](/d/x)', 'p(a[title=t][href=https://example.com/](a , em(b)),  , a[href=d/x](c))'],
  ['|a|b|\n|-|:-:|\n|1|**2**|', 'table(thead(tr(th(a), th(b))), tbody(tr(td(1), td(strong(2)))))'],
  ['line  \nbreak\n\n---\n\n> quote', 'p(line, br(), break), hr(), blockquote(p(quote))'],
  ['<div align="center">\n\n**x**\n\n</div>\n\nafter', 'div(p(strong(x))), p(after)'],
  ['a <b>bold <i>both</b> after', 'p(a , b(bold , i(both)),  after)'],
  ['a <script>alert(1)</script> b', 'p(a ,  b)'],
  ['x </p></div> y', 'p(x ,  y)'],
  ['![alt](x.png)', 'p(img[alt=alt][src=x.png]())'],
  ['<iframe src="https://example.com"></iframe>', ''],
])('reads %j', (source, expected) => expect(brief(markdownTree(source).nodes)).toBe(expected));

it('says what it leaves out', () => {
  expect(markdownTree(`${PAYLOADS['script']}\n\n${PAYLOADS['frame']}\n\n${PAYLOADS['form']}`).leftOut).toEqual(['button', 'form', 'iframe', 'input', 'script']);
  expect(markdownTree('x'.repeat(100_001)).cut).toBe(true);
});

it.each([
  ['a<br>b<hr/>', 'a, br(), b, hr()'],
  ['<p title="a &quot;b&quot;" onclick=x>t</p>', 'p[title=a "b"](t)'],
  ['<font color=red>x</font>', 'span(x)'],
  ['1 < 2 <3', '1 , <,  2 , <, 3'],
  ['<b', '<b'],
  ['<!-- <b>x</b> -->y', 'y'],
  ['<svg><svg></svg>in</svg>out', 'out'],
  ['<blink>x</blink>', 'x'],
  ['<td colspan="2" rowspan="x">y', 'td[colspan=2](y)'],
])('reads the HTML %j', (text, expected) => expect(brief(html(text).nodes)).toBe(expected));

it('keeps styles that load and cover nothing', () => {
  expect(safeStyle('color: red; text-align:center; font-size: 12px !important; width: calc(100% - 2px); background: #123')).toEqual({
    color: 'red',
    textAlign: 'center',
    fontSize: '12px',
    width: 'calc(100% - 2px)',
    background: '#123',
  });
});

it.each(['background: url(x)', 'background: URL ("x")', 'background: u\\72l(x)', 'background-image: url(x)', 'position: fixed', 'z-index: 9', 'margin: -100px', 'width: expression(alert(1))', 'color: var(--x)', 'behavior: x', 'background: image-set("x" 1x)', 'color: re/**/d/*', '--x: 1', 'transform: scale(9)'])(
  'leaves out the style %s',
  (text) => expect(JSON.stringify(safeStyle(text))).not.toMatch(/url|expression|fixed|"-|image|var|behavior|scale|9/i),
);

it('reads character references', () => expect(decodeEntities('&#65;&#x42;&copy;&constructor;&#0;&#xd800;')).toBe('AB©&constructor;\ufffd\ufffd'));

it.each([
  ['<b onclick=x title="a&quot;b">1 < 2 &amp; 3</b>', '<b title="a&quot;b">1 &lt; 2 &amp; 3</b>'],
  ['<base href="https://evil.example/"><img src=x ONERROR=alert(1)>', '<img src="x">'],
  ['<svg/onload=alert(1)>', '<svg>'],
  ['<script>alert(1)</script>', '<script>alert(1)</script>'],
  ['<x:y on-z=1 @click=2 data-a=3>', '<x:y data-a="3">'],
])('writes %j quietly', (text, expected) => expect(quietHtml(text)).toBe(expected));

/** A parsed document stands for the browser's: element, text. */
function element(nodeName: string, attributes: Record<string, string>, ...childNodes: MarkupNode[]): MarkupNode {
  return { nodeType: 1, nodeName, nodeValue: null, childNodes, attributes: Object.entries(attributes).map(([name, value]) => ({ name, value })) };
}
const words = (text: string): MarkupNode => ({ nodeType: 3, nodeName: '#text', nodeValue: text, childNodes: [] });

it('reads a parsed document', () => {
  const body = element('BODY', {}, element('DIV', { STYLE: 'color:red', onclick: 'x' }, words('a'), element('SCRIPT', {}, words('alert(1)')), element('SVG', {}, element('a', { href: 'x' })), words('b')), element('BR', {}), { ...words('c'), nodeType: 8 });
  const tree = markupTree(body);
  expect(brief(tree.nodes)).toBe('div(a, b), br()');
  expect(tree.leftOut).toEqual(['script', 'svg']);
});

describe.each(Object.entries(PAYLOADS))('the payload %s', (_, payload) => {
  it.each([
    ['as markdown', () => markdownTree(payload)],
    ['in a list of markdown', () => markdownTree(`- ${payload}\n- after`)],
    ['in a table of markdown', () => markdownTree(`|a|\n|-|\n|${payload}|`)],
    ['as the address of a link', () => markdownTree(`[x](<${payload}>) ![y](<${payload}>)`)],
    ['as HTML', () => html(payload)],
    ['in attributes of HTML', () => html(`<a href="${payload}" style="${payload}" title="${payload}" onclick="${payload}">x</a>`)],
    ['in a parsed document', () => markupTree(element('BODY', {}, element('A', { href: payload, style: payload, src: payload, onclick: payload }, words(payload)), element(/^[a-z]+$/i.test(payload) ? payload.slice(0, 50) : 'IMG', { src: payload, onerror: payload })))],
  ])('is inert %s', (__, make) => {
    expect(unsafe(make().nodes)).toEqual([]);
  });
});

const INERT = /^(h[1-6]|p|div|span|a|b|strong|i|em|u|s|del|ins|mark|small|big|sub|sup|code|pre|kbd|samp|var|tt|blockquote|ul|ol|li|dl|dt|dd|table|thead|tbody|tfoot|tr|th|td|caption|colgroup|col|hr|br|img|details|summary|abbr|cite|q|dfn|time|figure|figcaption|section|article|aside|address|wbr|bdi|input)$/;

/** Everything in the tree that could run, load or cover. */
function unsafe(nodes: readonly SafeNode[]): string[] {
  return nodes.flatMap((node) => {
    if (typeof node === 'string') return [];
    const found = INERT.test(node.tag) ? [] : [node.tag];
    for (const [name, value] of Object.entries(node.attributes)) {
      if (/^on|^(srcdoc|formaction|action|xlink:href|style|id|class|name)$/.test(name)) found.push(name);
      if (name === 'href' && !/^https?:\/\//i.test(value) && new URL(value, 'https://base.example/').origin !== 'https://base.example') found.push(value);
    }
    for (const [name, value] of Object.entries(node.style)) {
      if (/url|image|expression|\\|@|fixed|absolute|sticky/i.test(`${name}${value}`)) found.push(`${name}:${value}`);
    }
    return [...found, ...unsafe(node.children)];
  });
}
