package io.ghostworks.series.part;

import io.ghostworks.series.part.SeriesPart.TenantRange;
import io.ghostworks.series.select.LabelIndex;
import java.util.ArrayList;
import java.util.List;
import org.roaringbitmap.RoaringBitmap;

/** The labels of one tenant in a part. */
final class PartLabels implements LabelIndex {
  private final PartIndex index;
  private final TenantRange range;

  PartLabels(PartIndex index, TenantRange range) {
    this.index = index;
    this.range = range;
  }

  @Override
  public RoaringBitmap all() {
    RoaringBitmap all = new RoaringBitmap();
    all.add(range.firstSeries(), (long) range.firstSeries() + range.series());
    return all;
  }

  @Override
  public void addSeries(String name, String value, RoaringBitmap target) {
    int pair = findPair(name, value);
    if (pair >= 0) {
      index.addSeries(pair, range.firstSeries(), target);
    }
  }

  @Override
  public long count(String name, String value) {
    int pair = findPair(name, value);
    return pair < 0 ? 0 : index.seriesCount(pair);
  }

  @Override
  public void retainSeries(String name, String value, RoaringBitmap target) {
    int pair = findPair(name, value);
    if (pair < 0) {
      target.clear();
    } else {
      index.retainSeries(pair, range.firstSeries(), target);
    }
  }

  @Override
  public Values values(String name) {
    int number = findName(name);
    return number < 0
        ? new PairValues(0, 0)
        : new PairValues(index.firstPair(number), index.endPair(number));
  }

  @Override
  public List<String> names() {
    List<String> names = new ArrayList<>(range.names());
    for (int name = range.firstName(); name < range.firstName() + range.names(); name++) {
      names.add(index.symbol(index.nameSymbol(name)));
    }
    return names;
  }

  private int findPair(String name, String value) {
    int number = findName(name);
    int symbol = number < 0 ? -1 : index.findSymbol(value);
    return symbol < 0 ? -1 : index.findPair(number, symbol);
  }

  private int findName(String name) {
    int symbol = index.findSymbol(name);
    return symbol < 0
        ? -1
        : index.findName(range.firstName(), range.firstName() + range.names(), symbol);
  }

  private final class PairValues implements Values {
    private final int end;
    private int pair;

    PairValues(int first, int end) {
      this.pair = first - 1;
      this.end = end;
    }

    @Override
    public boolean next() {
      return ++pair < end;
    }

    @Override
    public String value() {
      return index.symbol(index.pairValue(pair));
    }

    @Override
    public void addSeries(RoaringBitmap target) {
      index.addSeries(pair, range.firstSeries(), target);
    }
  }
}
