package io.ghostworks.wire.zipkin;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.model.record.ValueText;
import io.ghostworks.wire.zipkin.ZipkinSpan.Endpoint;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Spans of a batch in Zipkin's version 2.
 *
 * <p>Source: the behaviour of opentelemetry-collector-contrib pkg/translator/zipkin/zipkinv2;
 * OpenTelemetry specification, "OpenTelemetry to Zipkin Transformation". It differs in that a
 * service without a name has none here, a server's span with the id of its client's is marked as
 * shared, and an {@code error} tag with a text keeps it.
 */
public final class StoredSpans {

  /** The name of a service that stands for none, as the Collector's exporter writes it. */
  static final String NO_SERVICE = "OTLPResourceNoServiceName";

  private static final int NANOS_PER_MICRO = 1_000;
  private static final int KIND_INTERNAL = 1;
  private static final int STATUS_OK = 1;
  private static final int STATUS_ERROR = 2;
  private static final String[] KINDS = {"", "", "SERVER", "CLIENT", "PRODUCER", "CONSUMER"};

  /** Attributes that a service is named by, in the order in which they are looked for. */
  private static final List<String> SERVICE_SOURCES =
      List.of("service.name", "faas.name", "k8s.deployment.name", "process.executable.name");

  private static final List<String> LOCAL_ADDRESSES =
      List.of("net.host.ip", "network.local.address");
  private static final List<String> PEER_ADDRESSES = List.of("net.peer.ip", "network.peer.address");

  private final SpanBatch batch;
  private final ClientIds clients;

  /**
   * @param batch only read
   */
  public StoredSpans(SpanBatch batch) {
    this(batch, new ClientIds().add(batch));
  }

  /**
   * @param batch only read
   * @param clients the clients' spans of its traces, also of other batches
   */
  public StoredSpans(SpanBatch batch, ClientIds clients) {
    this.batch = batch;
    this.clients = clients;
  }

  /** All spans, in the order of the rows. */
  public List<ZipkinSpan> all() {
    List<ZipkinSpan> spans = new ArrayList<>(batch.rows());
    for (int row = 0; row < batch.rows(); row++) {
      spans.add(span(row));
    }
    return spans;
  }

  /** The span of a row. */
  public ZipkinSpan span(int row) {
    Map<String, String> tags = new LinkedHashMap<>();
    put(tags, batch.resources().attributes(), batch.resource(row));
    String service = service(tags);
    putText(tags, "otel.library.name", batch.scopes().name(batch.scope(row)));
    putText(tags, "otel.library.version", batch.scopes().version(batch.scope(row)));
    put(tags, batch.attributes(), row);
    boolean startAbsent = "true".equals(tags.get(BatchTables.START_ABSENT));
    tags.remove(BatchTables.START_ABSENT);
    boolean debug = "true".equals(tags.remove(BatchTables.DEBUG));
    boolean shared = "true".equals(tags.remove(BatchTables.SHARED));
    putText(tags, "w3c.tracestate", batch.traceState(row));
    String kind = KINDS[batch.kind(row)];
    if (batch.kind(row) == KIND_INTERNAL) {
      tags.put("span.kind", "internal");
    }
    Endpoint local =
        endpoint(tags, service, LOCAL_ADDRESSES, "net.host.port", "network.local.port");
    Endpoint remote =
        endpoint(tags, peer(tags), PEER_ADDRESSES, "net.peer.port", "network.peer.port");
    status(row, tags);
    links(row, tags);
    long duration = batch.endNanos(row) - batch.startNanos(row);
    return new ZipkinSpan(
        batch.traceIdHigh(row),
        batch.traceIdLow(row),
        batch.spanId(row),
        batch.parentSpanId(row),
        kind,
        batch.arena().text(batch.name(row)),
        startAbsent ? 0 : micros(batch.startNanos(row)),
        duration <= 0 ? 0 : Math.max(1, micros(duration)),
        local,
        remote,
        annotations(row),
        tags,
        debug,
        shared || (kind.equals("SERVER") && clients.contains(batch, row)));
  }

  private static long micros(long nanos) {
    return nanos <= 0 ? 0 : nanos / NANOS_PER_MICRO + (nanos % NANOS_PER_MICRO >= 500 ? 1 : 0);
  }

  private static void put(Map<String, String> tags, AttributeColumns attributes, int row) {
    for (int entry = attributes.start(row); entry < attributes.end(row); entry++) {
      String text = ValueText.of(attributes.values(), entry);
      tags.put(attributes.key(entry), text == null ? "" : text);
    }
  }

  private void putText(Map<String, String> tags, String key, long slice) {
    if (ByteArena.length(slice) > 0) {
      tags.put(key, batch.arena().text(slice));
    }
  }

  /** Takes the name of the service out of the attributes of the resource. */
  private static String service(Map<String, String> tags) {
    for (String source : SERVICE_SOURCES) {
      String name = tags.remove(source);
      if (name != null) {
        if (!source.equals(SERVICE_SOURCES.getFirst())) {
          tags.put(ResourceTags.SERVICE_NAME_SOURCE, source);
        }
        return name;
      }
    }
    return "";
  }

