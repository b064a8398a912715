import { describe, expect, it } from 'vitest';
import { describeChange, describePath, readHistoryView } from './changes';

describe('describePath', () => {
  it.each([
    ['', 'the whole dashboard'],
    ['/title', 'title'],
    ['/panels/0/title', 'panels[0].title'],
    ['/a~1b/c~0d', '["a/b"]["c~d"]'],
    ['/templating/list/2/current/text', 'templating.list[2].current.text'],
  ])('%s', (pointer, expected) => {
    expect(describePath(pointer)).toBe(expected);
  });
});

describe('describeChange', () => {
  it.each([
    [{ op: 'add', path: '/tags/1', from: undefined, before: undefined, value: 'api' }, { what: 'added', place: 'tags[1]', before: undefined, after: 'api' }],
    [{ op: 'remove', path: '/refresh', from: undefined, before: null, value: undefined }, { what: 'removed', place: 'refresh', before: 'null', after: undefined }],
    [{ op: 'replace', path: '/panels/0/gridPos', from: undefined, before: { x: 1 }, value: 2 }, { what: 'changed', place: 'panels[0].gridPos', before: '{"x":1}', after: '2' }],
    [{ op: 'move', path: '/panels/2', from: '/panels/0', before: undefined, value: undefined }, { what: 'moved', place: 'panels[2]', before: 'panels[0]', after: undefined }],
  ])('%j', (change, expected) => {
    expect(describeChange(change)).toEqual(expected);
  });

  it('cuts long values', () => {
    expect(describeChange({ op: 'add', path: '/x', from: undefined, before: undefined, value: 'y'.repeat(1000) }).after).toHaveLength(301);
  });
});

it('reads versions from the address and leaves out what is none', () => {
  expect(readHistoryView(new URLSearchParams('base=2&new=5&diff=lines&json=3'))).toEqual({ base: 2, next: 5, lines: true, json: 3 });
  expect(readHistoryView(new URLSearchParams('base=-2&new=x&json=1.5'))).toEqual({ base: undefined, next: undefined, lines: false, json: undefined });
});
