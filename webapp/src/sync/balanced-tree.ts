/**
 * An immutable AVL tree with its content in the leaves, in order. It is built by joining alone
 * (Blelloch, Ferizovic and Sun, "Just Join for Parallel Ordered Sets", SPAA 2016), which takes as
 * many steps as the two trees differ in height.
 */
export type Tree<L extends Sized> = L | Fork<L>;

/** What a leaf must have: a length, which forks add up. */
export interface Sized {
  readonly length: number;
}

/** Two trees in balance, under one roof. */
export class Fork<L extends Sized> implements Sized {
  readonly length: number;
  readonly height: number;

  constructor(
    readonly left: Tree<L>,
    readonly right: Tree<L>,
  ) {
    this.length = left.length + right.length;
    this.height = 1 + Math.max(heightOf(left), heightOf(right));
  }
}

function heightOf<L extends Sized>(tree: Tree<L>): number {
  return tree instanceof Fork ? tree.height : 0;
}

/** One behind the other, in balance, whatever their heights. */
export function joined<L extends Sized>(left: Tree<L>, right: Tree<L>): Tree<L> {
  if (left instanceof Fork && left.height > heightOf(right) + 1) return leaning(left.left, joined(left.right, right));
  if (right instanceof Fork && right.height > heightOf(left) + 1) return leaning(joined(left, right.left), right.right);
  return new Fork(left, right);
}

/** The same, where one may be higher than the other by two at most. */
function leaning<L extends Sized>(left: Tree<L>, right: Tree<L>): Tree<L> {
  if (left instanceof Fork && left.height > heightOf(right) + 1) {
    const inner = left.right;
    return inner instanceof Fork && inner.height > heightOf(left.left)
      ? new Fork(new Fork(left.left, inner.left), new Fork(inner.right, right))
      : new Fork(left.left, new Fork(inner, right));
  }
  if (right instanceof Fork && right.height > heightOf(left) + 1) {
    const inner = right.left;
    return inner instanceof Fork && inner.height > heightOf(right.right)
      ? new Fork(new Fork(left, inner.left), new Fork(inner.right, right.right))
      : new Fork(new Fork(left, inner), right.right);
  }
  return new Fork(left, right);
}

/** The leaves in order. */
export function leavesOf<L extends Sized>(tree: Tree<L>): L[] {
  const leaves: L[] = [];
  const visit = (part: Tree<L>): void => {
    if (!(part instanceof Fork)) {
      leaves.push(part);
      return;
    }
    visit(part.left);
    visit(part.right);
  };
  visit(tree);
  return leaves;
}

/** The first leaf. */
export function firstLeaf<L extends Sized>(tree: Tree<L>): L {
  let at = tree;
  while (at instanceof Fork) at = at.left;
  return at;
}

/** The last leaf. */
export function lastLeaf<L extends Sized>(tree: Tree<L>): L {
  let at = tree;
  while (at instanceof Fork) at = at.right;
  return at;
}
