/** A route as far as its place in the tree goes. */
export interface TreeNode {
  readonly id: string;
  readonly routes: readonly TreeNode[];
}

/** The routes from the root to those with the ids, the ends included. */
export function pathTo(root: TreeNode, ids: readonly string[]): ReadonlySet<string> {
  const wanted = new Set(ids);
  const found = new Set<string>();
  const visit = (node: TreeNode): boolean => {
    // Every child is visited, as several routes may take an alert.
    const below = node.routes.map(visit).includes(true);
    const on = below || wanted.has(node.id);
    if (on) found.add(node.id);
    return on;
  };
  visit(root);
  return found;
}

export function countRoutes(root: TreeNode): number {
  return root.routes.reduce((sum, child) => sum + countRoutes(child), 1);
}
