package io.ghostworks.wire.ndjson;

import io.ghostworks.wire.loki.ServiceName;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which fields of a JSON object are what. Fields of objects within objects are named with dots.
 *
 * @param messageFields the first of these that is there and not empty is the line; the whole object
 *     is if none is
 * @param timeFields the first of these that is there is the time
 * @param streamFields become labels of the stream and attributes of the resource
 * @param ignoredFields are left out
 * @param extraFields are added to every record, and replace its own of the same name
 * @param serviceName finds the names of services
 */
public record JsonLineOptions(
    List<String> messageFields,
    List<String> timeFields,
    List<String> streamFields,
    Set<String> ignoredFields,
    Map<String, String> extraFields,
    ServiceName serviceName) {

  /** What makes a stream of Elasticsearch's documents, by the Elastic Common Schema. */
  private static final List<String> ECS_STREAM =
      List.of(
          "service.name",
          "service.namespace",
          "service.environment",
          "data_stream.dataset",
          "container.name",
          "kubernetes.namespace",
          "kubernetes.pod.name",
          "kubernetes.container.name",
          "log_type");

  /** Fields of the Elastic Common Schema. */
  public static final JsonLineOptions ECS =
      new JsonLineOptions(
          List.of("message"),
          List.of("@timestamp"),
          ECS_STREAM,
          Set.of(),
          Map.of(),
          ServiceName.DEFAULT);

  /** What plain lines have by default; fields of the Elastic Common Schema too. */
  public static final JsonLineOptions LINES =
      new JsonLineOptions(
          List.of("_msg", "message", "msg"),
          List.of("_time", "@timestamp", "timestamp", "time", "ts"),
          ECS_STREAM,
          Set.of(),
          Map.of(),
          ServiceName.DEFAULT);

  public JsonLineOptions {
    messageFields = List.copyOf(messageFields);
    timeFields = List.copyOf(timeFields);
    streamFields = List.copyOf(streamFields);
    ignoredFields = Set.copyOf(ignoredFields);
    extraFields = Map.copyOf(extraFields);
  }

  /** The same with other names of services. */
  public JsonLineOptions withServiceName(ServiceName other) {
    return new JsonLineOptions(
        messageFields, timeFields, streamFields, ignoredFields, extraFields, other);
  }
}
