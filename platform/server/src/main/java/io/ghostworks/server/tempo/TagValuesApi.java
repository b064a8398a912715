package io.ghostworks.server.tempo;

import io.ghostworks.server.access.Permission;
import io.ghostworks.server.grpc.GrpcStream;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Json;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.traceql.ast.Attribute;
import io.ghostworks.traceql.ast.AttributeScope;
import io.ghostworks.traceql.ast.Intrinsic;
import io.ghostworks.traceql.parse.TraceqlParseException;
import io.ghostworks.traceql.parse.TraceqlParser;
import io.ghostworks.wire.otlp.TempoMessage;
import io.ghostworks.wire.proto.ProtoWriter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * {@code /api/search/tag/NAME/values} and {@code /api/v2/search/tag/NAME/values}: which values a
 * tag has. A name may have slashes, and may be encoded twice.
 */
final class TagValuesApi {

  private static final String VALUES = "/values";
  private static final Pattern ENCODED = Pattern.compile("%[0-9A-Fa-f]{2}");

  private final TempoEndpoints endpoints;

  TagValuesApi(TempoEndpoints endpoints) {
    this.endpoints = endpoints;
  }

  void addTo(Routes.Api api) {
    var _ =
        api.getOrForm(
                "/api/search/tag/{*tag}",
                Permission.READ_TENANTS,
                Route.Work.QUERY,
                endpoints.lookup(TagValuesApi::first))
            .getOrForm(
                "/api/v2/search/tag/{*tag}",
                Permission.READ_TENANTS,
                Route.Work.QUERY,
                endpoints.lookup(TagValuesApi::second));
  }

  private static Answer first(TempoRequest request) {
    List<String> values = new TagBound(TagLimit.of(request)).of(texts(request, range(request)));
    return Replies.of(request.exchange(), TempoMessage.TAG_VALUES, message(values, request));
  }

  private static Answer second(TempoRequest request) {
    TagValues values = typed(request);
    TagBound bound = new TagBound(TagLimit.of(request));
    List<TagValues.Typed> given = bounded(values.in(range(request)), bound);
    if (Replies.form(request.exchange()) == Replies.Form.LLM) {
      return Replies.llm(byType(given, request));
    }
    return Replies.of(request.exchange(), TempoMessage.TAG_VALUES_V2, typedMessage(given, request));
  }

  /** Sends the values of the newest spans first, then what older ones add. */
  static void streamFirst(TempoRequest request, GrpcStream messages) {
    TempoTimes.Range range = range(request);
    TagBound bound = new TagBound(TagLimit.of(request));
    SortedSet<String> sent = new TreeSet<>();
    for (TempoTimes.Range slice : TimeSlices.of(range.startNanos(), range.endNanos())) {
      SortedSet<String> values = texts(request, slice);
      values.removeAll(sent);
      sent.addAll(values);
      messages.send(message(bound.of(values), request).toByteArray());
      if (bound.isReached()) {
        return;
      }
    }
  }

  /** As {@link #streamFirst}, with types. */
  static void streamSecond(TempoRequest request, GrpcStream messages) {
    TempoTimes.Range range = range(request);
    TagValues all = typed(request);
    TagBound bound = new TagBound(TagLimit.of(request));
    SortedSet<TagValues.Typed> sent = new TreeSet<>();
    for (TempoTimes.Range slice : TimeSlices.of(range.startNanos(), range.endNanos())) {
      SortedSet<TagValues.Typed> values = all.in(slice);
      values.removeAll(sent);
      sent.addAll(values);
      messages.send(typedMessage(bounded(values, bound), request).toByteArray());
      if (bound.isReached()) {
        return;
      }
    }
  }

  private static TempoTimes.Range range(TempoRequest request) {
    TempoTimes.Range range =
        TempoTimes.search(
            request.exchange(), request.clock(), request.limits().searchDurationMax());
    SearchRequest.checkRange(range, request.limits());
    return range;
  }

