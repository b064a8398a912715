import type { Access } from '../../../api/http';
import { deleteGroup, storedGroup, storeGroup } from '../../../api/ruler';
import { newGroup, putRule, readRules, removeRule, type RuleDraft } from '../../../lib/alerting/ruleYaml';
import type { RulePlace } from './ruleForms';

/** A stored rule as it was when its form was opened. */
export interface OpenedRule {
  readonly place: RulePlace;
  readonly index: number;
  readonly name: string;
}

const CHANGED = 'Somebody changed this group meanwhile, and the rule is no longer at its place. Open it anew.';

/** Stores a rule, and takes it out of the group in which it was before. Gives its place in its group. */
export async function saveRule(access: Access, draft: RuleDraft, place: RulePlace, opened: OpenedRule | undefined): Promise<number> {
  const namespace = place.namespace.trim();
  const name = place.group.trim();
  const stays = opened !== undefined && opened.place.language === place.language && opened.place.namespace === namespace && opened.place.group === name;
  if (opened) await groupWith(access, opened);
  const before = await storedGroup(access, place.language, namespace, name);
  const index = stays ? opened.index : undefined;
  const after = before === '' ? newGroup({ name, interval: place.interval }, draft) : putRule(before, index, draft, place.interval);
  await storeGroup(access, place.language, namespace, after);
  if (opened && !stays) await deleteRule(access, opened);
  return index ?? readRules(after).length - 1;
}

/** Takes a rule out of its group; the group goes with its last rule. */
export async function deleteRule(access: Access, opened: OpenedRule): Promise<void> {
  const { language, namespace, group } = opened.place;
  const rest = removeRule(await groupWith(access, opened), opened.index);
  if (rest === undefined) await deleteGroup(access, language, namespace, group);
  else await storeGroup(access, language, namespace, rest);
}

/** The group's text, in which the rule still stands where it was. */
async function groupWith(access: Access, opened: OpenedRule): Promise<string> {
  const text = await storedGroup(access, opened.place.language, opened.place.namespace, opened.place.group);
  if (text === '' || readRules(text)[opened.index]?.name !== opened.name) {
    throw new Error(CHANGED);
  }
  return text;
}
