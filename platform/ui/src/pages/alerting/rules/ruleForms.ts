import { NEW_RULE, type Pairs, type RuleDraft } from '../../../lib/alerting/ruleYaml';
import type { LoadedGroup, RuleLanguage } from '../../../lib/alerting/ruleGroups';
import { parseDuration } from '../../../lib/time';

/** Where a rule is stored. */
export interface RulePlace {
  readonly language: RuleLanguage;
  readonly namespace: string;
  readonly group: string;
  /** Of the group; '' for the default. */
  readonly interval: string;
}

/** Annotations that say what becomes of alerts without data, and on errors. */
export const NO_DATA = 'ghostworks_no_data';
export const ON_ERROR = 'ghostworks_on_error';

export function withAnnotation(annotations: Pairs, name: string, text: string): Pairs {
  const others = annotations.filter(([key]) => key !== name);
  return text === '' ? others : [...others, [name, text]];
}

/** A rule made from a panel of a dashboard: its query, and where to look at it. */
export function draftOfPanel(params: URLSearchParams): RuleDraft {
  const title = params.get('title') ?? params.get('name') ?? '';
  const dashboard = params.get('dashboard') ?? '';
  const panel = params.get('panel') ?? '';
  const annotations: [string, string][] = [];
  if (title !== '') annotations.push(['summary', title]);
  if (dashboard !== '') annotations.push(['__dashboardUid__', dashboard]);
  if (dashboard !== '' && panel !== '') annotations.push(['__panelId__', panel]);
  return { ...NEW_RULE, name: nameOf(title), expr: params.get('expr') ?? '', holdFor: '5m', annotations };
}

/** `High error rate (api)` becomes `HighErrorRateApi`. */
function nameOf(title: string): string {
  return title
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');
}

/** Without labels and annotations that have neither name nor text. */
export function cleaned(draft: RuleDraft): RuleDraft {
  const kept = (pairs: Pairs) => pairs.filter(([name, text]) => name !== '' || text !== '').map(([name, text]) => [name.trim(), text] as const);
  return { ...draft, name: draft.name.trim(), holdFor: draft.holdFor.trim(), keepFiringFor: draft.keepFiringFor.trim(), labels: kept(draft.labels), annotations: kept(draft.annotations) };
}

/** What is still to be filled in or mended before the rule can be stored. */
export function missingIn(draft: RuleDraft, place: RulePlace): string[] {
  const missing: string[] = [];
  if (draft.name === '') missing.push(draft.kind === 'alerting' ? 'Give the alert a name.' : 'Give the recorded metric a name.');
  if (draft.expr.trim() === '') missing.push('Write an expression.');
  if (place.namespace.trim() === '') missing.push('Choose or name a namespace.');
  if (place.group.trim() === '') missing.push('Choose or name a group.');
  for (const [what, text] of [['“For”', draft.holdFor], ['“Keep firing for”', draft.keepFiringFor], ['The interval', place.interval]] as const) {
    if (text !== '' && !/^0(?:ms|[smhdwy])?$/.test(text) && parseDuration(text) === undefined) missing.push(`${what} must be a duration such as 30s, 5m or 1h, not “${text}”.`);
  }
  for (const [what, pairs] of [['label', draft.labels], ['annotation', draft.annotations]] as const) {
    const names = pairs.map(([name]) => name);
    if (names.includes('')) missing.push(`Give each ${what} a name, or remove it.`);
    const twice = names.find((name, index) => name !== '' && names.indexOf(name) !== index);
    if (twice !== undefined) missing.push(`The ${what} ${twice} is there twice.`);
  }
  return missing;
}

/** Namespaces and groups that the tenant has stored already. */
export function storedPlaces(groups: readonly LoadedGroup[], language: RuleLanguage, namespace: string): { namespaces: string[]; groups: string[] } {
  const stored = groups.filter((group) => group.origin === 'api' && group.language === language);
  return { namespaces: [...new Set(stored.map(({ file }) => file))].sort(), groups: stored.filter(({ file }) => file === namespace).map(({ name }) => name).sort() };
}
