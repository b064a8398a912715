import { Document, isMap, isSeq, parseAllDocuments, parseDocument, YAMLMap, type YAMLSeq } from 'yaml';
import { array, object, string, type Json } from '../json';

/** Names and texts in the order in which they are written. */
export type Pairs = readonly (readonly [name: string, text: string])[];

/** A rule as a form has it: durations as they are written, '' where there is none. */
export interface RuleDraft {
  readonly kind: 'alerting' | 'recording';
  readonly name: string;
  readonly expr: string;
  readonly holdFor: string;
  readonly keepFiringFor: string;
  readonly labels: Pairs;
  readonly annotations: Pairs;
}

/** A group without its rules. */
export interface GroupSettings {
  readonly name: string;
  readonly interval: string;
}

export const NEW_RULE: RuleDraft = { kind: 'alerting', name: '', expr: '', holdFor: '', keepFiringFor: '', labels: [], annotations: [] };

/** A text that is not what it should be; the message says where. */
export class YamlMistake extends Error {}

/** How the texts are written: nothing is folded, so that an expression stays as its author broke it. */
const WRITING = { lineWidth: 0, minContentWidth: 0 } as const;

function parsed(text: string): Document {
  const document = parseDocument(text, { maxAliasCount: 100 } as object);
  const [first] = document.errors;
  if (first) {
    throw new YamlMistake(first.message);
  }
  return document;
}

/** The rules of a group. */
export function readRules(groupYaml: string): RuleDraft[] {
  const group = object(parsed(groupYaml).toJS({ maxAliasCount: 100 }));
  return array(group['rules']).map((rule) => readRule(object(rule)));
}

export function readSettings(groupYaml: string): GroupSettings {
  const group = object(parsed(groupYaml).toJS({ maxAliasCount: 100 }));
  return { name: textOf(group['name']), interval: textOf(group['interval']) };
}

function readRule(rule: Json): RuleDraft {
  const recording = rule['record'] !== undefined;
  return {
    kind: recording ? 'recording' : 'alerting',
    name: textOf(recording ? rule['record'] : rule['alert']),
    expr: textOf(rule['expr']),
    holdFor: textOf(rule['for']),
    keepFiringFor: textOf(rule['keep_firing_for']),
    labels: pairsOf(rule['labels']),
    annotations: pairsOf(rule['annotations']),
  };
}

