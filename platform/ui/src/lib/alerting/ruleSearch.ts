import type { LoadedGroup, LoadedRule, RuleHealth, RuleLanguage, RuleOrigin, RuleState } from './ruleGroups';

export interface RuleFilter {
  /** Words that must all be found; `name=value` is a label of the rule. */
  readonly text: string;
  readonly state: RuleState | 'any';
  readonly kind: LoadedRule['kind'] | 'any';
  readonly health: RuleHealth | 'any';
  readonly language: RuleLanguage | 'any';
  readonly origin: RuleOrigin | 'any';
}

export const NO_FILTER: RuleFilter = { text: '', state: 'any', kind: 'any', health: 'any', language: 'any', origin: 'any' };

export type RuleRow =
  | { readonly kind: 'file'; readonly id: string; readonly file: string; readonly groups: number; readonly rules: number; readonly origin: RuleOrigin; readonly language: RuleLanguage; readonly open: boolean }
  | { readonly kind: 'group'; readonly id: string; readonly group: LoadedGroup; readonly shown: number; readonly open: boolean }
  | { readonly kind: 'rule'; readonly id: string; readonly group: LoadedGroup; readonly rule: LoadedRule };

/** Groups with what of their rules fulfils a filter; groups without such rules are left out. */
export interface FoundGroup {
  readonly group: LoadedGroup;
  readonly rules: readonly LoadedRule[];
}

export function findRules(groups: readonly LoadedGroup[], filter: RuleFilter): FoundGroup[] {
  const terms = termsOf(filter.text);
  const found: FoundGroup[] = [];
  for (const group of groups) {
    if ((filter.language !== 'any' && group.language !== filter.language) || (filter.origin !== 'any' && group.origin !== filter.origin)) {
      continue;
    }
    const place = `${group.file}\n${group.name}`.toLowerCase();
    const rules = group.rules.filter((rule) => fulfils(rule, filter) && terms.every((term) => matches(rule, place, term)));
    if (rules.length > 0 || (group.rules.length === 0 && isOpenFilter(filter))) {
      found.push({ group, rules });
    }
  }
  return found;
}

function isOpenFilter(filter: RuleFilter): boolean {
  return filter.text === '' && filter.state === 'any' && filter.kind === 'any' && filter.health === 'any';
}

function fulfils(rule: LoadedRule, filter: RuleFilter): boolean {
  return (
    (filter.state === 'any' || (rule.kind === 'alerting' && rule.state === filter.state)) &&
    (filter.kind === 'any' || rule.kind === filter.kind) &&
    (filter.health === 'any' || rule.health === filter.health)
  );
}

type Term = { readonly kind: 'word'; readonly word: string } | { readonly kind: 'label'; readonly name: string; readonly value: string; readonly word: string };

/** Words apart by spaces; quotes keep a word with spaces together. */
export function termsOf(text: string): Term[] {
  const words = [...text.matchAll(/([^\s"=]+)="([^"]*)"|"([^"]*)"|(\S+)/g)];
  return words.map(([, label, value, quoted, word]): Term => {
    const plain = (quoted ?? word ?? '').toLowerCase();
    if (label !== undefined) {
      return { kind: 'label', name: label, value: value ?? '', word: `${label}=${value ?? ''}`.toLowerCase() };
    }
    const pair = /^([a-zA-Z_][\w.]*)=(.+)$/.exec(word ?? '');
    return pair ? { kind: 'label', name: pair[1] ?? '', value: pair[2] ?? '', word: plain } : { kind: 'word', word: plain };
  });
}

/** A pair is a label of the rule or of one of its alerts, or stands in the expression as it is typed. */
function matches(rule: LoadedRule, place: string, term: Term): boolean {
  if (term.kind === 'label' && (rule.labels[term.name] === term.value || rule.alerts.some((alert) => alert.labels[term.name] === term.value))) {
    return true;
  }
  return rule.name.toLowerCase().includes(term.word) || place.includes(term.word) || rule.query.toLowerCase().includes(term.word);
}

/** The lines of the list: files, below them groups, below them rules; without what is below a closed one. */
export function ruleRows(found: readonly FoundGroup[], isOpen: (id: string) => boolean): RuleRow[] {
  const rows: RuleRow[] = [];
  for (const file of byFile(found)) {
    const [first] = file;
    if (!first) {
      continue;
    }
    const fileId = `${first.group.language}\n${first.group.file}`;
    const fileOpen = isOpen(fileId);
    rows.push({
      kind: 'file',
      id: fileId,
      file: first.group.file,
      groups: file.length,
      rules: file.reduce((sum, { rules }) => sum + rules.length, 0),
      origin: first.group.origin,
      language: first.group.language,
      open: fileOpen,
    });
    for (const { group, rules } of fileOpen ? file : []) {
      const open = isOpen(group.id);
      rows.push({ kind: 'group', id: group.id, group, shown: rules.length, open });
      for (const rule of open ? rules : []) {
        rows.push({ kind: 'rule', id: `${group.id}\n${rule.index}`, group, rule });
      }
    }
  }
  return rows;
}

function byFile(found: readonly FoundGroup[]): FoundGroup[][] {
  const files = new Map<string, FoundGroup[]>();
  for (const each of found) {
    const key = `${each.group.language}\n${each.group.file}`;
    const list = files.get(key);
    if (list) {
      list.push(each);
    } else {
      files.set(key, [each]);
    }
  }
  return [...files.values()];
}

export interface RuleCounts {
  readonly groups: number;
  readonly rules: number;
  readonly firing: number;
  readonly pending: number;
  readonly failing: number;
}

export function countRules(found: readonly FoundGroup[]): RuleCounts {
  let rules = 0;
  let firing = 0;
  let pending = 0;
  let failing = 0;
  for (const each of found) {
    for (const rule of each.rules) {
      rules++;
      if (rule.state === 'firing') firing++;
      if (rule.state === 'pending') pending++;
      if (rule.health === 'err') failing++;
    }
  }
  return { groups: found.length, rules, firing, pending, failing };
}
