package io.ghostworks.series.level;

/**
 * Merges rows of one series and resolution that came from different places: those that stand
 * already and those of samples that came later. Rows whose samples do not overlap in time are
 * joined as if they had come in order. Of rows that overlap the samples cannot be told apart any
 * more, so one stands for both: that of more samples, the one that stood already where both have as
 * many. One object serves one thread.
 */
public final class RowMerge {
  private final LevelBuffer kept = new LevelBuffer();
  private final RowBuilder joining;

  public RowMerge(int resolutionMs) {
    this.joining = new RowBuilder(resolutionMs);
  }

  /** Replaces the target's content by the rows of both, each ascending. */
  public void merge(LevelBuffer standing, LevelBuffer later, LevelBuffer target) {
    kept.clear();
    int s = 0;
    int l = 0;
    while (s < standing.size() || l < later.size()) {
      if (l == later.size()) {
        kept.add(standing, s++);
      } else if (s == standing.size()) {
        kept.add(later, l++);
      } else if (standing.lastMs(s) < later.firstMs(l)) {
        kept.add(standing, s++);
      } else if (later.lastMs(l) < standing.firstMs(s)) {
        kept.add(later, l++);
      } else if (later.count(l) > standing.count(s)) {
        s++;
      } else {
        l++;
      }
    }
    joining.build(kept, target);
  }
}