function textOf(value: unknown): string {
  return value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function pairsOf(value: unknown): Pairs {
  return Object.entries(object(value)).map(([name, text]) => [name, textOf(text)] as const);
}

/** A group of its own with one rule. */
export function newGroup(settings: GroupSettings, rule: RuleDraft): string {
  const document = new Document({});
  document.set('name', settings.name);
  if (settings.interval !== '') document.set('interval', settings.interval);
  document.set('rules', [ruleJson(rule)]);
  return document.toString(WRITING);
}

/** The group with the rule at a place, or as its last; what else stands in the group stays, comments too. */
export function putRule(groupYaml: string, index: number | undefined, rule: RuleDraft, interval: string): string {
  const document = parsed(groupYaml);
  if (interval === '') document.delete('interval');
  else if (textOf(document.get('interval')) !== interval) document.set('interval', interval);
  const rules = rulesOf(document);
  const old = index === undefined ? undefined : rules.items[index];
  if (isMap(old)) {
    writeRule(document, old, rule);
  } else {
    rules.add(document.createNode(ruleJson(rule)));
  }
  return document.toString(WRITING);
}

/** The group without the rule at a place; undefined where no rule is left. */
export function removeRule(groupYaml: string, index: number): string | undefined {
  const document = parsed(groupYaml);
  const rules = rulesOf(document);
  rules.delete(index);
  return rules.items.length === 0 ? undefined : document.toString(WRITING);
}

function rulesOf(document: Document): YAMLSeq {
  const rules = document.get('rules');
  if (isSeq(rules)) {
    return rules;
  }
  document.set('rules', document.createNode([]));
  const made = document.get('rules');
  if (!isSeq(made)) {
    throw new YamlMistake('The group is no mapping.');
  }
  return made;
}

/** Changes what the form knows; unknown keys and the comments of what stays the same are kept. */
function writeRule(document: Document, map: YAMLMap, rule: RuleDraft): void {
  const json = ruleJson(rule);
  for (const key of ['record', 'alert', 'expr', 'for', 'keep_firing_for', 'labels', 'annotations']) {
    const value = json[key];
    if (value === undefined) {
      map.delete(key);
    } else if (JSON.stringify(plain(map.get(key))) !== JSON.stringify(value)) {
      map.set(key, document.createNode(value));
    }
  }
}

function plain(value: unknown): unknown {
  return isMap(value) || isSeq(value) ? (value.toJSON() as unknown) : value;
}

function ruleJson(rule: RuleDraft): Record<string, unknown> {
  const alerting = rule.kind === 'alerting';
  return {
    ...(alerting ? { alert: rule.name } : { record: rule.name }),
    expr: rule.expr,
    ...(alerting && rule.holdFor !== '' ? { for: rule.holdFor } : {}),
    ...(alerting && rule.keepFiringFor !== '' ? { keep_firing_for: rule.keepFiringFor } : {}),
    ...(rule.labels.length > 0 ? { labels: Object.fromEntries(rule.labels) } : {}),
    ...(alerting && rule.annotations.length > 0 ? { annotations: Object.fromEntries(rule.annotations) } : {}),
  };
}

/** One rule as a rule file: for checks of what a form has. */
export function ruleFile(rule: RuleDraft, settings: GroupSettings): string {
  return new Document({ groups: [{ name: settings.name === '' ? 'preview' : settings.name, ...(settings.interval === '' ? {} : { interval: settings.interval }), rules: [ruleJson(rule)] }] }).toString(WRITING);
}

/** One rule as it stands in a file. */
export function ruleText(rule: RuleDraft): string {
  return new Document([ruleJson(rule)]).toString(WRITING);
}

export interface NamedGroup {
  /** '' where the file does not say. */
  readonly namespace: string;
  readonly name: string;
  readonly yaml: string;
  readonly rules: number;
}

/** Groups of a rule file, of the ruler's list by namespace, or of PrometheusRule resources (one, a List, or several documents). */
export function readGroupsOf(text: string): NamedGroup[] {
  const documents = parseAllDocuments(text);
  if (!Array.isArray(documents)) {
    return [];
  }
  return documents.flatMap((document) => {
    const [mistake] = document.errors;
    if (mistake) {
      throw new YamlMistake(mistake.message);
    }
    return groupsOfValue(document.toJS({ maxAliasCount: 100 }) as unknown);
  });
}

function groupsOfValue(value: unknown): NamedGroup[] {
  const root = object(value);
  if (Array.isArray(root['items'])) {
    return root['items'].flatMap(groupsOfValue);
  }
  if (root['kind'] === 'PrometheusRule') {
    const meta = object(root['metadata']);
    const namespace = [string(meta['namespace']), string(meta['name'])].filter((part) => part !== '').join('/');
    return namedGroups(object(root['spec'])['groups'], namespace);
  }
  if (root['groups'] !== undefined) {
    return namedGroups(root['groups'], string(root['namespace']));
  }
  return Object.entries(root).flatMap(([namespace, groups]) => (Array.isArray(groups) ? namedGroups(groups, namespace) : []));
}

/** Of the Prometheus operator, and without effect on what is evaluated. */
const OPERATORS_KEYS = ['partial_response_strategy'];

function namedGroups(groups: unknown, namespace: string): NamedGroup[] {
  return array(groups).map((each) => {
    const group = Object.fromEntries(Object.entries(object(each)).filter(([key]) => !OPERATORS_KEYS.includes(key)));
    return { namespace, name: textOf(group['name']), yaml: new Document(group).toString(WRITING), rules: array(group['rules']).length };
  });
}

/** A rule file of groups that stand alone as YAML. */
export function fileOfGroups(groups: readonly string[]): string {
  return new Document({ groups: groups.map((text) => parsed(text).toJS({ maxAliasCount: 100 }) as unknown) }).toString(WRITING);
}
