package io.ghostworks.series.select;

import io.ghostworks.model.label.Labels;
import io.ghostworks.series.chunk.SampleBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Walks over the series of several layers as one, in the order of their labels. Layers are given
 * oldest first; of samples at the same time that of the older layer counts. Used by one thread.
 */
public final class MergedLayers {
  private final PriorityQueue<Source> waiting = new PriorityQueue<>();
  private final List<Source> current = new ArrayList<>();

  public MergedLayers(List<LayerCursor> cursors) {
    for (int i = 0; i < cursors.size(); i++) {
      advance(new Source(cursors.get(i), i));
    }
  }

  /** Goes to the next series. */
  public boolean next() {
    for (Source source : current) {
      advance(source);
    }
    current.clear();
    Source first = waiting.poll();
    if (first == null) {
      return false;
    }
    current.add(first);
    for (Source source = waiting.peek();
        source != null && source.labels.equals(first.labels);
        source = waiting.peek()) {
      current.add(source);
      waiting.remove();
    }
    return true;
  }

  public Labels labels() {
    return current.getFirst().labels;
  }

  /** How many layers have the current series. */
  public int sources() {
    return current.size();
  }

  /** The place of a layer that has the current series in the list that was given. */
  public int layer(int source) {
    return current.get(source).order;
  }

  /** The cursor of a layer that has the current series; stands at the series. */
  public LayerCursor cursor(int source) {
    return current.get(source).cursor;
  }

  /** Replaces the buffer's content by the samples of the current series in a range. */
  public void read(long startMs, long endMs, SampleBuffer target) {
    target.clear();
    for (Source source : current) {
      source.cursor.read(startMs, endMs, target);
    }
    target.normalize();
  }

  private void advance(Source source) {
    if (source.cursor.next()) {
      source.labels = source.cursor.labels();
      waiting.add(source);
    }
  }

  private static final class Source implements Comparable<Source> {
    private final LayerCursor cursor;
    private final int order;
    private Labels labels = Labels.EMPTY;

    Source(LayerCursor cursor, int order) {
      this.cursor = cursor;
      this.order = order;
    }

    @Override
    public int compareTo(Source other) {
      int byLabels = labels.compareTo(other.labels);
      return byLabels != 0 ? byLabels : Integer.compare(order, other.order);
    }
  }
}
