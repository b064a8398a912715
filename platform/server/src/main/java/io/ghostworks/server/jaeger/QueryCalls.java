package io.ghostworks.server.jaeger;

import io.ghostworks.query.QueryContext;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.grpc.GrpcErrors;
import io.ghostworks.server.grpc.GrpcMessages;
import io.ghostworks.server.grpc.GrpcStream;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Bodies;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.wire.WireFormatException;
import io.ghostworks.wire.proto.ProtoWriter;
import java.util.concurrent.CompletableFuture;

/** The calls of one gRPC service on Jaeger's port. */
final class QueryCalls {

  private final String service;
  private final Routes.Api api;
  private final Queries queries;
  private final GrpcMessages messages;

  /**
   * @param service its full name
   */
  QueryCalls(String service, Routes routes, Queries queries, Bodies bodies) {
    this.service = service;
    this.api = routes.api(ListenerName.JAEGER, "", new GrpcErrors());
    this.queries = queries;
    this.messages = new GrpcMessages(bodies);
  }

  /** Makes the one response of a call. */
  @FunctionalInterface
  interface Single {
    ProtoWriter answer(GatewayMessages request, QueryContext context);
  }

  /** Sends the responses of a call. */
  @FunctionalInterface
  interface Sending {
    void send(GatewayMessages request, QueryContext context, GrpcStream stream);
  }

  /** Adds a call that reads. */
  void single(String method, Single call) {
    single(method, Permission.READ, call);
  }

  void single(String method, Permission permission, Single call) {
    var _ =
        api.localPost(
            path(method),
            permission,
            Route.Work.QUERY,
            queries.endpoint((exchange, context) ->
                GrpcMessages.response(call.answer(request(exchange), context).toByteArray())));
  }

  /** Adds a call with a stream of responses. */
  void stream(String method, Sending call) {
    var _ =
        api.localPost(
            path(method),
            Permission.READ,
            Route.Work.QUERY,
            exchange -> {
              GatewayMessages request = request(exchange);
              Answer answer =
                  Answer.streamed(
                      200,
                      GrpcMessages.CONTENT_TYPE,
                      queries.feed(
                          exchange,
                          "jaeger",
                          method,
                          queries.timeout(),
                          GrpcStream::new,
                          (context, stream) -> call.send(request, context, stream)));
              return CompletableFuture.completedFuture(
                  answer.withHeader("grpc-accept-encoding", GrpcMessages.ENCODINGS));
            });
  }

  private GatewayMessages request(Exchange exchange) {
    try {
      return GatewayMessages.read(messages.request(exchange));
    } catch (WireFormatException e) {
      throw new RequestException(400, "malformed message: " + e.getMessage(), e);
    }
  }

  private String path(String method) {
    return "/" + service + "/" + method;
  }
}
