/** JSON that a migration may change: it works on a copy of its own. */
export type MutableJson = Record<string, unknown>;

export function isObject(value: unknown): value is MutableJson {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list, themselves and not copies. */
export function objects(value: unknown): MutableJson[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The object under a key, or an empty one that is not part of the parent. */
export function at(parent: unknown, key: string): MutableJson {
  const value = isObject(parent) ? parent[key] : undefined;
  return isObject(value) ? value : {};
}

/** The object under a key, made where there is none. */
export function ensured(parent: MutableJson, key: string): MutableJson {
  const value = parent[key];
  if (isObject(value)) {
    return value;
  }
  const made: MutableJson = {};
  parent[key] = made;
  return made;
}

/** The panels of a dashboard, those inside collapsed rows too. */
export function panelsOf(dashboard: MutableJson): MutableJson[] {
  return objects(dashboard['panels']).flatMap((panel) => [panel, ...objects(panel['panels'])]);
}

export function variablesOf(dashboard: MutableJson): MutableJson[] {
  return objects(at(dashboard, 'templating')['list']);
}

export function annotationsOf(dashboard: MutableJson): MutableJson[] {
  return objects(at(dashboard, 'annotations')['list']);
}

export function remove(from: MutableJson, ...keys: readonly string[]): void {
  for (const key of keys) {
    delete from[key];
  }
}

/** A copy without some of its keys. */
export function without(value: MutableJson, ...keys: readonly string[]): MutableJson {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

/** Without the keys whose value is null or undefined. */
export function defined(value: MutableJson): MutableJson {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined && item !== null));
}
