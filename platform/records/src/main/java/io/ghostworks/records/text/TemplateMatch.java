package io.ghostworks.records.text;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.storage.bytes.DamagedDataException;
import org.jspecify.annotations.Nullable;

/**
 * Finds a needle in the texts of one template without rebuilding them. A place of the needle lies
 * inside what stands, inside a variable, or spans several parts; then what stands must agree, and
 * the pieces of the needle between are compared with the values of the variables. Since the values
 * of token variables end where a token ends, there are few such ways; where JSON allows many, the
 * texts are rebuilt instead.
 */
final class TemplateMatch {

  private static final int STEPS_MAX = 256;

  private final StoredTemplate template;
  private final Probe probe;
  private final byte[] needle;
  private final RowSet found;
  private int steps;

  TemplateMatch(StoredTemplate template, Probe probe) {
    this.template = template;
    this.probe = probe;
    this.needle = probe.bytes();
    this.found = RowSet.none(template.count());
  }

  /** The ordinals of the texts that fulfil the probe. */
  RowSet find() throws DamagedDataException {
    if (probe.atStart()) {
      add(fromStanding(0, 0));
    } else if (probe.atEnd()) {
      ending();
    } else {
      anywhere();
    }
    if (steps > STEPS_MAX) {
      found.clear();
      rebuild();
    }
    return found;
  }

  private void add(@Nullable RowSet more) {
    if (more != null) {
      found.addAll(more);
    }
  }

  private void anywhere() throws DamagedDataException {
    if (needle.length == 0) {
      found.addAll();
      return;
    }
    for (int i = 0; i <= template.variables(); i++) {
      byte[] standing = template.standing(i);
      if (probe.needle().occursIn(standing, 0, standing.length)) {
        found.addAll();
        return;
      }
    }
    for (int i = 0; i < template.variables() && !found.isAll(); i++) {
      if (probe.isTokenOnly() || !template.hasTokens()) {
        template.values(i).match(probe, found);
      }
      spanning(i);
    }
  }

  /** Places that begin in what stands before a variable, or in the variable, and go on after it. */
  private void spanning(int variable) throws DamagedDataException {
    byte[] standing = template.standing(variable);
    if (probe.isTokenOnly() && template.hasTokens()) {
      return;
    }
    int first = Math.max(0, standing.length - needle.length + 1);
    for (int from = first; from < standing.length; from++) {
      int length = standing.length - from;
      if (Needle.matches(standing, from, needle, 0, length, probe.ignoresCase())) {
        add(fromVariable(variable, length));
      }
    }
    startingInside(variable);
  }

  private void startingInside(int variable) throws DamagedDataException {
    int first = template.hasTokens() ? firstEnd(0) : 1;
    for (int end = first; end >= 1 && end < needle.length; end = nextEnd(end)) {
      RowSet rest = fromStanding(variable + 1, end);
      if (rest != null) {
        add(both(rest, variable, probe.piece(0, end, false, true)));
      }
    }
  }

  /** The needle is the end of the text. */
  private void ending() throws DamagedDataException {
    byte[] last = template.standing(template.variables());
    if (needle.length <= last.length) {
      if (probe.test(last, 0, last.length)) {
        found.addAll();
      }
      return;
    }
    if (!template.isJson()) {
      for (int i = 0; i < template.variables(); i++) {
        spanning(i);
      }
      if (template.variables() > 0) {
        int variable = template.variables() - 1;
        int length = needle.length - last.length;
        if (Needle.matches(last, 0, needle, length, last.length, probe.ignoresCase())) {
          add(one(variable, probe.piece(0, length, false, true)));
        }
      }
      return;
    }
    rebuild();
  }

  /**
   * The texts in which the rest of the needle begins where what stands before a variable begins;
   * null if there are none.
   */
  private @Nullable RowSet fromStanding(int variable, int at) throws DamagedDataException {
    byte[] standing = template.standing(variable);
    int rest = needle.length - at;
    boolean last = variable == template.variables();
    int common = Math.min(rest, standing.length);
    if (!Needle.matches(standing, 0, needle, at, common, probe.ignoresCase())) {
      return null;
    }
    if (rest <= standing.length) {
      if (!probe.atEnd() || (last && rest == standing.length)) {
        return RowSet.all(template.count());
      }
      return last || rest < standing.length ? null : fromVariable(variable, needle.length);
    }
    return last ? null : fromVariable(variable, at + standing.length);
  }

  /** The texts in which the rest of the needle begins where a variable begins; null if none. */
  private @Nullable RowSet fromVariable(int variable, int at) throws DamagedDataException {
    if (++steps > STEPS_MAX) {
      return null;
    }
    RowSet all = null;
    if (!probe.atEnd()) {
      if (at == needle.length) {
        return RowSet.all(template.count());
      }
      if (!template.hasTokens() || Tokens.end(needle, at, needle.length) == needle.length) {
        all = one(variable, probe.piece(at, needle.length, true, false));
      }
    }
    int lastEnd = probe.atEnd() ? needle.length : needle.length - 1;
    for (int end = firstEnd(at); end >= at && end <= lastEnd; end = nextEnd(end)) {
      RowSet rest = fromStanding(variable + 1, end);
      if (rest != null) {
        RowSet more = both(rest, variable, probe.piece(at, end, true, true));
        if (all == null) {
          all = more;
        } else {
          all.addAll(more);
        }
      }
    }
    return all;
  }

  /** Where a value that begins at a byte of the needle may end first; -1: nowhere. */
  private int firstEnd(int at) {
    if (template.hasTokens()) {
      int end = Tokens.end(needle, at, needle.length);
      return end > at ? end : -1;
    }
    return at;
  }

  private int nextEnd(int end) {
    if (template.hasTokens() || end == needle.length) {
      return -1;
    }
    return end + 1;
  }

  private RowSet both(RowSet rest, int variable, Probe piece) throws DamagedDataException {
    RowSet found = one(variable, piece);
    found.retain(rest);
    return found;
  }

  private RowSet one(int variable, Probe piece) throws DamagedDataException {
    RowSet found = RowSet.none(template.count());
    template.values(variable).match(piece, found);
    return found;
  }

  private void rebuild() throws DamagedDataException {
    ByteArena arena = new ByteArena(1 << 12);
    for (int i = 0; i < template.count(); i++) {
      arena.truncate(0);
      template.append(i, arena);
      if (probe.test(arena.array(), 0, arena.size())) {
        found.add(i);
      }
    }
  }
}
