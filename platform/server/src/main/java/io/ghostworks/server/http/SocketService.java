package io.ghostworks.server.http;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.websocket.WebSocket;
import com.linecorp.armeria.common.websocket.WebSocketCloseStatus;
import com.linecorp.armeria.common.websocket.WebSocketFrame;
import com.linecorp.armeria.common.websocket.WebSocketWriter;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import com.linecorp.armeria.server.websocket.WebSocketService;
import io.netty.util.AttributeKey;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/** Serves a route that opens WebSockets; what asks for none goes the way of other routes. */
final class SocketService extends SimpleDecoratingHttpService {

  private static final AttributeKey<SocketFeed> FEED =
      AttributeKey.valueOf(SocketService.class, "FEED");

  /** Clients send nothing but control frames. */
  private static final int FRAME_BYTES_MAX = 4096;

  private final RouteService route;
  private final HttpService others;

  /**
   * @param others answers what asks for no WebSocket
   */
  SocketService(RouteService route, HttpService others) {
    super(
        WebSocketService.builder(SocketService::connect)
            .maxFramePayloadLength(FRAME_BYTES_MAX)
            .allowedOrigins("*") // the access policy has decided
            .build());
    this.route = route;
    this.others = others;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) throws Exception {
    if (!isUpgrade(request)) {
      return others.serve(context, request);
    }
    return route.serveSocket(
        context,
        request,
        feed -> {
          context.setAttr(FEED, feed);
          return unwrapped(context, request);
        });
  }

  private HttpResponse unwrapped(ServiceRequestContext context, HttpRequest request) {
    try {
      return ((HttpService) unwrap()).serve(context, request);
    } catch (Exception e) {
      return HttpResponse.ofFailure(e);
    }
  }

  private static boolean isUpgrade(HttpRequest request) {
    return request.method() == HttpMethod.CONNECT
        || request.headers().get("upgrade", "").toLowerCase(Locale.ROOT).equals("websocket");
  }

  private static WebSocket connect(ServiceRequestContext context, WebSocket in) {
    SocketFeed feed = context.attr(FEED);
    if (feed == null) {
      throw new IllegalStateException("a WebSocket without a feed");
    }
    WebSocketWriter out = WebSocket.streaming();
    AtomicBoolean closed = new AtomicBoolean();
    Runnable end =
        () -> {
          if (closed.compareAndSet(false, true)) {
            feed.close();
          }
        };
    var _ =
        out.whenComplete()
            .handle((nothing, failure) -> {
              end.run();
              return null;
            });
    // What the client sends says nothing, except that it leaves.
    var _ =
        in.subscribe()
            .handle((nothing, failure) -> {
              out.close();
              return null;
            });
    feed.start(new Near(out));
    return out;
  }

  private record Near(WebSocketWriter out) implements Socket {
    @Override
    public CompletionStage<?> send(byte[] utf8) {
      if (!out.tryWrite(WebSocketFrame.ofText(utf8))) {
        return CompletableFuture.failedFuture(new IOException("the client has left"));
      }
      return out.whenConsumed();
    }

    @Override
    public void close(String reason) {
      out.close(WebSocketCloseStatus.NORMAL_CLOSURE, reason);
    }
  }
}
