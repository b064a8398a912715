package io.ghostworks.logql.pipeline;

/** {@code | logfmt}: every pair of the line becomes a label. */
final class LogfmtStage implements PipelineStage {
  private final boolean strict;
  private final boolean keepEmpty;
  private final LogfmtDecoder decoder = new LogfmtDecoder();
  private final KeyCache keys = new KeyCache();

  LogfmtStage(boolean strict, boolean keepEmpty) {
    this.strict = strict;
    this.keepEmpty = keepEmpty;
  }

  @Override
  public boolean process(Line line, LineLabels labels) {
    ParserHints hints = labels.hints();
    if (hints.wantsNothing()) {
      return true;
    }
    decoder.reset(line.bytes(), line.from(), line.to());
    while (!decoder.atEnd()) {
      if (!decoder.next()) {
        if (strict) {
          break;
        }
        continue;
      }
      String key = keys.name(decoder.line(), decoder.keyFrom(), decoder.keyTo());
      if (key.isEmpty()) {
        continue;
      }
      String name = labels.unique(key);
      if (!hints.wants(name) || (!keepEmpty && !decoder.hasValue())) {
        continue;
      }
      labels.set(name, decoder.value());
      if (hints.hasAll()) {
        break;
      }
    }
    if (strict && !decoder.fault().isEmpty()) {
      labels.parserError("LogfmtParserErr", decoder.fault());
    }
    return true;
  }
}
