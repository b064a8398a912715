import { LANGUAGES, type LoadedGroup, type LoadedRule, type RuleLanguage } from '../../../lib/alerting/ruleGroups';

/** The address of a rule's page, without what every page shares; `index` tells rules of one name apart. */
export function ruleLink(group: Pick<LoadedGroup, 'language' | 'file' | 'name'>, rule: Pick<LoadedRule, 'name' | 'index'>): [path: string, change: Record<string, string>] {
  return ['/alerting/rules/view', { language: group.language, file: group.file, group: group.name, name: rule.name, index: String(rule.index) }];
}

export function languageOf(text: string | null | undefined): RuleLanguage {
  return LANGUAGES.find((language) => language === text) ?? 'promql';
}

/** The rule that an address means: that at its place if it still has the name, or the first of the name. */
export function findRule(group: LoadedGroup, name: string, index: number): LoadedRule | undefined {
  const there = group.rules[index];
  return there?.name === name ? there : group.rules.find((rule) => rule.name === name);
}
