package io.ghostworks.scrape;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.StringTable;
import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.label.Labels;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * What a target's earlier scrapes have taught: which stored label set the text of an exposed series
 * stands for, which texts relabelling drops, and which series were there last time. An unchanged
 * scrape is recognised without allocation, usually by comparing each text with the one that
 * followed the same text last time.
 *
 * <p>Counterpart of Prometheus's scrapeCache. An <em>iteration</em> is one attempt to append a
 * scrape, also an empty one. A text counts as known while it was seen in the last successful scrape
 * or since. Not thread-safe; the label sets in {@link #sets} are frozen whenever a batch has them,
 * and copied before the next change.
 */
final class SeriesCache {
  private static final int DROPPED = -1;
  private static final int NOTHING = -1;
  private static final int SPARE_TEXTS = 1_000;

  private StringTable texts = new StringTable();
  private int[] setOfText = new int[16];
  private int[] seenIn = new int[16];
  private int[] successor = new int[16];
  private StringTable packedSets = new StringTable();
  private LabelSetTable sets = new LabelSetTable();
  private boolean setsFrozen;
  private int[] trackedIn = new int[16];
  private long[] startMs = {}; // by set; only where starts are asked about
  private int iteration = 2; // never seen is 0, and so is not the iteration before the first
  private int knownSince = 2;
  private int previousText = NOTHING;
  private int firstText = NOTHING;
  private int textsAtLastSuccess;

  /** The text of a series; its number is good until the iteration ends. */
  int text(byte[] bytes, int from, int to) {
    int guess = previousText == NOTHING ? firstText : successor[previousText];
    int text = guess != NOTHING && isText(guess, bytes, from, to) ? guess : intern(bytes, from, to);
    if (previousText == NOTHING) {
      firstText = text;
    } else {
      successor[previousText] = text;
    }
    previousText = text;
    return text;
  }

  /** Whether the text was seen in the last successful scrape or since. */
  boolean isKnown(int text) {
    return seenIn[text] >= knownSince;
  }

  /** Whether a known text is one that relabelling drops. */
  boolean isDropped(int text) {
    return setOfText[text] == DROPPED;
  }

  boolean isSeenInThisIteration(int text) {
    return seenIn[text] == iteration;
  }

  /** Marks a known or just added text as seen now. */
  void see(int text) {
    seenIn[text] = iteration;
  }

  /** The label set of a known text that is not dropped. */
  int set(int text) {
    return setOfText[text];
  }

  /** Remembers that relabelling drops this text. */
  void drop(int text) {
    setOfText[text] = DROPPED;
    see(text);
  }

  /** Remembers the label set of a text. */
  void assign(int text, int set) {
    setOfText[text] = set;
  }

  /** The number of a label set, the same for equal sets. */
  int internSet(Labels labels) {
    byte[] packed = LabelSetTable.pack(labels);
    int known = packedSets.size();
    int set = packedSets.intern(packed, 0, packed.length);
    if (set == known) {
      if (setsFrozen) {
        sets = copyOf(sets);
        setsFrozen = false;
      }
      sets.addPacked(packed, 0, packed.length);
      if (set == trackedIn.length) {
        trackedIn = Arrays.copyOf(trackedIn, set * 2);
      }
    }
    return set;
  }

  /** The hashes of the label sets exposed in this iteration or the one before, ascending. */
  long[] trackedHashes() {
    long[] hashes = new long[sets.size()];
    int count = 0;
    for (int set = 0; set < sets.size(); set++) {
      if (trackedIn[set] >= iteration - 1) {
        hashes[count++] = sets.hash(set);
      }
    }
    long[] tracked = Arrays.copyOf(hashes, count);
    Arrays.sort(tracked);
    return tracked;
  }

  /** The hash of a label set's packed bytes. */
  long hash(int set) {
    return sets.hash(set);
  }

  /** Lets the series end with a staleness marker when it is not exposed any more. */
  void track(int set) {
    trackedIn[set] = iteration;
  }

  /** Whether a series has another start than last time; remembers it. */
  boolean begins(int set, long startTimestampMs) {
    if (set >= startMs.length) {
      startMs = Arrays.copyOf(startMs, Math.max(trackedIn.length, set + 1));
    }
    boolean other = startMs[set] != startTimestampMs;
    startMs[set] = startTimestampMs;
    return other;
  }

  /** Every series that was tracked in the iteration before and is not in this one. */
  void forEachStale(IntConsumer action) {
    for (int set = 0; set < sets.size(); set++) {
      if (trackedIn[set] == iteration - 1) {
        action.accept(set);
      }
    }
  }

  /** The label sets, for a batch; from now on they do not change. */
  LabelSetTable freezeSets() {
    setsFrozen = true;
    return sets;
  }

  /**
   * Ends this iteration and begins the next.
   *
   * @param success whether a body was read whole, after which what it did not have is forgotten
   */
  void endIteration(boolean success) {
    boolean forget = success;
    if (success) {
      knownSince = iteration;
    } else if (texts.size() > textsAtLastSuccess * 2 + SPARE_TEXTS) {
      knownSince = iteration; // failing scrapes with ever new texts must not grow this without end
      forget = true;
    }
    if (forget) {
      compactIfSparse();
      textsAtLastSuccess = texts.size();
    }
    previousText = NOTHING;
    iteration++;
  }

  private void compactIfSparse() {
    int live = 0;
    for (int text = 0; text < texts.size(); text++) {
      live += isKnown(text) ? 1 : 0;
    }
    if (texts.size() <= live * 2 + SPARE_TEXTS) {
      return;
    }
    SeriesCache compact = new SeriesCache();
    compact.iteration = iteration;
    for (int text = 0; text < texts.size(); text++) {
      if (isKnown(text)) {
        long slice = texts.slice(text);
        int copy =
            compact.intern(
                texts.arena().array(),
                ByteArena.offset(slice),
                ByteArena.length(slice) + ByteArena.offset(slice));
        compact.seenIn[copy] = seenIn[text];
        compact.setOfText[copy] = isDropped(text) ? DROPPED : compact.take(this, setOfText[text]);
      }
    }
    for (int set = 0; set < sets.size(); set++) {
      if (trackedIn[set] == iteration) {
        compact.take(this, set);
      }
    }
    adopt(compact);
  }

  private int take(SeriesCache from, int set) {
    int copy = internSet(from.sets.labels(set));
    trackedIn[copy] = from.trackedIn[set];
    if (set < from.startMs.length) {
      var _ = begins(copy, from.startMs[set]);
    }
    return copy;
  }

  private void adopt(SeriesCache compact) {
    texts = compact.texts;
    setOfText = compact.setOfText;
    seenIn = compact.seenIn;
    successor = compact.successor;
    packedSets = compact.packedSets;
    sets = compact.sets;
    setsFrozen = false;
    trackedIn = compact.trackedIn;
    startMs = compact.startMs;
    firstText = NOTHING;
  }

  private boolean isText(int text, byte[] bytes, int from, int to) {
    long slice = texts.slice(text);
    int offset = ByteArena.offset(slice);
    return ByteArena.length(slice) == to - from
        && Arrays.equals(texts.arena().array(), offset, offset + to - from, bytes, from, to);
  }

  private int intern(byte[] bytes, int from, int to) {
    int known = texts.size();
    int text = texts.intern(bytes, from, to - from);
    if (text == known) {
      if (text == seenIn.length) {
        setOfText = Arrays.copyOf(setOfText, text * 2);
        seenIn = Arrays.copyOf(seenIn, text * 2);
        successor = Arrays.copyOf(successor, text * 2);
      }
      setOfText[text] = DROPPED;
      seenIn[text] = 0;
      successor[text] = NOTHING;
    }
    return text;
  }

  private static LabelSetTable copyOf(LabelSetTable table) {
    LabelSetTable copy = new LabelSetTable();
    for (int set = 0; set < table.size(); set++) {
      long slice = table.slice(set);
      copy.addPacked(table.arena().array(), ByteArena.offset(slice), ByteArena.length(slice));
    }
    return copy;
  }
}
