import { expect, it } from 'vitest';
import { withSeeds, type Random } from '../testing/random';
import { firstLeaf, Fork, joined, lastLeaf, leavesOf, type Tree } from './balanced-tree';

type Leaf = readonly [number];

function randomTree(random: Random, from: number, count: number): Tree<Leaf> {
  if (count === 1) return [from];
  const left = 1 + random.below(count - 1);
  return joined(randomTree(random, from, left), randomTree(random, from + left, count - left));
}

function heightIfBalanced(tree: Tree<Leaf>): number {
  if (!(tree instanceof Fork)) return 0;
  const [left, right] = [heightIfBalanced(tree.left), heightIfBalanced(tree.right)];
  expect(Math.abs(left - right)).toBeLessThanOrEqual(1);
  return 1 + Math.max(left, right);
}

it('joined trees are in balance and keep their leaves in order', () => {
  withSeeds(200, (random) => {
    const count = 1 + random.below(300);
    const tree = randomTree(random, 0, count);
    expect(leavesOf(tree).map(([number]) => number)).toEqual([...Array(count).keys()]);
    expect([firstLeaf(tree)[0], lastLeaf(tree)[0], tree.length]).toEqual([0, count - 1, count]);
    expect(heightIfBalanced(tree)).toBe(tree instanceof Fork ? tree.height : 0);
  });
});