  /** Takes the name of the other side out, as old or stable conventions have it. */
  private static String peer(Map<String, String> tags) {
    String stable = tags.remove("service.peer.name");
    String old = tags.remove("peer.service");
    return old != null ? old : stable != null ? stable : "";
  }

  private static @Nullable Endpoint endpoint(
      Map<String, String> tags,
      String service,
      List<String> ipKeys,
      String portKey,
      String stablePortKey) {
    String ipv4 = "";
    String ipv6 = "";
    for (String key : ipKeys) {
      String ip = tags.getOrDefault(key, "");
      boolean isIpv4 = ipv4.isEmpty() && IpText.isIpv4(ip);
      boolean isIpv6 = ipv6.isEmpty() && IpText.isIpv6(ip);
      if (isIpv4 || isIpv6 || (!ip.isEmpty() && (ip.equals(ipv4) || ip.equals(ipv6)))) {
        tags.remove(key);
      }
      ipv4 = isIpv4 ? ip : ipv4;
      ipv6 = isIpv6 ? ip : ipv6;
    }
    if (service.isEmpty() && ipv4.isEmpty() && ipv6.isEmpty()) {
      return null;
    }
    int old = port(tags.get(portKey));
    int stable = port(tags.get(stablePortKey));
    if (old > 0) {
      tags.remove(portKey);
    }
    if (stable > 0 && (old == 0 || old == stable)) {
      tags.remove(stablePortKey);
    }
    return new Endpoint(service, ipv4, ipv6, old > 0 ? old : stable);
  }

  private static int port(@Nullable String text) {
    try {
      int port = text == null ? 0 : Integer.parseInt(text);
      return port > 0 && port <= 0xffff ? port : 0;
    } catch (NumberFormatException e) {
      return 0; // It stays a tag.
    }
  }

  private void status(int row, Map<String, String> tags) {
    int code = batch.statusCode(row);
    String error = tags.get("error");
    if (code != STATUS_ERROR) {
      tags.remove("error");
    } else if (error == null || error.isEmpty() || error.equals("false")) {
      tags.put("error", "true");
    }
    if (code == STATUS_OK || code == STATUS_ERROR) {
      tags.put("otel.status_code", code == STATUS_OK ? "OK" : "ERROR");
      putText(tags, "otel.status_description", batch.statusMessage(row));
    }
  }

  private List<ZipkinSpan.Annotation> annotations(int row) {
    SpanBatch.Events events = batch.events();
    List<ZipkinSpan.Annotation> annotations = new ArrayList<>();
    for (int event = batch.eventStart(row); event < batch.eventEnd(row); event++) {
      String name = batch.arena().text(events.name(event));
      int dropped = events.droppedAttributesCount(event);
      boolean plain =
          events.attributes().start(event) == events.attributes().end(event) && dropped == 0;
      annotations.add(
          new ZipkinSpan.Annotation(
              micros(events.timeNanos(event)),
              plain
                  ? name
                  : name
                      + "|"
                      + json(events.attributes(), event)
                      + "|"
                      + Integer.toUnsignedString(dropped)));
    }
    return annotations;
  }

  private void links(int row, Map<String, String> tags) {
    SpanBatch.Links links = batch.links();
    HexFormat hex = HexFormat.of();
    for (int link = batch.linkStart(row), i = 0; link < batch.linkEnd(row); link++, i++) {
      tags.put(
          "otlp.link." + i,
          hex.toHexDigits(links.traceIdHigh(link))
              + hex.toHexDigits(links.traceIdLow(link))
              + "|"
              + hex.toHexDigits(links.spanId(link))
              + "|"
              + batch.arena().text(links.traceState(link))
              + "|"
              + json(links.attributes(), link)
              + "|"
              + Integer.toUnsignedString(links.droppedAttributesCount(link)));
    }
  }

  /** The attributes of a row as a JSON object with sorted keys. */
  private static String json(AttributeColumns attributes, int row) {
    Map<String, Integer> sorted = new TreeMap<>();
    for (int entry = attributes.start(row); entry < attributes.end(row); entry++) {
      sorted.put(attributes.key(entry), entry);
    }
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JsonAttributes.JSON.createGenerator(out)) {
      json.writeStartObject();
      for (Map.Entry<String, Integer> entry : sorted.entrySet()) {
        json.writeFieldName(entry.getKey());
        value(json, attributes.values(), entry.getValue());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("JSON cannot be written to memory", e);
    }
    return out.toString();
  }

  private static void value(JsonGenerator json, ValueColumn values, int entry) throws IOException {
    String text = ValueText.of(values, entry);
    switch (values.type(entry)) {
      case ValueColumn.NONE -> json.writeNull();
      case ValueColumn.BOOL -> json.writeBoolean(values.payload(entry) != 0);
      case ValueColumn.INT -> json.writeNumber(values.payload(entry));
      case ValueColumn.ARRAY, ValueColumn.KEY_VALUES -> json.writeRawValue(text);
      case ValueColumn.DOUBLE -> {
        if (Double.isFinite(values.doubleValue(entry))) {
          json.writeNumber(values.doubleValue(entry));
        } else {
          json.writeString(text);
        }
      }
      default -> json.writeString(text);
    }
  }
}
