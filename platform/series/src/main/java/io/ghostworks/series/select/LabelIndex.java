package io.ghostworks.series.select;

import java.util.List;
import org.roaringbitmap.RoaringBitmap;

/** Which series of one tenant have which labels, within one layer. Safe for use by one thread. */
public interface LabelIndex {

  /** All series of the tenant; the caller may change the answer. */
  RoaringBitmap all();

  /** Adds the series that have a label with this value. */
  void addSeries(String name, String value, RoaringBitmap target);

  /** How many series have a label with this value. */
  long count(String name, String value);

  /** Takes away the series that do not have a label with this value. */
  void retainSeries(String name, String value, RoaringBitmap target);

  /** Walks over the values of a label, in no particular order. */
  Values values(String name);

  /** The names of all labels, in no particular order. */
  List<String> names();

  /** A walk over values. */
  interface Values {
    boolean next();

    String value();

    /** Adds the series that have the current value. */
    void addSeries(RoaringBitmap target);
  }
}
