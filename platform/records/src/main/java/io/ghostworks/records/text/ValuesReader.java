package io.ghostworks.records.text;

import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.ArrayList;
import java.util.List;

/** Reads what {@link ValuesWriter} and {@link TextGroupWriter} put beside the streams. */
final class ValuesReader {

  private static final int NESTING_MAX = 3;
  private static final int DICTIONARY_MAX = 65_536;

  private final BytesInput meta;
  private final Streams streams;
  private final long textBytesMax;
  private int nextStream;
  private int nesting;

  ValuesReader(BytesInput meta, Streams streams, long textBytesMax) {
    this.textBytesMax = textBytesMax;
    this.meta = meta;
    this.streams = streams;
  }

  /** The group of this many texts that comes next. */
  TextGroup group(int texts) throws DamagedDataException {
    if (++nesting > NESTING_MAX) {
      throw new DamagedDataException(
          "groups of texts must nest at most %d deep".formatted(NESTING_MAX));
    }
    int count = meta.getVarint(Math.min(texts, DICTIONARY_MAX));
    DictionaryValues.Codes codes = count > 1 ? codes(texts, count) : null;
    List<StoredTemplate> templates = new ArrayList<>();
    int left = texts;
    for (int i = 0; i < count; i++) {
      StoredTemplate template = template(left);
      left -= template.count();
      templates.add(template);
    }
    if (left != 0) {
      throw new DamagedDataException("templates must have all texts, %d are left".formatted(left));
    }
    nesting--;
    return new TextGroup(texts, List.copyOf(templates), codes);
  }

  private StoredTemplate template(int textsMax) throws DamagedDataException {
    int textClass = meta.getByte();
    if (textClass > TextGroupWriter.CLASS_TEXT) {
      throw new DamagedDataException("a class of templates must be at most 3, got " + textClass);
    }
    int texts = meta.getVarint(textsMax);
    byte[] form = meta.getLengthAndBytes();
    int variables = 0;
    for (byte next : form) {
      variables += next == Split.MARK ? 1 : 0;
    }
    if (variables > Split.VARIABLES_MAX) {
      throw new DamagedDataException(
          "a template must have at most %d variables, got %d"
              .formatted(Split.VARIABLES_MAX, variables));
    }
    StoredValues[] values = new StoredValues[variables];
    for (int i = 0; i < variables; i++) {
      int kind = meta.getByte();
      values[i] =
          kind == ValuesWriter.SAME && i > 0
              ? values[meta.getVarint(i - 1)]
              : values(kind, texts, true);
    }
    return new StoredTemplate(textClass, form, texts, values, textBytesMax);
  }

  private StoredValues values(int kind, int count, boolean dictionaryAllowed)
      throws DamagedDataException {
    return switch (kind) {
      case ValuesWriter.CONSTANT -> new ConstantValue(meta.getLengthAndBytes(), count);
      case ValuesWriter.INTEGERS -> new IntegerValues(meta, streams, stream(), count);
      case ValuesWriter.HEX -> new HexValues(meta, streams, stream(), count);
      case ValuesWriter.DICTIONARY -> {
        if (!dictionaryAllowed) {
          throw new DamagedDataException("a dictionary must not have a dictionary");
        }
        int size = meta.getVarint(Math.min(count, DICTIONARY_MAX));
        DictionaryValues.Codes codes = codes(count, size);
        yield new DictionaryValues(values(meta.getByte(), size, false), codes);
      }
      case ValuesWriter.RAW -> {
        boolean fixed = meta.getByte() != 0;
        int length = meta.getVarint(Integer.MAX_VALUE);
        int lengths = fixed ? -1 : stream();
        yield new RawValues(streams, lengths, stream(), count, length);
      }
      case ValuesWriter.TEXTS -> group(count);
      default -> throw new DamagedDataException("values must have a known kind, got " + kind);
    };
  }

  private DictionaryValues.Codes codes(int count, int size) throws DamagedDataException {
    return new DictionaryValues.Codes(streams, stream(), count, size);
  }

  private int stream() throws DamagedDataException {
    if (nextStream == streams.count()) {
      throw new DamagedDataException("streams of texts must be more than " + nextStream);
    }
    return nextStream++;
  }
}
