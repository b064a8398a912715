package io.ghostworks.server.tempo;

import io.ghostworks.server.access.Permission;
import io.ghostworks.server.grpc.GrpcErrors;
import io.ghostworks.server.grpc.GrpcMessages;
import io.ghostworks.server.http.Bodies;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Tempo's {@code StreamingQuerier} over gRPC: the searches and look-ups of the other interface,
 * answered piece by piece, on Tempo's port and on that of the web application, where Grafana asks
 * for it without a prefix.
 */
final class StreamingApi {

  private static final String SERVICE_PATH = "/tempopb.StreamingQuerier";
  private static final String SERVICE = SERVICE_PATH + "/";

  private final TempoEndpoints endpoints;
  private final GrpcMessages messages;

  StreamingApi(TempoEndpoints endpoints, Bodies bodies) {
    this.endpoints = endpoints;
    this.messages = new GrpcMessages(bodies);
  }

  void addTo(Routes routes) {
    Routes.Api api = routes.api(ListenerName.TEMPO, "", new GrpcErrors());
    var _ = routes.api(ListenerName.WEB, "", new GrpcErrors()).refuseUnknown(SERVICE_PATH);
    call(api, "Search", StreamingRequests::search, SearchApi::stream);
    call(api, "SearchTags", StreamingRequests::tags, TagsApi::streamFirst);
    call(api, "SearchTagsV2", StreamingRequests::tags, TagsApi::streamSecond);
    call(api, "SearchTagValues", StreamingRequests::tagValues, TagValuesApi::streamFirst);
    call(api, "SearchTagValuesV2", StreamingRequests::tagValues, TagValuesApi::streamSecond);
    call(api, "MetricsQueryRange", StreamingRequests::range, MetricsApi::streamRange);
    call(api, "MetricsQueryInstant", StreamingRequests::instant, MetricsApi::streamInstant);
  }

  private void call(
      Routes.Api api,
      String method,
      Function<GrpcMessages.Message, Map<String, List<String>>> parameters,
      TempoEndpoints.Sending sending) {
    var _ =
        api.post(
            SERVICE + method,
            Permission.READ_TENANTS,
            Route.Work.QUERY,
            exchange -> endpoints.stream(with(exchange, parameters), sending));
  }

  private Exchange with(
      Exchange exchange, Function<GrpcMessages.Message, Map<String, List<String>>> read) {
    Map<String, List<String>> parameters = read.apply(messages.request(exchange));
    List<String> tag = parameters.getOrDefault("tag", List.of(""));
    return TempoEndpoints.with(exchange, Map.of("tag", tag.getFirst() + "/values"), parameters);
  }
}
