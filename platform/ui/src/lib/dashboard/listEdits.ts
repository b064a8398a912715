/** Puts an item one place up (-1) or down (1); the list stays as it is where there is no such place. */
export function moved<T>(list: readonly T[], index: number, step: -1 | 1): readonly T[] {
  const [item, other] = [list[index], list[index + step]];
  if (item === undefined || other === undefined) {
    return list;
  }
  return list.map((one, i) => (i === index ? other : i === index + step ? item : one));
}

export function replaced<T>(list: readonly T[], index: number, item: T): readonly T[] {
  return list.map((one, i) => (i === index ? item : one));
}

export function without<T>(list: readonly T[], index: number): readonly T[] {
  return list.filter((_, i) => i !== index);
}

export function inserted<T>(list: readonly T[], index: number, item: T): readonly T[] {
  return [...list.slice(0, index), item, ...list.slice(index)];
}

/** The name with the least number behind it that makes it none of the others: `copy_of_job`, `copy_of_job2`, … */
export function freeName(wanted: string, taken: readonly string[]): string {
  const used = new Set(taken);
  let name = wanted;
  for (let i = 2; used.has(name); i++) {
    name = `${wanted}${i}`;
  }
  return name;
}
