package io.ghostworks.server.http;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose next request line and headers are not there in time, counted from their
 * first byte (the first byte of the TLS handshake for a first request). The HTTP library has a
 * deadline for requests whose headers it has read, and for connections that are silent, but none
 * for headers that arrive byte by byte.
 *
 * <p>A connection of HTTP/2 is let go when its preface is read: there whole frames count, and
 * whoever sends none is silent.
 *
 * <p>States of a connection: silent → (a byte) → head arriving → (a service sees the request) →
 * request → (its body has ended) → silent. The clock runs in "head arriving" only.
 */
final class HeadDeadlines implements DecoratingHttpServiceFunction {

  private final Duration limit;

  /** The connections of one listener by their remote end. */
  private final ConcurrentMap<SocketAddress, Connection> connections = new ConcurrentHashMap<>();

  HeadDeadlines(Duration limit) {
    this.limit = limit;
  }

  /** Watches a new connection. */
  void watch(ChannelPipeline pipeline) {
    pipeline.addFirst(new Connection());
  }

  @Override
  public HttpResponse serve(
      HttpService delegate, ServiceRequestContext context, HttpRequest request) throws Exception {
    Connection connection = connections.get(context.remoteAddress());
    if (connection != null) {
      connection.headArrived(request, context);
    }
    return delegate.serve(context, request);
  }

  /** One connection; on its event loop only. */
  private final class Connection extends ChannelInboundHandlerAdapter {

    private @Nullable Future<?> deadline;
    private boolean inRequest;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (!inRequest && deadline == null) {
        connections.put(context.channel().remoteAddress(), this);
        deadline =
            context
                .executor()
                .schedule(
                    () -> {
                      var _ = context.channel().close();
                    },
                    limit.toMillis(),
                    TimeUnit.MILLISECONDS);
      }
      context.fireChannelRead(message);
      if (context.pipeline().get(Http2ConnectionHandler.class) != null) {
        context.pipeline().remove(this);
      }
    }

    private void headArrived(HttpRequest request, ServiceRequestContext context) {
      stopClock();
      inRequest = true;
      var _ =
          request
              .whenComplete()
              .whenCompleteAsync((done, failure) -> inRequest = false, context.eventLoop());
    }

    private void stopClock() {
      if (deadline != null) {
        deadline.cancel(false);
        deadline = null;
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      forget(context);
      context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
      forget(context);
    }

    private void forget(ChannelHandlerContext context) {
      stopClock();
      connections.remove(context.channel().remoteAddress(), this);
    }
  }
}
