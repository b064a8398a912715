package io.ghostworks.traceql.eval;

import java.util.ArrayList;
import java.util.List;

/** The keys of attributes that a query names, numbered. Filled while the query is compiled. */
final class KeyTable {
  private final List<String> keys = new ArrayList<>();

  int number(String key) {
    int known = keys.indexOf(key);
    if (known >= 0) {
      return known;
    }
    keys.add(key);
    return keys.size() - 1;
  }

  List<String> keys() {
    return keys;
  }
}
