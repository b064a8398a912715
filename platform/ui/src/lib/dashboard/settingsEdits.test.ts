import { describe, expect, it } from 'vitest';
import type { Json } from '../json';
import { PAYLOADS } from '../../testing/payloads';
import { annotationFailures, annotationText, copyOfAnnotation, newAnnotation, panelChoice, withAnnotationSource, withAnnotationText, withPanels } from './annotationEdits';
import { linkFailures, newLink, urlFailure } from './linkEdits';
import { freeName, inserted, moved, replaced, without } from './listEdits';
import { copyOfVariable, nameFailure, newVariable, queryFormOf, queryTextOf, QUERY_FORMS, variableFailures, withFixedText, withKind, withMulti, withQueryText, withSwitchValue } from './variableEdits';

describe('lists', () => {
  it.each<[string, readonly string[], string]>([
    ['up', moved(['a', 'b', 'c'], 1, -1), 'bac'],
    ['down', moved(['a', 'b', 'c'], 1, 1), 'acb'],
    ['the first up: nothing', moved(['a', 'b'], 0, -1), 'ab'],
    ['the last down: nothing', moved(['a', 'b'], 1, 1), 'ab'],
    ['replaced', replaced(['a', 'b'], 1, 'x'), 'ax'],
    ['without', without(['a', 'b'], 0), 'b'],
    ['inserted', inserted(['a', 'b'], 1, 'x'), 'axb'],
  ])('%s', (_, list, expected) => {
    expect(list.join('')).toBe(expected);
  });

  it('finds a name that is free', () => {
    expect([freeName('a', []), freeName('a', ['a']), freeName('a', ['a', 'a2'])]).toEqual(['a', 'a2', 'a3']);
  });
});

describe('names of variables', () => {
  it.each<[string, string[], string | undefined]>([
    ['job', [], undefined],
    ['job_2', ['job'], undefined],
    ['2nd', [], undefined],
    ['', [], 'A name has letters, digits and underscores only.'],
    ['a-b', [], 'A name has letters, digits and underscores only.'],
    ['größe', [], 'A name has letters, digits and underscores only.'],
    ['a\n', [], 'A name has letters, digits and underscores only.'],
    ['__range', [], 'Names that begin with two underscores are those of built-in variables.'],
    ['job', ['job'], 'Another variable has this name.'],
  ])('%j among %j', (name, others, expected) => {
    expect(nameFailure(name, others)).toBe(expected);
  });

  it('names the second of two equal ones', () => {
    expect(variableFailures([{ name: 'a' }, { name: 'b' }, { name: 'a' }])).toEqual(['Variable “a”: Another variable has this name.']);
    expect(copyOfVariable({ name: 'a', type: 'custom', x: 1 }, ['a', 'copy_of_a'])).toEqual({ name: 'copy_of_a2', type: 'custom', x: 1 });
    expect(newVariable(['variable'])['name']).toBe('variable2');
  });
});

describe('kinds and queries of variables', () => {
  it('keeps what is of every kind, and what is not known', () => {
    const before = { name: 'a', label: 'A', type: 'query', query: { qryType: 1 }, regex: '/x/', future: { a: 1 }, current: { text: 'x', value: 'x' } };
    expect(withKind(before, 'custom')).toEqual({ name: 'a', label: 'A', future: { a: 1 }, type: 'custom', query: '' });
    expect(withKind(withKind(before, 'constant'), 'textbox')).toEqual({ name: 'a', label: 'A', future: { a: 1 }, type: 'textbox', query: '' });
  });

  it.each<['prometheus' | 'loki' | 'tempo', string, unknown]>([
    ['prometheus', 'label_values(up, job)', { refId: 'A', own: 1, query: 'label_values(up, job)', qryType: 1 }],
    ['prometheus', 'label_names()', { refId: 'A', own: 1, query: 'label_names()', qryType: 0 }],
    ['prometheus', 'metrics(go_.*)', { refId: 'A', own: 1, query: 'metrics(go_.*)', qryType: 2 }],
    ['prometheus', 'query_result(up)', { refId: 'A', own: 1, query: 'query_result(up)', qryType: 3 }],
    ['prometheus', 'up{job="a"}', { refId: 'A', own: 1, query: 'up{job="a"}', qryType: 4 }],
    ['prometheus', '', ''],
    ['loki', 'label_values({job="a"}, pod)', { refId: 'A', own: 1, type: 1, label: 'pod', stream: '{job="a"}' }],
    ['loki', 'label_names()', { refId: 'A', own: 1, type: 0 }],
    ['loki', 'label_val', 'label_val'],
    ['tempo', 'label_values(resource.service.name)', { refId: 'A', own: 1, type: 1, label: 'resource.service.name', stream: '' }],
  ])('%s: %s', (source, text, query) => {
    const written = withQueryText({ name: 'a', query: { refId: 'A', own: 1, label: 'old', metric: 'old' } }, text, source);
    expect(written['query']).toEqual(query);
    expect(queryTextOf(written, source)).toBe(text);
  });

  it('offers texts of the form that they are offered for', () => {
    for (const { value, text } of Object.values(QUERY_FORMS).flat()) {
      expect(queryFormOf(text)).toBe(value);
    }
  });

  it.each<[string, Json, Json]>([
    ['several', withMulti({ current: { text: 'a', value: 'a', selected: true } }, true), { multi: true, current: { text: ['a'], value: ['a'], selected: true } }],
    ['one', withMulti({ current: { text: ['a', 'b'], value: ['a', 'b'] } }, false), { multi: false, current: { text: 'a', value: 'a' } }],
    ['nothing chosen', withMulti({}, true), { multi: true }],
    ['a constant', withFixedText({ type: 'constant' }, 'x'), { type: 'constant', query: 'x', current: { text: 'x', value: 'x' }, options: [{ selected: true, text: 'x', value: 'x' }] }],
    [
      'a switch that is on',
      withSwitchValue({ current: { text: 'Enabled', value: 'true' }, enabledValue: 'true' }, 'on', 'yes'),
      { current: { text: 'Enabled', value: 'yes' }, options: [{ text: 'Enabled', value: 'yes' }, { text: 'Disabled', value: 'false' }] },
    ],
  ])('%s', (_, written, expected) => {
    expect(written).toEqual(expected);
  });
});

