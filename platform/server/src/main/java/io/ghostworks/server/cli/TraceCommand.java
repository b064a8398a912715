package io.ghostworks.server.cli;

import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.server.cli.ServerAddress.ServerException;
import io.ghostworks.server.cli.waterfall.DrawnTrace;
import io.ghostworks.server.cli.waterfall.Waterfall;
import io.ghostworks.server.traces.TraceAnalysisJson;
import io.ghostworks.wire.WireFormatException;
import io.ghostworks.wire.jaeger.json.JaegerJson;
import io.ghostworks.wire.otlp.OtlpDecoder;
import io.ghostworks.wire.otlp.OtlpEncoder;
import io.ghostworks.wire.otlp.OtlpEncoding;
import io.ghostworks.wire.otlp.OtlpLimits;
import io.ghostworks.wire.zipkin.ZipkinJson;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code trace}: draws a trace of a running server, or of a file, as a waterfall. */
@Command(
    name = "trace",
    mixinStandardHelpOptions = true,
    description = "Draws a trace of a running server, or of a file, in the terminal.")
final class TraceCommand implements Callable<Integer> {
  private static final int WIDTH_WITHOUT_TERMINAL = 80;
  private static final int WIDTH_MAX = 1_000;

  @Spec private CommandSpec spec;
  @Mixin private final TempoAddress server = new TempoAddress();

  @Option(
      names = "--width",
      paramLabel = "COLUMNS",
      description =
          "Columns of the drawing, from 40 to 1000 (default those of the terminal, else 80).")
  private @Nullable Integer width;

  @Option(
      names = "--spans",
      paramLabel = "N",
      defaultValue = "200",
      description =
          "So many spans are drawn at most; of more those that matter most, and what is left out is"
              + " told; 0 for all (default ${DEFAULT-VALUE}).")
  private int spansMax;

  @Option(
      names = "--colour",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description = "auto (on a terminal, without NO_COLOR), always or never (default auto).")
  private When colour = When.AUTO;

  @Option(
      names = "--json",
      description = "Writes the analysis as JSON: critical path, own work, first cause.")
  private boolean json;

  @Option(
      names = "--format",
      paramLabel = "FORM",
      description = "Writes the spans instead, as JSON of otlp, jaeger or zipkin.")
  private @Nullable Form form;

  @Parameters(
      paramLabel = "ID|FILE",
      description = "A trace id in hexadecimal, or a file of spans.")
  private String trace = "";

  /** When the drawing has colours. */
  enum When {
    AUTO,
    ALWAYS,
    NEVER;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** In which form spans are written. */
  enum Form {
    OTLP,
    JAEGER,
    ZIPKIN;

    byte[] write(SpanBatch spans) {
      return switch (this) {
        case OTLP -> OtlpEncoder.traces(OtlpEncoding.JSON, spans);
        case JAEGER -> JaegerJson.write(spans, false);
        case ZIPKIN -> ZipkinJson.spans(spans);
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public Integer call() {
    if (width != null && (width < Waterfall.WIDTH_MIN || width > WIDTH_MAX)) {
      throw new ParameterException(
          spec.commandLine(),
          "--width must be from %d to %d, got %d".formatted(Waterfall.WIDTH_MIN, WIDTH_MAX, width));
    }
    if (spansMax < 0) {
      throw new ParameterException(
          spec.commandLine(), "--spans must be at least 0, got " + spansMax);
    }
    try {
      write(spans());
      return 0;
    } catch (ServerException | WireFormatException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return 1;
    } catch (IOException e) {
      spec.commandLine().getErr().println("%s cannot be read: %s".formatted(trace, e.getMessage()));
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private SpanBatch spans() throws IOException, ServerException, InterruptedException {
    if (isFile()) {
      return TraceFile.read(Path.of(trace));
    }
    if (!trace.matches("[0-9a-fA-F]{1,32}")) {
      throw new ParameterException(
          spec.commandLine(),
          "'%s' is neither a file nor a trace id of 1 to 32 hexadecimal digits".formatted(trace));
    }
    byte[] body = server.get("/api/traces/" + trace, "application/protobuf");
    SpanBatch spans =
        new OtlpDecoder(OtlpLimits.DEFAULT)
            .traces(OtlpEncoding.PROTOBUF, body, 0, body.length)
            .batch();
    if (spans.rows() == 0) {
      throw new ServerException("trace %s has no spans".formatted(trace));
    }
    return spans;
  }

  private boolean isFile() {
    try {
      return Files.isRegularFile(Path.of(trace));
    } catch (InvalidPathException e) {
      return false; // no name that a file could have
    }
  }

  private void write(SpanBatch spans) {
    PrintWriter out = spec.commandLine().getOut();
    if (form != null) {
      out.println(new String(form.write(spans), StandardCharsets.UTF_8));
    } else {
      DrawnTrace drawn = DrawnTrace.of(spans, Clock.system().epochNanos());
      if (json) {
        byte[] analysis = TraceAnalysisJson.of(spans, drawn.tree(), drawn.analysis());
        out.println(new String(analysis, StandardCharsets.UTF_8));
      } else {
        int most = spansMax == 0 ? Integer.MAX_VALUE : spansMax;
        Waterfall.draw(drawn, columns(), most, isColoured(), out);
      }
    }
    out.flush();
  }

  private int columns() {
    if (width != null) {
      return width;
    }
    return isTerminal() ? new UsageMessageSpec().autoWidth(true).width() : WIDTH_WITHOUT_TERMINAL;
  }

  private boolean isColoured() {
    return switch (colour) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO -> isTerminal() && System.getenv("NO_COLOR") == null;
    };
  }

  @SuppressWarnings("SystemConsoleNull") // its declared type is nullable
  private static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }
}
