package io.ghostworks.wire.exposition;

import io.ghostworks.wire.WireFormatException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The formats in which metrics are exposed. */
public enum ExpositionFormat {
  /** {@code text/plain}, versions 0.0.4 and 1.0.0. */
  PROMETHEUS_TEXT("text/plain", "text/plain; version=0.0.4; charset=utf-8"),
  /** {@code application/openmetrics-text}. */
  OPENMETRICS(
      "application/openmetrics-text", "application/openmetrics-text; version=1.0.0; charset=utf-8"),
  /** Length-delimited messages {@code io.prometheus.client.MetricFamily}; only read. */
  PROTOBUF(
      "application/vnd.google.protobuf",
      "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily;"
          + " encoding=delimited");

  /** Which representation of a histogram is read; only protobuf has more than the classic one. */
  public enum Histograms {
    /** Buckets with bounds as series of their own; native parts are ignored. */
    CLASSIC,
    /** Native where the histogram has native parts, otherwise classic. */
    NATIVE,
    /** As native, and also classic where the histogram has both. */
    NATIVE_AND_CLASSIC
  }

  /** What becomes of classic histograms (convert_classic_histograms_to_nhcb). */
  public enum Conversion {
    /** They stay as they are. */
    NONE,
    /** Native histograms with custom buckets come instead of them. */
    REPLACING,
    /** Native histograms with custom buckets come beside them. */
    BESIDE
  }

  private final String mediaType;
  private final String contentType;

  ExpositionFormat(String mediaType, String contentType) {
    this.mediaType = mediaType;
    this.contentType = contentType;
  }

  /** The Content-Type under which we answer in this format. */
  public String contentType() {
    return contentType;
  }

  /**
   * The format of an answer, decided as Prometheus does.
   *
   * @param contentType the answer's header, or null
   * @param fallback the format to assume where the header is missing, malformed or unknown, or null
   * @throws WireFormatException if there is no format to read the answer with
   */
  public static ExpositionFormat of(
      @Nullable String contentType, @Nullable ExpositionFormat fallback) {
    if (contentType == null || contentType.isBlank()) {
      if (fallback == null) {
        throw new WireFormatException(
            "non-compliant scrape target sending blank Content-Type and no"
                + " fallback_scrape_protocol specified for target",
            WireFormatException.NOWHERE);
      }
      return fallback;
    }
    int semicolon = contentType.indexOf(';');
    String media =
        (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
            .strip()
            .toLowerCase(Locale.ROOT);
    for (ExpositionFormat format : values()) {
      if (format.mediaType.equals(media)) {
        return format;
      }
    }
    if (fallback == null) {
      throw new WireFormatException(
          "received unsupported Content-Type \"%s\" and no fallback_scrape_protocol specified for target"
              .formatted(contentType),
          WireFormatException.NOWHERE);
    }
    return fallback;
  }

  /**
   * The better of the formats that a client accepts; the text format where it names none of ours.
   *
   * @param accept the request's Accept header, or null
   */
  public static ExpositionFormat negotiate(@Nullable String accept) {
    double openMetrics = 0;
    double text = 0;
    for (String part : accept == null ? new String[0] : accept.split(",")) {
      String[] parameters = part.split(";");
      double quality = 1;
      boolean version = true;
      for (int i = 1; i < parameters.length; i++) {
        String parameter = parameters[i].strip();
        if (parameter.startsWith("q=")) {
          quality = quality(parameter.substring(2));
        } else if (parameter.startsWith("version=")) {
          version = !parameter.startsWith("version=2");
        }
      }
      String media = parameters[0].strip().toLowerCase(Locale.ROOT);
      if (media.equals(OPENMETRICS.mediaType) && version) {
        openMetrics = Math.max(openMetrics, quality);
      } else if (media.equals(PROMETHEUS_TEXT.mediaType)
          || media.equals("text/*")
          || media.equals("*/*")) {
        text = Math.max(text, quality);
      }
    }
    return openMetrics > 0 && openMetrics >= text ? OPENMETRICS : PROMETHEUS_TEXT;
  }

  private static double quality(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return 0; // What cannot be read is not preferred.
    }
  }

  /**
   * How an exposition is read.
   *
   * @param histograms which representations of a histogram are read
   * @param conversion what becomes of classic histograms
   * @param createdAsStart whether the {@code _created} samples of OpenMetrics 1.0 are the start
   *     timestamps of their families' samples, and no series of their own
   */
  public record Reading(Histograms histograms, Conversion conversion, boolean createdAsStart) {
    /** Classic histograms as they are, and all series. */
    public static final Reading PLAIN = of(Histograms.CLASSIC);

    /** Histograms as told, and all series. */
    public static Reading of(Histograms histograms) {
      return new Reading(histograms, Conversion.NONE, false);
    }
  }

  /** A parser of this format that reads plainly. */
  public ExpositionParser parser(byte[] text, int offset, int length) {
    return parser(text, offset, length, Reading.PLAIN);
  }

  /** A parser of this format. */
  public ExpositionParser parser(byte[] text, int offset, int length, Reading reading) {
    ExpositionParser parser =
        switch (this) {
          case PROMETHEUS_TEXT -> new PrometheusTextParser(text, offset, length);
          case OPENMETRICS ->
              new OpenMetricsParser(
                  text,
                  offset,
                  length,
                  reading.createdAsStart ? CreatedTimes.of(text, offset, length) : null);
          case PROTOBUF -> new ProtobufParser(text, offset, length, reading.histograms);
        };
    return reading.conversion == Conversion.NONE
        ? parser
        : new CustomBucketsParser(
            parser, reading.conversion == Conversion.BESIDE, this == PROTOBUF);
  }
}
