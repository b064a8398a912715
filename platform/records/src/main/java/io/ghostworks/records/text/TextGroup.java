package io.ghostworks.records.text;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Texts as templates and the values of their variables. */
final class TextGroup implements StoredValues {

  private final int count;
  private final List<StoredTemplate> templates;
  private final DictionaryValues.@Nullable Codes codes;
  private final int[] firsts;
  private int @Nullable [] ordinals;
  private int @Nullable [] members;

  /**
   * @param codes the template of each text; null if there is but one
   */
  TextGroup(int count, List<StoredTemplate> templates, DictionaryValues.@Nullable Codes codes) {
    this.count = count;
    this.templates = templates;
    this.codes = codes;
    this.firsts = new int[templates.size() + 1];
    for (int i = 0; i < templates.size(); i++) {
      firsts[i + 1] = firsts[i] + templates.get(i).count();
    }
  }

  @Override
  public int count() {
    return count;
  }

  List<StoredTemplate> templates() {
    return templates;
  }

  @Override
  public void append(int index, ByteArena arena) throws DamagedDataException {
    if (codes == null) {
      templates.getFirst().append(index, arena);
    } else {
      templates.get(codes.get(index)).append(ordinals()[index], arena);
    }
  }

  /** The texts of a template, ascending. */
  int[] members(int template) throws DamagedDataException {
    return Arrays.copyOfRange(members(), firsts[template], firsts[template + 1]);
  }

  @Override
  public void match(Probe probe, RowSet into) throws DamagedDataException {
    match(probe, into, null);
  }

  /**
   * Adds the texts that fulfil a probe.
   *
   * @param among looks only at templates that have some of these; null: at all
   */
  void match(Probe probe, RowSet into, @Nullable RowSet among) throws DamagedDataException {
    boolean everywhere = among == null || among.isAll();
    for (int template = 0; template < templates.size(); template++) {
      if (everywhere || hasSome(template, among)) {
        RowSet found = templates.get(template).match(probe);
        addMembers(template, found, into);
      }
    }
  }

  @Override
  public void test(TextTest test, RowSet into) throws DamagedDataException {
    ByteArena arena = new ByteArena(1 << 12);
    for (int template = 0; template < templates.size(); template++) {
      StoredTemplate stored = templates.get(template);
      RowSet found = RowSet.none(stored.count());
      for (int i = 0; i < stored.count(); i++) {
        arena.truncate(0);
        stored.append(i, arena);
        if (test.test(arena.array(), 0, arena.size())) {
          found.add(i);
        }
      }
      addMembers(template, found, into);
    }
  }

  /** Adds the texts whose ordinals among those of a template are in a set. */
  void addMembers(int template, RowSet found, RowSet into) throws DamagedDataException {
    if (codes == null) {
      into.addAll(found);
      return;
    }
    if (found.isEmpty()) {
      return;
    }
    int[] all = members();
    int first = firsts[template];
    for (int i = found.next(0); i >= 0; i = found.next(i + 1)) {
      into.add(all[first + i]);
    }
  }

  private boolean hasSome(int template, @Nullable RowSet among) throws DamagedDataException {
    if (among == null) {
      return true;
    }
    if (codes == null) {
      return !among.isEmpty();
    }
    int[] all = members();
    int first = firsts[template];
    int last = firsts[template + 1];
    for (int i = first; i < last; i++) {
      if (among.contains(all[i])) {
        return true;
      }
    }
    return false;
  }

  /** The ordinal of each text among those of its template. */
  private int[] ordinals() throws DamagedDataException {
    int[] known = ordinals;
    if (known == null) {
      known = new int[count];
      int[] all = members();
      int at = 0;
      for (StoredTemplate template : templates) {
        for (int i = 0; i < template.count(); i++) {
          known[all[at++]] = i;
        }
      }
      ordinals = known;
    }
    return known;
  }

  /** The texts by template. */
  private int[] members() throws DamagedDataException {
    int[] known = members;
    if (known == null) {
      known = new int[count];
      int[] next = firsts.clone();
      char[] all = codes == null ? new char[count] : codes.all();
      for (int i = 0; i < count; i++) {
        int template = all[i];
        if (next[template] == firsts[template + 1]) {
          throw new DamagedDataException(
              "template %d must have %d texts, got more"
                  .formatted(template, templates.get(template).count()));
        }
        known[next[template]++] = i;
      }
      members = known;
    }
    return known;
  }
}
