package io.ghostworks.records.text;

/**
 * A text split into what stands and what varies. The form is the text with the byte {@link #MARK}
 * in the place of every variable; texts that hold this byte, which no UTF-8 does, are not split.
 * Reused; not thread-safe.
 */
final class Split {

  /** Stands for a variable in a form. */
  static final byte MARK = (byte) 0xFF;

  /** The most variables of a text. */
  static final int VARIABLES_MAX = 512;

  private static final int UUID_LENGTH = 36;

  private byte[] form = new byte[1024];
  private int formLength;
  private final int[] starts = new int[VARIABLES_MAX];
  private final int[] ends = new int[VARIABLES_MAX];
  private int variables;

  /** The class of the template, then what stands and a mark for every variable. */
  byte[] form() {
    return form;
  }

  int formLength() {
    return formLength;
  }

  int variables() {
    return variables;
  }

  /** Where a variable begins in the array that was split. */
  int start(int variable) {
    return starts[variable];
  }

  int end(int variable) {
    return ends[variable];
  }

  /** Begins a form for a text of this length. */
  void begin(int length) {
    formLength = 1;
    variables = 0;
    if (form.length <= length + VARIABLES_MAX) {
      form = new byte[Math.max(2 * form.length, length + VARIABLES_MAX + 1)];
    }
  }

  void setTextClass(int textClass) {
    form[0] = (byte) textClass;
  }

  /** Adds bytes that stand. */
  void stands(byte[] text, int from, int to) {
    System.arraycopy(text, from, form, formLength, to - from);
    formLength += to - from;
  }

  /** Adds a variable; false if there are too many. */
  boolean varies(int from, int to) {
    if (variables == VARIABLES_MAX) {
      return false;
    }
    form[formLength++] = MARK;
    starts[variables] = from;
    ends[variables++] = to;
    return true;
  }

  /**
   * Splits by tokens: those with a digit vary, or all.
   *
   * @param all whether every token varies
   * @return false if the text cannot be split
   */
  boolean tokens(byte[] text, int from, int to, boolean all) {
    begin(to - from);
    int at = from;
    while (at < to) {
      int kind = 0;
      while (at < to && (kind = Tokens.kind(text[at])) == 0) {
        form[formLength++] = text[at++];
      }
      int start = at;
      int kinds = 0;
      while (kind != 0) {
        kinds |= kind;
        kind = ++at < to ? Tokens.kind(text[at]) : 0;
      }
      if ((kinds & Tokens.MARK) != 0) {
        return false;
      }
      boolean digits = all || (kinds & Tokens.DIGIT) != 0;
      if (at - start == 8 && isUuid(text, start, to)) {
        if (!uuid(start)) {
          return false;
        }
        at = start + UUID_LENGTH;
      } else if (digits && at > start) {
        if (!varies(start, at)) {
          return false;
        }
      } else {
        stands(text, start, at);
      }
    }
    return true;
  }

  /** The groups of a UUID vary all, also those that happen to have no digit. */
  private boolean uuid(int start) {
    int[] groups = {0, 8, 9, 13, 14, 18, 19, 23, 24, UUID_LENGTH};
    for (int i = 0; i < groups.length; i += 2) {
      if (i > 0) {
        form[formLength++] = '-';
      }
      if (!varies(start + groups[i], start + groups[i + 1])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isUuid(byte[] text, int start, int to) {
    if (to - start < UUID_LENGTH
        || (to - start > UUID_LENGTH && Tokens.isToken(text[start + UUID_LENGTH]))) {
      return false;
    }
    for (int i = 0; i < UUID_LENGTH; i++) {
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      byte value = text[start + i];
      if (dash ? value != '-' : Hex.digit(value) < 0) {
        return false;
      }
    }
    return true;
  }
}
