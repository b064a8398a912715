import { ALL_VALUE } from '../../../lib/template/builtIns';
import type { VariableOption } from '../../../lib/template/options';

const TEXTS_SHOWN = 3;

/** What stands on the closed picker: a few texts, then how many more. */
export function chosenText(selected: readonly VariableOption[]): string {
  if (selected.length === 0) {
    return 'None';
  }
  const texts = selected.slice(0, TEXTS_SHOWN).map(({ text }) => (text === '' ? '(empty)' : text));
  return selected.length > TEXTS_SHOWN ? `${texts.join(' + ')} + ${selected.length - TEXTS_SHOWN} more` : texts.join(' + ');
}

/** Options that hold every word, without regard to case. */
export function searchOptions(options: readonly VariableOption[], search: string): readonly VariableOption[] {
  const words = search.toLowerCase().split(/\s+/).filter((word) => word !== '');
  return words.length === 0 ? options : options.filter(({ text }) => words.every((word) => text.toLowerCase().includes(word)));
}

/** The values after one was clicked: All excludes the others. */
export function toggled(values: readonly string[], value: string): readonly string[] {
  if (value === ALL_VALUE) {
    return values.includes(ALL_VALUE) ? [] : [ALL_VALUE];
  }
  const others = values.filter((one) => one !== ALL_VALUE);
  return others.includes(value) ? others.filter((one) => one !== value) : [...others, value];
}
