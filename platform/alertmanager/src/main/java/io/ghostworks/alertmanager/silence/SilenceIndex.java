package io.ghostworks.alertmanager.silence;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Finds the silences that match an alert without looking at all. Each is filed under one of its
 * matchers, its key: an equality under name and value, a regular expression under its name, where
 * the silences that a value matches are remembered. What has neither is looked at always. Reads may
 * run side by side; a change excludes them and other changes, by the caller's lock.
 */
final class SilenceIndex {

  /** A plain alternation with more alternatives is filed as any regular expression. */
  private static final int ALTERNATIVES_MAX = 256;

  /** What is remembered of values; beyond it all is forgotten. */
  private static final long REMEMBERED_MAX = 2_000_000;

  private static final Comparator<HeldSilence> BY_VERSION =
      Comparator.comparingLong(held -> held.version);

  private final Map<String, Map<String, List<HeldSilence>>> equal = new HashMap<>();
  private final Map<String, ByRegex> byRegex = new HashMap<>();
  private final List<HeldSilence> others = new ArrayList<>();
  private final AtomicLong remembered = new AtomicLong();

  /** Silences whose key is a regular expression for one label. */
  private static final class ByRegex {
    final List<Keyed> silences = new ArrayList<>();
    final Map<String, Hits> hits = new ConcurrentHashMap<>();
  }

  private record Keyed(HeldSilence held, LabelMatcher key) {}

  /** Which of the first {@code seen} silences have a key that a value matches. */
  private record Hits(int seen, List<HeldSilence> silences) {}

  /** Adds a silence; versions ascend. */
  void add(HeldSilence held) {
    switch (key(held.silence().matchers())) {
      case null -> others.add(held);
      case LabelMatcher.Equal key -> file(key.label(), key.value(), held);
      case LabelMatcher.Matches key -> {
        Set<String> literals = alternatives(key);
        if (literals == null) {
          byRegex
              .computeIfAbsent(key.label(), name -> new ByRegex())
              .silences
              .add(new Keyed(held, key));
        } else {
          literals.forEach(value -> file(key.label(), value, held));
        }
      }
      case LabelMatcher.NotEqual _, LabelMatcher.NotMatches _ ->
          throw new IllegalStateException("no key for a silence");
    }
  }

  private void file(String label, String value, HeldSilence held) {
    equal
        .computeIfAbsent(label, name -> new HashMap<>())
        .computeIfAbsent(value, v -> new ArrayList<>(1))
        .add(held);
  }

  private static @Nullable Set<String> alternatives(LabelMatcher.Matches matcher) {
    Set<String> literals = matcher.regex().literals();
    return literals == null || literals.size() > ALTERNATIVES_MAX ? null : literals;
  }

  /**
   * The matcher that says most: the equality whose list is shortest, else a regular expression; one
   * that the empty text fulfils says nothing of an alert's labels.
   */
  private @Nullable LabelMatcher key(List<LabelMatcher> matchers) {
    LabelMatcher best = null;
    int shortest = Integer.MAX_VALUE;
    for (LabelMatcher matcher : matchers) {
      int length =
          switch (matcher) {
            case LabelMatcher m when m.matches("") -> Integer.MAX_VALUE;
            case LabelMatcher.Equal m ->
                equal.getOrDefault(m.label(), Map.of()).getOrDefault(m.value(), List.of()).size();
            case LabelMatcher.Matches m -> Integer.MAX_VALUE - (alternatives(m) == null ? 1 : 2);
            case LabelMatcher.NotEqual _, LabelMatcher.NotMatches _ -> Integer.MAX_VALUE;
          };
      if (length < shortest) {
        shortest = length;
        best = matcher;
      }
    }
    return best;
  }

  /** The silences made after a version that match an alert, in the order of their making. */
  List<HeldSilence> matching(Labels alert, long sinceVersion) {
    List<HeldSilence> found = new ArrayList<>(2);
    collect(others, alert, sinceVersion, found);
    for (int i = 0; i < alert.size(); i++) {
      Map<String, List<HeldSilence>> values = equal.get(alert.name(i));
      if (values != null) {
        collect(values.getOrDefault(alert.value(i), List.of()), alert, sinceVersion, found);
      }
      ByRegex regex = byRegex.get(alert.name(i));
      if (regex != null) {
        collect(hits(regex, alert.value(i)), alert, sinceVersion, found);
      }
    }
    found.sort(BY_VERSION);
    return found;
  }

  private static void collect(
      List<HeldSilence> filed, Labels alert, long sinceVersion, List<HeldSilence> found) {
    for (int i = filed.size() - 1; i >= 0 && filed.get(i).version > sinceVersion; i--) {
      if (matches(filed.get(i).silence().matchers(), alert)) {
        found.add(filed.get(i));
      }
    }
  }

  private static boolean matches(List<LabelMatcher> matchers, Labels alert) {
    for (LabelMatcher matcher : matchers) {
      if (!matcher.matches(alert.get(matcher.label()))) {
        return false;
      }
    }
    return true;
  }

  private List<HeldSilence> hits(ByRegex regex, String value) {
    Hits known = regex.hits.get(value);
    int all = regex.silences.size();
    if (known != null && known.seen == all) {
      return known.silences;
    }
    List<HeldSilence> hits = new ArrayList<>(known == null ? List.of() : known.silences);
    int before = hits.size();
    for (int i = known == null ? 0 : known.seen; i < all; i++) {
      Keyed keyed = regex.silences.get(i);
      if (keyed.key.matches(value)) {
        hits.add(keyed.held);
      }
    }
    if (remembered.addAndGet(1L + hits.size() - before) > REMEMBERED_MAX) {
      remembered.set(0);
      byRegex.values().forEach(each -> each.hits.clear());
    }
    regex.hits.put(value, new Hits(all, hits));
    return hits;
  }
}
