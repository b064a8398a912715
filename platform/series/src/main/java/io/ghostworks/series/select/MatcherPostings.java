package io.ghostworks.series.select;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.query.QueryContext;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.roaringbitmap.RoaringBitmap;

/**
 * Turns matchers into sets of series. A matcher that accepts the empty value also accepts series
 * without the label, so it is answered by what it takes away.
 */
public final class MatcherPostings {
  private static final int VALUES_BETWEEN_CHECKS = 4096;

  private MatcherPostings() {}

  /** The series that fulfil all matchers. */
  public static RoaringBitmap select(
      LabelIndex index, List<LabelMatcher> matchers, QueryContext context) {
    RoaringBitmap result = null;
    for (LabelMatcher matcher : matchers) {
      if (!matcher.matches("")) {
        RoaringBitmap wanted = wanted(index, matcher, context);
        if (result == null) {
          result = wanted;
        } else {
          result.and(wanted);
        }
        if (result.isEmpty()) {
          return result;
        }
      }
    }
    RoaringBitmap selected = result == null ? index.all() : result;
    for (LabelMatcher matcher : matchers) {
      if (matcher.matches("") && !selected.isEmpty()) {
        selected.andNot(unwanted(index, matcher, context));
      }
    }
    return selected;
  }

  private static RoaringBitmap wanted(
      LabelIndex index, LabelMatcher matcher, QueryContext context) {
    RoaringBitmap target = new RoaringBitmap();
    switch (matcher) {
      case LabelMatcher.Equal equal -> index.addSeries(equal.label(), equal.value(), target);
      case LabelMatcher.Matches regex -> {
        Set<String> literals = regex.regex().literals();
        if (literals == null) {
          addValues(index, matcher.label(), matcher::matches, target, context);
        } else {
          literals.forEach(value -> index.addSeries(matcher.label(), value, target));
        }
      }
      case LabelMatcher.NotEqual ignored ->
          addValues(index, matcher.label(), matcher::matches, target, context);
      case LabelMatcher.NotMatches ignored ->
          addValues(index, matcher.label(), matcher::matches, target, context);
    }
    return target;
  }

  private static RoaringBitmap unwanted(
      LabelIndex index, LabelMatcher matcher, QueryContext context) {
    RoaringBitmap target = new RoaringBitmap();
    if (matcher instanceof LabelMatcher.NotEqual notEqual) {
      index.addSeries(notEqual.label(), notEqual.value(), target);
    } else {
      addValues(index, matcher.label(), value -> !matcher.matches(value), target, context);
    }
    return target;
  }

  private static void addValues(
      LabelIndex index,
      String name,
      Predicate<String> wanted,
      RoaringBitmap target,
      QueryContext context) {
    LabelIndex.Values values = index.values(name);
    int count = 0;
    while (values.next()) {
      if (++count % VALUES_BETWEEN_CHECKS == 0) {
        context.check();
      }
      if (wanted.test(values.value())) {
        values.addSeries(target);
      }
    }
  }
}
