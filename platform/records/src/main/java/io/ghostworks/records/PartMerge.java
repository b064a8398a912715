package io.ghostworks.records;

import io.ghostworks.query.record.Filter;
import io.ghostworks.records.batch.BatchSchema;
import io.ghostworks.records.batch.DistinctRows;
import io.ghostworks.records.batch.RowCopier;
import io.ghostworks.records.part.RecordPart;
import io.ghostworks.records.scan.VisibleRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Brings the rows of one tenant in several parts into the order of one, block by block: of each
 * part one block is in memory at a time. Rows that are the same count once. Used by one thread.
 *
 * @param <B> the batch
 */
final class PartMerge<B> {

  private final SignalStore<B> store;
  private final BatchSchema<B> schema;
  private final Function<Block<B>, Filter> visible;
  private final Runnable betweenBlocks;
  private final DistinctRows<B> atSameTime;

  /** A block of a part. */
  record Block<B>(RecordPart<B> part, int number) {}

  /** Takes a block of the merged part. */
  @FunctionalInterface
  interface Target<B> {
    void add(B batch) throws IOException;
  }

  /**
   * @param visible which rows of a block are not deleted
   */
  PartMerge(SignalStore<B> store, Function<Block<B>, Filter> visible, Runnable betweenBlocks) {
    this.store = store;
    this.schema = store.schema();
    this.visible = visible;
    this.betweenBlocks = betweenBlocks;
    this.atSameTime = new DistinctRows<>(schema);
  }

  /**
   * Merges.
   *
   * @param parts the blocks of each part, in their order
   * @param isFull whether a batch that grows is a block
   */
  void run(List<List<Block<B>>> parts, Predicate<B> isFull, Target<B> target) throws IOException {
    PriorityQueue<Source> sources = new PriorityQueue<>();
    for (List<Block<B>> blocks : parts) {
      Source source = new Source(blocks, sources.size());
      if (source.next()) {
        sources.add(source);
      }
    }
    RowCopier<B> copier = schema.copier();
    Source before = null;
    byte[] keyBefore = {};
    long timeBefore = 0;
    for (Source first = sources.poll(); first != null; first = sources.poll()) {
      if (before == null || first.timeNanos != timeBefore || !Arrays.equals(first.key, keyBefore)) {
        atSameTime.clear();
      }
      before = first;
      keyBefore = first.key;
      timeBefore = first.timeNanos;
      if (atSameTime.add(first.batch(), first.row)) {
        copier.copy(first.batch(), first.row);
        if (isFull.test(copier.batch())) {
          betweenBlocks.run();
          target.add(copier.batch());
          copier = schema.copier();
        }
      }
      if (first.next()) {
        sources.add(first);
      }
    }
    if (schema.rows(copier.batch()) > 0) {
      target.add(copier.batch());
    }
  }

  /** The rows of one part, in order. */
  private final class Source implements Comparable<Source> {
    private final List<Block<B>> blocks;
    private final int number;
    private final List<B> open = new ArrayList<>(1);
    private int nextBlock;
    private int row;
    private byte[] key = {};
    private long timeNanos;

    Source(List<Block<B>> blocks, int number) {
      this.blocks = blocks;
      this.number = number;
    }

    B batch() {
      return open.getFirst();
    }

    /** Goes to the next row; false at the end. */
    boolean next() {
      row++;
      boolean opened = open.isEmpty() || row == schema.rows(batch());
      if (opened && !openNext()) {
        return false;
      }
      if (opened || !schema.sameSortKey(batch(), row - 1, row)) {
        key = schema.sortKey(batch(), row);
      }
      timeNanos = schema.timeNanos(batch(), row);
      return true;
    }

    private boolean openNext() {
      open.clear();
      while (nextBlock < blocks.size()) {
        betweenBlocks.run();
        Block<B> block = blocks.get(nextBlock++);
        B batch =
            VisibleRows.of(
                store.readable(), block.part().read(block.number()), visible.apply(block));
        if (schema.rows(batch) > 0) {
          open.add(batch);
          row = 0;
          return true;
        }
      }
      return false;
    }

    @Override
    public int compareTo(Source other) {
      int byKey = Arrays.compare(key, other.key);
      if (byKey != 0) {
        return byKey;
      }
      int byTime = Long.compare(timeNanos, other.timeNanos);
      return byTime != 0 ? byTime : Integer.compare(number, other.number);
    }
  }
}
