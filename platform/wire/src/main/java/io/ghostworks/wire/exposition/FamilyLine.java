package io.ghostworks.wire.exposition;

import io.ghostworks.wire.proto.Utf8;

/** The family that a line of metadata speaks of, and what the line says; of the last line read. */
final class FamilyLine {
  private final byte[] text;
  private final int end;
  private final SampleText sample;
  private int familyStart;
  private int familyEnd;
  private int wordsStart;
  private int wordsEnd;

  FamilyLine(byte[] text, int end, SampleText sample) {
    this.text = text;
    this.end = end;
    this.sample = sample;
  }

  /** Reads the family's name, plain or quoted; returns where it ends. */
  int readFamily(int at) {
    if (at < end && text[at] == '"') {
      int close = sample.endOfQuoted(at, true);
      familyStart = at + 1;
      familyEnd = close - 1;
      return close;
    }
    if (at < end && SampleText.startsName(text[at])) {
      familyStart = at;
      familyEnd = sample.endOfName(at);
      return familyEnd;
    }
    throw sample.error("expected metric name", at);
  }

  /** Takes the rest of the line after one blank; returns where the line ends. */
  int readWords(int at) {
    wordsEnd = endOfLine(at);
    wordsStart = Math.min(at + 1, wordsEnd);
    return wordsEnd;
  }

  /** Where the line ends that goes on at {@code at}. */
  int endOfLine(int at) {
    int lineEnd = at;
    while (lineEnd < end && text[lineEnd] != '\n') {
      lineEnd++;
    }
    return lineEnd;
  }

  void checkHelp() {
    if (!Utf8.isValid(text, wordsStart, wordsEnd - wordsStart)) {
      throw sample.error("help text is not a valid utf8 string", wordsStart);
    }
  }

  int wordsStart() {
    return wordsStart;
  }

  String family() {
    return sample.string(familyStart, familyEnd);
  }

  String words() {
    return sample.string(wordsStart, wordsEnd);
  }
}
