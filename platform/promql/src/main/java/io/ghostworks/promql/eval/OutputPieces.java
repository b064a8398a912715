package io.ghostworks.promql.eval;

import io.ghostworks.model.label.Labels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects results by labels that are computed series after series. They come out in the order in
 * which {@link OutputBlock} would have seen them step after step, on which sums of them depend, and
 * with its error where labels meet.
 */
final class OutputPieces {
  private final Query query;
  private final Grid grid;
  private final List<Piece> pieces = new ArrayList<>();

  /**
   * A part of the output.
   *
   * @param firstStep that has a value
   * @param rank among those of a step
   * @param order among those of a rank
   */
  private record Piece(Series series, int firstStep, int rank, int order) {}

  OutputPieces(Query query, Grid grid) {
    this.query = query;
    this.grid = grid;
  }

  /** A series of the query's memory, to be filled and then added. */
  Series newSeries(Labels labels, boolean dropName) {
    return Blocks.newSeries(query, labels, dropName, grid);
  }

  /** Takes over a series; what has no value is given up. */
  void add(Series series, int rank, int order) {
    int firstStep = series.firstStep();
    if (firstStep < 0) {
      Blocks.release(query, series);
    } else {
      pieces.add(new Piece(series, firstStep, rank, order));
    }
  }

  /** Everything collected. */
  List<Series> finish() {
    pieces.sort(
        Comparator.comparingInt(Piece::firstStep)
            .thenComparingInt(Piece::rank)
            .thenComparingInt(Piece::order));
    List<Series> block = new ArrayList<>(pieces.size());
    Map<Labels, Series> byLabels = HashMap.newHashMap(pieces.size());
    for (Piece piece : pieces) {
      Series first = byLabels.putIfAbsent(piece.series.labels(), piece.series);
      if (first == null || (grid.isInstant() && query.options().delayedNameRemoval())) {
        block.add(piece.series);
      } else {
        Blocks.moveInto(query, first, piece.series);
      }
    }
    for (Series series : block) {
      query.hold(series.size());
    }
    return block;
  }
}
