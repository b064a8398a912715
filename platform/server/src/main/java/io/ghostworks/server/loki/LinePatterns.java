package io.ghostworks.server.loki;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds what lines have in common: words that hold digits, and words that differ between lines of
 * the same shape of which at least half of the words agree, become {@code <_>}. A pattern so made
 * is one for LogQL's {@code |>}.
 *
 * <p>Source: the idea of clusters by length and similarity is that of Drain (He et al., ICWS 2017,
 * sections III-B to III-D), without its tree.
 */
final class LinePatterns {

  private static final String ANY = "<_>";
  private static final String DELIMITERS = " \t=,:;\"'()[]{}<>|/?&";
  private static final int CLUSTERS_MAX = 300;
  private static final int WORDS_MAX = 200;

  private final long stepSeconds;
  private final Map<String, List<Cluster>> byShape = new HashMap<>();
  private int clusters;

  /**
   * @param stepSeconds in which lines are counted
   */
  LinePatterns(long stepSeconds) {
    this.stepSeconds = stepSeconds;
  }

  /** Lines that have a pattern; counts by the start of their step in seconds. */
  static final class Cluster {
    private final List<String> words;
    private final Map<Long, Integer> counts = new TreeMap<>();
    private long lines;

    private Cluster(List<String> words) {
      this.words = new ArrayList<>(words);
    }

    /** As {@code |>} takes it; neighbouring variables are one. */
    String pattern() {
      StringBuilder text = new StringBuilder();
      for (String word : words) {
        if (!word.equals(ANY) || !text.toString().endsWith(ANY)) {
          text.append(word);
        }
      }
      return text.toString();
    }

    Map<Long, Integer> counts() {
      return counts;
    }

    private boolean isLike(List<String> other) {
      int same = 0;
      int all = 0;
      for (int i = 0; i < words.size(); i++) {
        if (!isDelimiter(words.get(i))) {
          all++;
          same += words.get(i).equals(other.get(i)) ? 1 : 0;
        }
      }
      return 2 * same >= all;
    }

    private void take(List<String> other, long second) {
      for (int i = 0; i < words.size(); i++) {
        if (!words.get(i).equals(other.get(i))) {
          words.set(i, ANY);
        }
      }
      counts.merge(second, 1, Integer::sum);
      lines++;
    }
  }

  /** Adds a line; one that has nothing in common with so many others is passed over. */
  void add(String line, long timeNanos) {
    List<String> words = words(line);
    List<Cluster> alike = byShape.computeIfAbsent(shape(words), shape -> new ArrayList<>());
    long seconds = Math.floorDiv(timeNanos, 1_000_000_000L);
    long step = seconds - Math.floorMod(seconds, stepSeconds);
    for (Cluster cluster : alike) {
      if (cluster.isLike(words)) {
        cluster.take(words, step);
        return;
      }
    }
    if (clusters < CLUSTERS_MAX) {
      clusters++;
      Cluster fresh = new Cluster(words);
      fresh.take(words, step);
      alike.add(fresh);
    }
  }

  /** Those with most lines first. */
  List<Cluster> sorted() {
    List<Cluster> all = new ArrayList<>();
    byShape.values().forEach(all::addAll);
    all.sort(
        Comparator.<Cluster>comparingLong(cluster -> -cluster.lines)
            .thenComparing(Cluster::pattern));
    return all;
  }

  /** Words and the delimiters between them; what holds a digit is a variable already. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    int at = 0;
    while (at < line.length()) {
      if (words.size() >= WORDS_MAX) {
        words.add(ANY);
        return words;
      }
      int start = at;
      boolean digit = false;
      while (at < line.length() && DELIMITERS.indexOf(line.charAt(at)) < 0) {
        digit |= Character.isDigit(line.charAt(at));
        at++;
      }
      if (at > start) {
        words.add(digit ? ANY : line.substring(start, at));
      } else {
        words.add(line.substring(at, at + 1));
        at++;
      }
    }
    return words;
  }

  /** The delimiters, in their places. */
  private static String shape(List<String> words) {
    StringBuilder shape = new StringBuilder();
    for (String word : words) {
      shape.append(isDelimiter(word) ? word.charAt(0) : 'w');
    }
    return shape.toString();
  }

  private static boolean isDelimiter(String word) {
    return word.length() == 1 && DELIMITERS.indexOf(word.charAt(0)) >= 0;
  }
}
