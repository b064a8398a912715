package io.ghostworks.logql.pipeline;

import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;

/** {@code | decolorize}: the line without the sequences that colour it on a terminal. */
final class DecolorizeStage implements PipelineStage {
  /** As the stripansi library finds them. */
  private static final Pattern SEQUENCES =
      Pattern.compile(
          "[\u001B\u009B][\\[\\]()#;?]*(?:(?:(?:[a-zA-Z\\d]*(?:;[a-zA-Z\\d]*)*)?\u0007)"
              + "|(?:(?:\\d{1,4}(?:;\\d{0,4})*)?[\\dA-PRZcf-ntqry=><~]))");

  @Override
  public boolean process(Line line, LineLabels labels) {
    boolean coloured = false;
    for (int i = line.from(); i < line.to() && !coloured; i++) {
      coloured = line.bytes()[i] == 0x1B || line.bytes()[i] == (byte) 0x9B;
    }
    if (coloured) {
      byte[] plain = SEQUENCES.matcher(line.text()).replaceAll("").getBytes(StandardCharsets.UTF_8);
      line.set(plain, 0, plain.length);
    }
    return true;
  }
}
