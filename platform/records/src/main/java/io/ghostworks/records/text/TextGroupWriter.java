package io.ghostworks.records.text;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.storage.bytes.BytesOutput;
import java.util.Arrays;

/**
 * Encodes texts as templates, which are the forms that several of them share, and the values of the
 * templates' variables.
 *
 * <pre>
 * group    := templates:varint template[templates]   // with more than one: stream CODES, the template of each text
 * template := class:u8 texts:varint formLength:varint form values[variables]
 * </pre>
 *
 * A form holds the byte 0xFF for each variable; it is what stands in a text, with (class 0) the
 * scalars of a JSON object, (1) the tokens that have a digit or (2) all tokens as variables, or (3)
 * nothing but one variable. A text takes the first class whose template has enough texts: rare
 * templates cost more than they save. Template numbers are codes as ValuesWriter has them.
 */
final class TextGroupWriter {

  static final int CLASS_JSON = 0;
  static final int CLASS_TOKENS = 1;
  static final int CLASS_WORDS = 2;
  static final int CLASS_TEXT = 3;

  private static final int TEMPLATE_TEXTS_MIN = 6;
  private static final int SAME_DISTANCE_MAX = 16;
  private static final int LIMIT_BYTES = Integer.MAX_VALUE - 16;

  private final StreamsWriter streams;
  private final BytesOutput meta;
  private final TokenVisitor tokens;
  private final boolean json;
  private final ValuesWriter values;
  private final Split split = new Split();
  private final JsonSplit jsonSplit = new JsonSplit(split);
  private final FormTable forms = new FormTable();
  private long[] marks = new long[1024];
  private int markCount;
  private int[] formOf = new int[0];
  private int[] firstMark = new int[0];
  private int[] formTexts = new int[64];
  private int[] ends = new int[64];

  /**
   * @param json whether texts that are JSON objects are split by their scalars
   */
  TextGroupWriter(StreamsWriter streams, BytesOutput meta, TokenVisitor tokens, boolean json) {
    this.streams = streams;
    this.meta = meta;
    this.tokens = tokens;
    this.json = json;
    this.values = new ValuesWriter(streams, meta, tokens, LIMIT_BYTES);
  }

  /** Writes the texts; there is at least one. */
  void write(byte[] text, long[] slices, int count) {
    forms.clear();
    markCount = 0;
    if (formOf.length < count) {
      formOf = new int[count];
      firstMark = new int[count];
    }
    Arrays.fill(formTexts, 0);
    Arrays.fill(formOf, 0, count, -1);
    for (int next = json ? CLASS_JSON : CLASS_TOKENS; next <= CLASS_TEXT; next++) {
      assign(text, slices, count, next);
    }
    int[] templates = templates(count);
    codes(templates, count);
    int[] members = members(count);
    for (int form : templates) {
      template(form, text, Arrays.copyOfRange(members, ends[form] - formTexts[form], ends[form]));
    }
  }

  /** Gives the texts whose template is rare the next form. */
  private void assign(byte[] text, long[] slices, int count, int textClass) {
    for (int i = 0; i < count; i++) {
      if (formOf[i] >= 0 && formTexts[formOf[i]] >= TEMPLATE_TEXTS_MIN) {
        continue;
      }
      int from = ByteArena.offset(slices[i]);
      int to = from + ByteArena.length(slices[i]);
      if (!split(text, from, to, textClass)) {
        continue;
      }
      if (formOf[i] >= 0) {
        formTexts[formOf[i]]--;
      }
      split.setTextClass(textClass);
      int form = forms.id(split.form(), 0, split.formLength());
      if (form >= formTexts.length) {
        formTexts = Arrays.copyOf(formTexts, 2 * form);
      }
      formTexts[form]++;
      formOf[i] = form;
      firstMark[i] = markCount;
      keepMarks();
    }
  }

  private boolean split(byte[] text, int from, int to, int textClass) {
    return switch (textClass) {
      case CLASS_JSON -> jsonSplit.object(text, from, to);
      case CLASS_TOKENS -> split.tokens(text, from, to, false);
      case CLASS_WORDS -> split.tokens(text, from, to, true);
      default -> {
        split.begin(0);
        yield split.varies(from, to);
      }
    };
  }

