import type { Path } from './filter.ts';

/** Paths of which none may be equal to, or begin with, another. */
export class PathTree {
  readonly #root: TreeNode = new Map();

  /** Adds a path. Returns the path it conflicts with, or undefined when there is none. */
  add(path: Path): Path | undefined {
    let at = this.#root;
    for (let i = 0; i < path.length - 1; i += 1) {
      const child = at.get(path[i]!) ?? new Map();
      if (isPath(child)) return child;
      at.set(path[i]!, child);
      at = child;
    }
    const last = path.at(-1)!;
    const taken = at.get(last);
    if (taken !== undefined) return isPath(taken) ? taken : firstPath(taken);
    at.set(last, path);
    return undefined;
  }
}

type TreeNode = Map<string, TreeNode | Path>;

function isPath(node: TreeNode | Path): node is Path {
  return Array.isArray(node);
}

function firstPath(node: TreeNode): Path | undefined {
  for (const child of node.values()) return isPath(child) ? child : firstPath(child);
  return undefined;
}
