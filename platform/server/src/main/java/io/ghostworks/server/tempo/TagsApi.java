package io.ghostworks.server.tempo;

import io.ghostworks.query.record.Filter;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.grpc.GrpcStream;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.wire.otlp.TempoMessage;
import io.ghostworks.wire.proto.ProtoWriter;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** {@code /api/search/tags} and {@code /api/v2/search/tags}: which tags there are. */
final class TagsApi {

  private static final String INTRINSIC = "intrinsic";

  private final TempoEndpoints endpoints;

  TagsApi(TempoEndpoints endpoints) {
    this.endpoints = endpoints;
  }

  void addTo(Routes.Api api) {
    var _ =
        api.getOrForm(
                "/api/search/tags",
                Permission.READ_TENANTS,
                Route.Work.QUERY,
                endpoints.lookup(TagsApi::first))
            .getOrForm(
                "/api/v2/search/tags",
                Permission.READ_TENANTS,
                Route.Work.QUERY,
                endpoints.lookup(TagsApi::second));
  }

  private static Answer first(TempoRequest request) {
    SortedSet<String> names = new TreeSet<>();
    each(request, true, (scope, ofScope) -> names.addAll(ofScope));
    return Replies.of(
        request.exchange(),
        TempoMessage.TAGS,
        names(new TagBound(TagLimit.of(request)).of(names), request));
  }

  private static Answer second(TempoRequest request) {
    ProtoWriter out = new ProtoWriter(1024);
    TagBound bound = new TagBound(TagLimit.of(request));
    each(request, false, (scope, ofScope) -> scope(out, scope, bound.of(ofScope, scope)));
    metrics(out, request);
    return Replies.of(request.exchange(), TempoMessage.TAGS_V2, out);
  }

  /** Sends what is new of each scope as it is found. */
  static void streamFirst(TempoRequest request, GrpcStream messages) {
    SortedSet<String> sent = new TreeSet<>();
    TagBound bound = new TagBound(TagLimit.of(request));
    each(
        request,
        true,
        (scope, ofScope) -> {
          ofScope.removeAll(sent);
          sent.addAll(ofScope);
          messages.send(names(bound.of(ofScope), request).toByteArray());
        });
  }

  /** Sends one scope after the other. */
  static void streamSecond(TempoRequest request, GrpcStream messages) {
    TagBound bound = new TagBound(TagLimit.of(request));
    each(
        request,
        false,
        (scope, ofScope) -> {
          ProtoWriter out = new ProtoWriter(1024);
          scope(out, scope, bound.of(ofScope, scope));
          metrics(out, request);
          messages.send(out.toByteArray());
        });
  }

  /**
   * Reads the names of the scopes that a request asks for.
   *
   * @param first whether it is of the version that gives intrinsic names only where they are asked
   *     for, and knows no query
   */
  private static void each(
      TempoRequest request, boolean first, BiConsumer<String, SortedSet<String>> found) {
    Exchange exchange = request.exchange();
    TempoTimes.Range range =
        TempoTimes.search(exchange, request.clock(), request.limits().searchDurationMax());
    String scope = exchange.parameter("scope").orElse("");
    List<TagNames.Scope> scopes = TagNames.scopes(scope);
    SearchRequest.checkRange(range, request.limits());
    Filter filter =
        first
            ? Filter.ALL
            : exchange
                .parameter("q")
                .map(query -> TagConditions.of(query).filter())
                .orElse(Filter.ALL);
    boolean intrinsics =
        scope.equals(INTRINSIC) || (!first && (scope.isEmpty() || scope.equals("none")));
    if (intrinsics) {
      found.accept(INTRINSIC, new TreeSet<>(TagNames.INTRINSICS));
    }
    TagNames names = new TagNames(request, filter);
    for (TagNames.Scope one : scopes) {
      SortedSet<String> ofScope = names.of(one, range);
      if (!ofScope.isEmpty()) {
        found.accept(one.word(), ofScope);
      }
    }
  }

  private static ProtoWriter names(Collection<String> names, TempoRequest request) {
    ProtoWriter out = new ProtoWriter(1024);
    names.forEach(name -> out.text(1, name));
    metrics(out, request);
    return out;
  }

  private static void scope(ProtoWriter out, String scope, Collection<String> names) {
    if (names.isEmpty()) {
      return;
    }
    int start = out.begin(1);
    out.text(1, scope);
    names.forEach(name -> out.text(2, name));
    out.end(start);
  }

  /** Writes {@code MetadataMetrics} as field 2. */
  static void metrics(ProtoWriter out, TempoRequest request) {
    int metrics = out.begin(2);
    out.uint(1, request.context().bytesRead());
    out.end(metrics);
  }
}
