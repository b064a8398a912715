package io.ghostworks.traceql.eval;

import io.ghostworks.traceql.ast.SpansetOperator;
import io.ghostworks.traceql.ast.SpansetOperator.Form;
import io.ghostworks.traceql.ast.SpansetOperator.Relation;
import io.ghostworks.traceql.trace.TraceTree;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Structural operators on the nested set of a trace, in time that grows with the spans and the
 * logarithm of their number.
 */
final class Structure {
  private static final int[] NO_SPANS = {};

  private final TraceTree tree;

  Structure(TraceTree tree) {
    this.tree = tree;
  }

  int[] join(SpansetOperator operator, int[] left, int[] right) {
    Relation relation = operator.relation();
    if (operator.form() == Form.UNION) {
      int[] rightMatches = related(relation, right, left, true);
      return union(rightMatches, related(opposite(relation), left, right, true));
    }
    return related(relation, right, left, operator.form() == Form.PLAIN);
  }

  private static Relation opposite(Relation relation) {
    return switch (relation) {
      case CHILD -> Relation.PARENT;
      case PARENT -> Relation.CHILD;
      case DESCENDANT -> Relation.ANCESTOR;
      case ANCESTOR -> Relation.DESCENDANT;
      case SIBLING, NONE -> relation;
    };
  }

  /** Those of some spans that stand so to one of the others, or that do not. */
  private int[] related(Relation relation, int[] spans, int[] others, boolean wanted) {
    Test test =
        switch (relation) {
          case DESCENDANT -> descendantOf(others);
          case ANCESTOR -> ancestorOf(others);
          case CHILD -> {
            BitSet lefts = new BitSet();
            for (int other : others) {
              lefts.set(tree.left(other));
            }
            yield span -> tree.leftOfParent(span) > 0 && lefts.get(tree.leftOfParent(span));
          }
          case PARENT -> {
            BitSet parents = new BitSet();
            for (int other : others) {
              parents.set(Math.max(0, tree.leftOfParent(other)));
            }
            yield span -> tree.left(span) > 0 && parents.get(tree.left(span));
          }
          case SIBLING -> siblingOf(others);
          case NONE -> throw new IllegalStateException("no relation");
        };
    int[] found = new int[spans.length];
    int count = 0;
    for (int span : spans) {
      if (test.holds(span) == wanted) {
        found[count++] = span;
      }
    }
    return count == 0 ? NO_SPANS : Arrays.copyOf(found, count);
  }

  @FunctionalInterface
  private interface Test {
    boolean holds(int span);
  }

  /** Of the others that begin before a span one must end behind it. */
  private Test descendantOf(int[] others) {
    int[] bounds = lefts(others);
    int[] furthest = new int[bounds.length];
    int[] rights = new int[2 * tree.size() + 1];
    for (int other : others) {
      rights[tree.left(other)] = tree.right(other);
    }
    int most = 0;
    for (int i = 0; i < bounds.length; i++) {
      most = Math.max(most, rights[bounds[i]]);
      furthest[i] = most;
    }
    return span -> {
      int before = countBelow(bounds, tree.left(span));
      return tree.left(span) > 0 && before > 0 && furthest[before - 1] > tree.right(span);
    };
  }

  /** One of the others must begin between the bounds of a span. */
  private Test ancestorOf(int[] others) {
    int[] bounds = lefts(others);
    return span -> {
      int next = countBelow(bounds, tree.left(span) + 1);
      return tree.left(span) > 0 && next < bounds.length && bounds[next] < tree.right(span);
    };
  }

  /** The lower bounds of those that are in the nested set, ascending. */
  private int[] lefts(int[] spans) {
    return Arrays.stream(spans).map(tree::left).filter(left -> left > 0).sorted().toArray();
  }

  /** How many of the ascending numbers are less than one. */
  private static int countBelow(int[] ascending, int bound) {
    int found = Arrays.binarySearch(ascending, bound);
    return found >= 0 ? found : -found - 1;
  }

  /** Another span must have the same parent; roots are siblings of one another. */
  private Test siblingOf(int[] others) {
    int[] counts = new int[2 * tree.size() + 2];
    BitSet among = new BitSet();
    for (int other : others) {
      counts[tree.leftOfParent(other) + 1]++;
      among.set(other);
    }
    return span -> {
      int parent = tree.leftOfParent(span);
      return parent != 0 && counts[parent + 1] > (among.get(span) ? 1 : 0);
    };
  }

  /** The spans of both, ascending, each once. */
  static int[] union(int[] left, int[] right) {
    BitSet all = new BitSet();
    for (int span : left) {
      all.set(span);
    }
    for (int span : right) {
      all.set(span);
    }
    return all.stream().toArray();
  }
}