  private void keepMarks() {
    int variables = split.variables();
    if (markCount + variables > marks.length) {
      marks = Arrays.copyOf(marks, Math.max(2 * marks.length, markCount + variables));
    }
    for (int i = 0; i < variables; i++) {
      marks[markCount++] = ByteArena.slice(split.start(i), split.end(i) - split.start(i));
    }
  }

  /** The forms that have texts, in the order in which they first came. */
  private int[] templates(int count) {
    boolean[] used = new boolean[forms.size()];
    for (int i = 0; i < count; i++) {
      used[formOf[i]] = true;
    }
    int[] templates = new int[forms.size()];
    int size = 0;
    for (int form = 0; form < used.length; form++) {
      if (used[form]) {
        templates[size++] = form;
      }
    }
    return Arrays.copyOf(templates, size);
  }

  private void codes(int[] templates, int count) {
    meta.putVarint(templates.length);
    if (templates.length == 1) {
      return;
    }
    int[] code = new int[forms.size()];
    for (int template = 0; template < templates.length; template++) {
      code[templates[template]] = template;
    }
    int planes = templates.length > 256 ? 2 : 1;
    byte[] bytes = new byte[planes * count];
    for (int i = 0; i < count; i++) {
      for (int plane = 0; plane < planes; plane++) {
        bytes[plane * count + i] = (byte) (code[formOf[i]] >>> (8 * plane));
      }
    }
    streams.add(StreamsWriter.Kind.CODES, bytes, 0, bytes.length);
  }

  /** The texts by form; afterwards those of a form end at {@link #ends}. */
  private int[] members(int count) {
    if (ends.length < forms.size()) {
      ends = new int[2 * forms.size()];
    }
    int before = 0;
    for (int form = 0; form < forms.size(); form++) {
      ends[form] = before;
      before += formTexts[form];
    }
    int[] members = new int[count];
    for (int i = 0; i < count; i++) {
      members[ends[formOf[i]]++] = i;
    }
    return members;
  }

  private void template(int form, byte[] text, int[] members) {
    byte[] bytes = forms.arena().array();
    int from = ByteArena.offset(forms.slice(form)) + 1;
    int length = ByteArena.length(forms.slice(form)) - 1;
    int textClass = bytes[from - 1];
    meta.putByte(textClass);
    meta.putVarint(members.length);
    meta.putLengthAndBytes(bytes, from, length);
    int variables = 0;
    for (int i = from; i < from + length; i++) {
      variables += bytes[i] == Split.MARK ? 1 : 0;
    }
    visitStanding(bytes, from, from + length);
    ValuesWriter.Origin origin =
        switch (textClass) {
          case CLASS_JSON -> ValuesWriter.Origin.SCALAR;
          case CLASS_TEXT -> ValuesWriter.Origin.TEXT;
          default -> ValuesWriter.Origin.TOKEN;
        };
    columns(text, members, variables, origin);
  }

  private void columns(byte[] text, int[] members, int variables, ValuesWriter.Origin origin) {
    long[][] columns = new long[variables][];
    for (int variable = 0; variable < variables; variable++) {
      long[] column = new long[members.length];
      for (int i = 0; i < members.length; i++) {
        column[i] = marks[firstMark[members[i]] + variable];
      }
      columns[variable] = column;
      int same = earlier(text, columns, variable);
      if (same >= 0) {
        values.same(same);
      } else {
        values.write(text, column, members.length, origin);
      }
    }
  }

  /** The earlier variable with the same values; -1 if there is none. */
  private static int earlier(byte[] text, long[][] columns, int variable) {
    long[] wanted = columns[variable];
    for (int i = Math.max(0, variable - SAME_DISTANCE_MAX); i < variable; i++) {
      if (equal(text, columns[i], wanted)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean equal(byte[] text, long[] left, long[] right) {
    for (int i = 0; i < left.length; i++) {
      int length = ByteArena.length(left[i]);
      int a = ByteArena.offset(left[i]);
      int b = ByteArena.offset(right[i]);
      if (length != ByteArena.length(right[i])
          || !Arrays.equals(text, a, a + length, text, b, b + length)) {
        return false;
      }
    }
    return true;
  }

  private void visitStanding(byte[] form, int from, int to) {
    int start = from;
    for (int at = from; at <= to; at++) {
      if (at == to || form[at] == Split.MARK) {
        Tokens.visit(form, start, at - start, tokens);
        start = at + 1;
      }
    }
  }
}
