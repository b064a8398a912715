package io.ghostworks.server.testing;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Calls methods of gRPC whose messages are given as bytes. */
public final class GrpcCalls {

  private final WebClient client;

  public GrpcCalls(InetSocketAddress address) {
    client =
        WebClient.builder("h2c://127.0.0.1:" + address.getPort())
            .maxResponseLength(0)
            .responseTimeout(Duration.ofMinutes(1))
            .build();
  }

  /**
   * What a call gave.
   *
   * @param status of gRPC, from the trailers or the headers
   * @param partial why the messages are not all there could be; "" if they are
   */
  public record Reply(List<byte[]> messages, String status, String message, String partial) {}

  public Reply call(String path, byte[] message, String... headers) {
    var head =
        RequestHeaders.builder(HttpMethod.POST, path)
            .add("content-type", "application/grpc")
            .add("te", "trailers");
    for (int i = 0; i < headers.length; i += 2) {
      head.add(headers[i], headers[i + 1]);
    }
    ByteBuffer framed = ByteBuffer.allocate(5 + message.length);
    framed.put((byte) 0).putInt(message.length).put(message);
    AggregatedHttpResponse response =
        client.execute(head.build(), HttpData.wrap(framed.array())).aggregate().join();
    List<byte[]> messages = new ArrayList<>();
    ByteBuffer body = ByteBuffer.wrap(response.content().array());
    boolean answered = response.headers().get("content-type", "").startsWith("application/grpc");
    while (answered && body.hasRemaining()) {
      body.get();
      byte[] one = new byte[body.getInt()];
      body.get(one);
      messages.add(one);
    }
    boolean onlyTrailers = response.headers().contains("grpc-status");
    var trailers = onlyTrailers ? response.headers() : response.trailers();
    return new Reply(
        messages,
        trailers.get("grpc-status", "none"),
        trailers.get("grpc-message", ""),
        trailers.get("x-ghostworks-partial", ""));
  }
}
