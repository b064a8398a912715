package io.ghostworks.series.select;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.query.QueryContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.roaringbitmap.RoaringBitmap;

/**
 * Turns matchers into sets of series. A matcher that accepts the empty value also accepts series
 * without the label, so it is answered by what it takes away. Matchers that few series fulfil come
 * first.
 */
public final class MatcherPostings {
  private static final int VALUES_BETWEEN_CHECKS = 4096;

  private MatcherPostings() {}

  /** The series that fulfil all matchers. */
  public static RoaringBitmap select(
      LabelIndex index, List<LabelMatcher> matchers, QueryContext context) {
    RoaringBitmap selected = null;
    for (Needed needed : needed(index, matchers)) {
      if (needed.seriesMax == 0) {
        return new RoaringBitmap();
      }
      if (selected == null) {
        selected = wanted(index, needed.matcher, context);
      } else if (needed.matcher instanceof LabelMatcher.Equal equal) {
        index.retainSeries(equal.label(), equal.value(), selected);
      } else {
        selected.and(wanted(index, needed.matcher, context));
      }
      if (selected.isEmpty()) {
        return selected;
      }
    }
    selected = selected == null ? index.all() : selected;
    for (LabelMatcher matcher : matchers) {
      if (matcher.matches("") && !selected.isEmpty()) {
        selected.andNot(unwanted(index, matcher, context));
      }
    }
    return selected;
  }

  /**
   * A matcher that a series can only fulfil with the label.
   *
   * @param seriesMax how many may, as far as that is known without walking over values
   */
  private record Needed(LabelMatcher matcher, long seriesMax) {}

  /** Those with few series first, so that what is cut later is small. */
  private static List<Needed> needed(LabelIndex index, List<LabelMatcher> matchers) {
    List<Needed> needed = new ArrayList<>(matchers.size());
    for (LabelMatcher matcher : matchers) {
      if (!matcher.matches("")) {
        needed.add(new Needed(matcher, seriesMax(index, matcher)));
      }
    }
    needed.sort(Comparator.comparingLong(Needed::seriesMax));
    return needed;
  }

  private static long seriesMax(LabelIndex index, LabelMatcher matcher) {
    if (matcher instanceof LabelMatcher.Equal equal) {
      return index.count(equal.label(), equal.value());
    }
    Set<String> literals =
        matcher instanceof LabelMatcher.Matches regex ? regex.regex().literals() : null;
    if (literals == null) {
      return Long.MAX_VALUE;
    }
    long sum = 0;
    for (String value : literals) {
      sum += index.count(matcher.label(), value);
    }
    return sum;
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
