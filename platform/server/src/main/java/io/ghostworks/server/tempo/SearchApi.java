package io.ghostworks.server.tempo;

import io.ghostworks.server.access.Permission;
import io.ghostworks.server.grpc.GrpcStream;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.tempo.SearchMessage.Inspected;
import io.ghostworks.traceql.MatchedTrace;
import io.ghostworks.traceql.TraceSearchAnswer;
import io.ghostworks.traceql.TraceSearchRequest;
import io.ghostworks.traceql.TraceqlEngine;
import io.ghostworks.traceql.TraceqlOptions;
import io.ghostworks.wire.otlp.TempoMessage;
import java.util.List;

/** {@code /api/search}: traces that fulfil a query, or have tags. */
final class SearchApi {

  private final TempoEndpoints endpoints;

  SearchApi(TempoEndpoints endpoints) {
    this.endpoints = endpoints;
  }

  void addTo(Routes.Api api) {
    var _ =
        api.getOrForm(
            "/api/search",
            Permission.READ_TENANTS,
            Route.Work.QUERY,
            endpoints.evaluation(SearchApi::search));
  }

  private static Answer search(TempoRequest request) {
    TraceSearchAnswer found = search(request, SearchRequest.read(request));
    Answer answer =
        Replies.of(
            request.exchange(),
            TempoMessage.SEARCH,
            SearchMessage.of(
                found.traces(),
                new Inspected(
                    found.inspectedTraces(), found.inspectedSpans(), found.inspectedBytes())));
    return found
        .partial()
        .map(why -> answer.withHeader("x-ghostworks-partial", why))
        .orElse(answer);
  }

  /** Sends the traces as they are found, the newest first. */
  static void stream(TempoRequest request, GrpcStream messages) {
    TraceSearchRequest whole = SearchRequest.read(request);
    Inspected inspected = new Inspected(0, 0, 0);
    int left = whole.limit();
    List<TempoTimes.Range> slices =
        whole.order() == TraceSearchRequest.Order.NEWEST_FIRST
            ? TimeSlices.of(whole.startNanos(), whole.endNanos())
            : List.of(new TempoTimes.Range(whole.startNanos(), whole.endNanos()));
    for (TempoTimes.Range slice : slices) {
      TraceSearchAnswer found =
          search(
              request,
              new TraceSearchRequest(
                  whole.query(),
                  slice.startNanos(),
                  slice.endNanos(),
                  left,
                  whole.spansPerSpanset(),
                  whole.order()));
      // What began before the slice is found again in the slice in which it began.
      List<MatchedTrace> begun =
          found.traces().stream()
              .filter(trace ->
                  slice.equals(slices.getLast())
                      || trace.summary().startNanos() > slice.startNanos())
              .toList();
      inspected =
          inspected.plus(found.inspectedTraces(), found.inspectedSpans(), found.inspectedBytes());
      messages.send(SearchMessage.of(begun, inspected).toByteArray());
      found.partial().ifPresent(messages::partial);
      left -= begun.size();
      if (left <= 0) {
        return;
      }
    }
  }

  private static TraceSearchAnswer search(TempoRequest request, TraceSearchRequest search) {
    return new TraceqlEngine(request.records(), TraceqlOptions.DEFAULT)
        .search(search, request.context());
  }
}
