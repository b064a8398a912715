/** Names of the series that are shown; undefined shows all that are not hidden by their configuration. */
export type Shown = ReadonlySet<string> | undefined;

/** A click on a name in a legend: it alone, or all again where it was alone; adding or removing it where more are wanted. */
export function afterLegendClick(shown: Shown, name: string, all: readonly string[], add: boolean): Shown {
  if (!add) {
    return shown?.size === 1 && shown.has(name) ? undefined : new Set([name]);
  }
  const current = new Set(shown ?? all);
  if (current.has(name)) {
    current.delete(name);
  } else {
    current.add(name);
  }
  return all.every((entry) => current.has(entry)) ? undefined : current;
}

/** Whether a series is drawn. A choice whose names have all gone counts for nothing. */
export function isShown(shown: Shown, name: string, hiddenByConfig: boolean): boolean {
  return shown === undefined ? !hiddenByConfig : shown.has(name);
}