  /** The name in the path, between what the route has and {@code /values}. */
  private static String name(Exchange exchange) {
    String rest = exchange.variable("tag");
    if (!rest.endsWith(VALUES)) {
      throw new RequestException(404, "404 page not found\n");
    }
    String name = rest.substring(0, rest.length() - VALUES.length());
    return ENCODED.matcher(name).find()
        ? URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8)
        : name;
  }

  private static SortedSet<String> texts(TempoRequest request, TempoTimes.Range range) {
    String name = name(request.exchange());
    SortedSet<String> texts = new TreeSet<>();
    switch (name) {
      case "status.code" -> texts.addAll(List.of("error", "ok", "unset"));
      case "error" -> texts.add("true");
      default ->
          new TagValues(request, former(name), TagConditions.NONE)
              .in(range)
              .forEach(value -> texts.add(value.value()));
    }
    return texts;
  }

  /** A tag of the time before TraceQL. */
  private static Attribute former(String name) {
    return switch (name) {
      case "name" -> Attribute.of(Intrinsic.NAME);
      case "root.name", "rootName" -> Attribute.of(Intrinsic.TRACE_ROOT_SPAN);
      case "root.service.name", "rootServiceName" -> Attribute.of(Intrinsic.TRACE_ROOT_SERVICE);
      case "service.name" -> Attribute.of(AttributeScope.RESOURCE, name);
      default -> Attribute.of(AttributeScope.NONE, name);
    };
  }

  private static TagValues typed(TempoRequest request) {
    String name = name(request.exchange());
    Attribute tag;
    try {
      tag = TraceqlParser.parseAttribute(name);
    } catch (TraceqlParseException e) {
      throw new RequestException(
          400,
          "please provide a valid tagName: failed to parse identifier %s: %s"
              .formatted(name, e.getMessage()),
          e);
    }
    TagConditions conditions =
        request.exchange().parameter("q").map(TagConditions::of).orElse(TagConditions.NONE);
    return new TagValues(request, tag, conditions);
  }

  private static List<TagValues.Typed> bounded(SortedSet<TagValues.Typed> values, TagBound bound) {
    List<TagValues.Typed> given = new ArrayList<>();
    for (TagValues.Typed value : values) {
      if (!bound.takes(value.type().length() + value.value().length())) {
        break;
      }
      given.add(value);
    }
    return given;
  }

  private static ProtoWriter message(List<String> values, TempoRequest request) {
    ProtoWriter out = new ProtoWriter(1024);
    values.forEach(value -> out.text(1, value));
    TagsApi.metrics(out, request);
    return out;
  }

  private static ProtoWriter typedMessage(List<TagValues.Typed> values, TempoRequest request) {
    ProtoWriter out = new ProtoWriter(1024);
    for (TagValues.Typed value : values) {
      int start = out.begin(1);
      out.text(1, value.type());
      out.text(2, value.value());
      out.end(start);
    }
    TagsApi.metrics(out, request);
    return out;
  }

  private static byte[] byType(List<TagValues.Typed> values, TempoRequest request) {
    Map<String, List<String>> types = new TreeMap<>();
    for (TagValues.Typed value : values) {
      types.computeIfAbsent(value.type(), type -> new ArrayList<>()).add(value.value());
    }
    return Json.bytes(json -> {
      json.writeStartObject();
      json.writeObjectFieldStart("tagValues");
      for (Map.Entry<String, List<String>> type : types.entrySet()) {
        json.writeArrayFieldStart(type.getKey());
        for (String value : type.getValue()) {
          json.writeString(value);
        }
        json.writeEndArray();
      }
      json.writeEndObject();
      if (request.context().bytesRead() > 0) {
        json.writeObjectFieldStart("metrics");
        json.writeNumberField("inspectedBytes", request.context().bytesRead());
        json.writeEndObject();
      }
      json.writeEndObject();
    });
  }
}
