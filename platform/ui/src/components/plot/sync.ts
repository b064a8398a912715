/** Where the pointer is in one chart, for the others of its group. */
export interface SharedPointer {
  readonly timeMs: number;
  /** From the top of the plot, in [0, 1]. */
  readonly height: number;
}

type Listener = (pointer: SharedPointer | undefined) => void;

const groups = new Map<string, Map<object, Listener>>();

/** Hears of the pointers in other charts of the group until the returned function is called. */
export function joinPointers(group: string, member: object, listener: Listener): () => void {
  const members = groups.get(group) ?? new Map<object, Listener>();
  groups.set(group, members);
  members.set(member, listener);
  return () => {
    members.delete(member);
    if (members.size === 0) {
      groups.delete(group);
    }
  };
}

/** Tells the others of the group; undefined when the pointer has left. */
export function sharePointer(group: string, member: object, pointer: SharedPointer | undefined): void {
  groups.get(group)?.forEach((listener, other) => {
    if (other !== member) {
      listener(pointer);
    }
  });
}