describe('annotations', () => {
  it('writes options where the reader looks first', () => {
    const old = { name: 'a', expr: 'up', step: '30s', titleFormat: 'T', future: 1 };
    expect(annotationText(old, 'expr')).toBe('up');
    expect(withAnnotationText(old, 'expr', 'down')).toEqual({ name: 'a', step: '30s', titleFormat: 'T', future: 1, target: { refId: 'Anno', expr: 'down' } });
    const newer = { target: { expr: 'up', titleFormat: 'T', interval: '1m' } };
    expect([annotationText(newer, 'titleFormat'), annotationText(newer, 'step')]).toEqual(['T', '1m']);
    expect(withAnnotationText(newer, 'titleFormat', '')).toEqual({ target: { expr: 'up', interval: '1m' } });
    expect(withAnnotationText(newer, 'step', '5m')).toEqual({ step: '5m', target: { expr: 'up', titleFormat: 'T' } });
  });

  it('keeps the query only for a source of its language', () => {
    const given = { name: 'a', color: 1, datasource: 'x', target: { expr: 'up' } };
    expect(withAnnotationSource(given, { type: 'prometheus', uid: 'p' }, true)).toEqual({ ...given, datasource: { type: 'prometheus', uid: 'p' } });
    expect(withAnnotationSource(given, { type: 'loki', uid: 'l' }, false)).toEqual({ name: 'a', color: 1, datasource: { type: 'loki', uid: 'l' }, target: { refId: 'Anno' } });
  });

  it('is for panels', () => {
    const only = withPanels({ filter: { own: 1 } }, 'only', [1, 2]);
    expect(only).toEqual({ filter: { own: 1, exclude: false, ids: [1, 2] } });
    expect([panelChoice(only), panelChoice(withPanels(only, 'except', [1])), panelChoice(withPanels(only, 'all', [1])), panelChoice({ filter: null })]).toEqual(['only', 'except', 'all', 'all']);
  });

  it('copies the built-in one as one that can be deleted', () => {
    expect(copyOfAnnotation({ name: 'a', builtIn: 1 }, [])).toEqual({ name: 'Copy of a' });
    expect(annotationFailures([newAnnotation([]), { name: ' ' }])).toEqual(['Annotations 2: Give them a name.']);
  });
});

describe('addresses of links', () => {
  it.each(['https://a.b/c', 'http://a', '/d/x', 'd/x?var-a=$a', '${base}/x', '${base:raw}/x', '$url', 'https://$host/x'])('takes %s', (url) => {
    expect(urlFailure(url)).toBeUndefined();
  });

  it.each(['', ' ', 'javascript:alert(1)', 'java\nscript:alert(1)', '//evil.example', 'data:text/html,x', 'ftp://a'])('refuses %j', (url) => {
    expect(urlFailure(url)).toBeDefined();
  });

  it('checks only links that have an address', () => {
    expect(linkFailures([newLink(), { type: 'link', title: 'L', url: '' }])).toEqual(['Link “L”: Give the address of the link.']);
  });
});

it('hostile texts change nothing but their place', () => {
  for (const text of Object.values(PAYLOADS)) {
    expect(withFixedText({ own: 1 }, text)).toMatchObject({ own: 1, query: text });
    expect(annotationText(withAnnotationText({}, 'expr', text), 'expr')).toBe(text);
    expect(() => [nameFailure(text, []), urlFailure(text), queryFormOf(text)]).not.toThrow();
  }
});
