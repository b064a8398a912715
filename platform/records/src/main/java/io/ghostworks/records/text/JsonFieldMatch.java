package io.ghostworks.records.text;

import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the rows in which a scalar of flattened JSON may fulfil a condition. */
final class JsonFieldMatch {

  private static final int AMBIGUOUS = -2;
  private static final TextTest UNUSUAL = JsonFieldMatch::isUnusual;

  private final TextGroup texts;
  private final String name;
  private final boolean absent;

  /**
   * @param absent whether rows without the scalar are wanted
   */
  JsonFieldMatch(TextGroup texts, String name, boolean absent) {
    this.texts = texts;
    this.name = name;
    this.absent = absent;
  }

  /** The rows in which the scalar equals a value, and those in which that cannot be told. */
  RowSet mayEqual(byte[] value) throws DamagedDataException {
    Probe probe = Probe.equal(Needle.of(value));
    return find((values, into) -> {
      values.match(probe, into);
      values.test(UNUSUAL, into);
    });
  }

  /** The rows in which the scalar passes a test, and those in which that cannot be told. */
  RowSet mayPass(TextTest test) throws DamagedDataException {
    TextTest either =
        (bytes, offset, length) ->
            test.test(bytes, offset, length) || isUnusual(bytes, offset, length);
    return find((values, into) -> values.test(either, into));
  }

  private RowSet find(Condition condition) throws DamagedDataException {
    RowSet found = RowSet.none(texts.count());
    for (int i = 0; i < texts.templates().size(); i++) {
      StoredTemplate template = texts.templates().get(i);
      int variable = variable(template);
      RowSet inside = RowSet.none(template.count());
      if (variable >= 0) {
        condition.add(template.values(variable), inside);
      } else if (variable == AMBIGUOUS || absent) {
        inside.addAll();
      }
      texts.addMembers(i, inside, found);
    }
    return found;
  }

  private int variable(StoredTemplate template) {
    if (isNoObject(template)) {
      return -1;
    }
    List<@Nullable String> names = template.isJson() ? JsonNames.of(template) : null;
    if (names == null) {
      return AMBIGUOUS;
    }
    int first = names.indexOf(name);
    return first == names.lastIndexOf(name) ? first : AMBIGUOUS;
  }

  /** Texts that begin with another byte than an object's have no scalars. */
  private static boolean isNoObject(StoredTemplate template) {
    byte[] first = template.standing(0);
    if (first.length == 0) {
      return template.hasTokens();
    }
    return first[0] > ' ' && first[0] != '{';
  }

  /** A JSON scalar whose value is not its bytes, or may not be. */
  private static boolean isUnusual(byte[] bytes, int offset, int length) {
    for (int at = offset; at < offset + length; at++) {
      if (bytes[at] < 0 || bytes[at] == '\\') {
        return true;
      }
    }
    return length == 4 && bytes[offset] == 'n';
  }

  /** Adds values to a set. */
  private interface Condition {
    void add(StoredValues values, RowSet into) throws DamagedDataException;
  }
}
