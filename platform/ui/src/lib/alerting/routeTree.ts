import { Document, isMap, isSeq, parseDocument, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { array, object, optionalString, string, type Json } from '../json';
import { YamlMistake } from './ruleYaml';

/** What a route says itself; '' and empty lists where it inherits from its parent. */
export interface RouteFields {
  readonly receiver: string;
  readonly matchers: readonly string[];
  readonly groupBy: readonly string[];
  readonly groupWait: string;
  readonly groupInterval: string;
  readonly repeatInterval: string;
  readonly goesOn: boolean;
  readonly mute: readonly string[];
  readonly active: readonly string[];
}

/** A route in its tree; the path is the places among the siblings from the root on, [] for the root. */
export interface RouteNode {
  readonly path: readonly number[];
  readonly fields: RouteFields;
  readonly children: readonly RouteNode[];
}

export const NEW_ROUTE: RouteFields = { receiver: '', matchers: [], groupBy: [], groupWait: '', groupInterval: '', repeatInterval: '', goesOn: false, mute: [], active: [] };

const WRITING = { lineWidth: 0 } as const;

/** The text of a configuration; throws where it is no YAML. */
export function parsedConfiguration(text: string): Document {
  const document = parseDocument(text);
  const [mistake] = document.errors;
  if (mistake) {
    throw new YamlMistake(mistake.message);
  }
  return document;
}

/** Undefined where the configuration has no route yet. */
export function readRoutes(text: string): RouteNode | undefined {
  const root = object(parsedConfiguration(text).toJS({ maxAliasCount: 100 }))['route'];
  return root === undefined || root === null ? undefined : nodeOf(object(root), []);
}

function nodeOf(route: Json, path: readonly number[]): RouteNode {
  return { path, fields: fieldsOf(route), children: array(route['routes']).map((child, index) => nodeOf(object(child), [...path, index])) };
}

function fieldsOf(route: Json): RouteFields {
  const texts = (key: string) => array(route[key]).map((item) => String(item));
  return {
    receiver: string(route['receiver']),
    matchers: [...texts('matchers'), ...older(route['match'], '='), ...older(route['match_re'], '=~')],
    groupBy: texts('group_by'),
    groupWait: optionalString(route['group_wait']) ?? '',
    groupInterval: optionalString(route['group_interval']) ?? '',
    repeatInterval: optionalString(route['repeat_interval']) ?? '',
    goesOn: route['continue'] === true,
    mute: texts('mute_time_intervals'),
    active: texts('active_time_intervals'),
  };
}

/** `match` and `match_re` as matchers. */
function older(value: unknown, operator: string): string[] {
  return Object.entries(object(value)).map(([name, text]) => `${name}${operator}${JSON.stringify(String(text))}`);
}

/** The text with other fields of a route; what the form does not know stays. */
export function setRoute(text: string, path: readonly number[], fields: RouteFields): string {
  return changed(text, (document) => writeFields(document, routeAt(document, path), fields));
}

/** The text with a new route as the last child of another. */
export function addRoute(text: string, parent: readonly number[], fields: RouteFields): string {
  return changed(text, (document) => {
    if (parent.length === 0 && !isMap(document.get('route'))) {
      document.set('route', document.createNode({}));
      writeFields(document, routeAt(document, []), fields);
      return;
    }
    const map = document.createNode({}) as YAMLMap;
    writeFields(document, map, fields);
    childrenOf(document, routeAt(document, parent), true).add(map);
  });
}

/** The text without a route and what is below it; the root stays. */
export function removeRoute(text: string, path: readonly number[]): string {
  return changed(text, (document) => {
    const parent = routeAt(document, path.slice(0, -1));
    const siblings = childrenOf(document, parent, false);
    siblings.delete(path.at(-1));
    if (siblings.items.length === 0) parent.delete('routes');
  });
}

/** The text with a route some places further down among its siblings; the first that takes an alert counts. */
export function moveRoute(text: string, path: readonly number[], by: number): string {
  return changed(text, (document) => {
    const siblings = childrenOf(document, routeAt(document, path.slice(0, -1)), false);
    const from = path.at(-1) ?? 0;
    const to = Math.min(Math.max(0, from + by), siblings.items.length - 1);
    const [moved] = siblings.items.splice(from, 1);
    siblings.items.splice(to, 0, moved);
  });
}

function changed(text: string, change: (document: Document) => void): string {
  const document = parsedConfiguration(text);
  if (document.contents === null) document.contents = document.createNode({}) as unknown as typeof document.contents;
  change(document);
  return document.toString(WRITING);
}

function routeAt(document: Document, path: readonly number[]): YAMLMap {
  const route = document.getIn(['route', ...path.flatMap((index) => ['routes', index])]);
  if (!isMap(route)) {
    throw new YamlMistake('This route is no longer there.');
  }
  return route;
}

function childrenOf(document: Document, route: YAMLMap, make: boolean): YAMLSeq {
  const children = route.get('routes');
  if (isSeq(children)) {
    return children;
  }
  if (!make) {
    throw new YamlMistake('This route is no longer there.');
  }
  const made = document.createNode([]) as YAMLSeq;
  route.set('routes', made);
  return made;
}

function writeFields(document: Document, map: YAMLMap, fields: RouteFields): void {
  // What was made empty is written in lines from now on.
  if (map.items.length === 0) map.flow = false;
  const before = fieldsOf(map.toJSON() as Json);
  const put = (key: string, value: string | boolean | readonly string[], old: string | boolean | readonly string[]) => {
    const empty = value === '' || value === false || (Array.isArray(value) && value.length === 0);
    if (JSON.stringify(value) === JSON.stringify(old)) return;
    if (empty) map.delete(key);
    else place(map, key, document.createNode(value));
  };
  put('receiver', fields.receiver, before.receiver);
  if (JSON.stringify(fields.matchers) !== JSON.stringify(before.matchers)) {
    map.delete('match');
    map.delete('match_re');
    put('matchers', fields.matchers, []);
    if (fields.matchers.length === 0) map.delete('matchers');
  }
  put('group_by', fields.groupBy, before.groupBy);
  put('group_wait', fields.groupWait, before.groupWait);
  put('group_interval', fields.groupInterval, before.groupInterval);
  put('repeat_interval', fields.repeatInterval, before.repeatInterval);
  put('continue', fields.goesOn, before.goesOn);
  put('mute_time_intervals', fields.mute, before.mute);
  put('active_time_intervals', fields.active, before.active);
}

/** A new key stands before the children, so that a route is read from its head. */
function place(map: YAMLMap, key: string, value: unknown): void {
  const isNew = !map.has(key);
  map.set(key, value);
  const children = map.items.findIndex((pair) => keyOf(pair) === 'routes');
  if (isNew && children >= 0) {
    const [pair] = map.items.splice(map.items.length - 1, 1);
    if (pair) map.items.splice(children, 0, pair);
  }
}

function keyOf(pair: Pair): string {
  return String(pair.key);
}
