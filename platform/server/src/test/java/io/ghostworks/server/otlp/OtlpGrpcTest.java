package io.ghostworks.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.linecorp.armeria.client.grpc.GrpcClients;
import io.ghostworks.server.testing.Client;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc.LogsServiceBlockingStub;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc.MetricsServiceBlockingStub;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc.TraceServiceBlockingStub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OTLP over gRPC, with the generated client. */
class OtlpGrpcTest {

  private static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

  @TempDir private static Path folder;
  private static OtlpListener listener;

  @BeforeAll
  static void start() throws Exception {
    listener = new OtlpListener(folder);
  }

  @AfterAll
  static void stop() {
    listener.close();
  }

  @BeforeEach
  void takeAll() {
    listener.set(OtlpListener.Mood.TAKE_ALL);
  }

  @Test
  void answersEmptyRequestsOfAllSignals() {
    assertThat(
            stub(TraceServiceBlockingStub.class)
                .export(ExportTraceServiceRequest.getDefaultInstance())
                .hasPartialSuccess())
        .isFalse();
    assertThat(
            stub(MetricsServiceBlockingStub.class)
                .export(ExportMetricsServiceRequest.getDefaultInstance())
                .hasPartialSuccess())
        .isFalse();
    assertThat(
            stub(LogsServiceBlockingStub.class)
                .export(ExportLogsServiceRequest.getDefaultInstance())
                .hasPartialSuccess())
        .isFalse();
  }

  @Test
  void readsGzip() {
    assertThat(
            stub(TraceServiceBlockingStub.class)
                .withCompression("gzip")
                .export(OtlpHttpTest.spans("a span"))
                .hasPartialSuccess())
        .isFalse();
  }

  @Test
  void takesLargeMessagesWithinTheLimit() {
    assertThat(
            stub(LogsServiceBlockingStub.class)
                .export(RequestMemoryTest.logs(OtlpListener.REQUEST_BYTES_MAX - 200))
                .hasPartialSuccess())
        .isFalse();
  }

  @Test
  void isInTheMetricsOfRequests() {
    String path = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
    listener.observed().clear();
    var _ = stub(TraceServiceBlockingStub.class).export(OtlpHttpTest.spans("a span"));
    OtlpListener.await("it is counted", () -> listener.observed().contains(path + " 200"));
    listener.set(OtlpListener.Mood.OVERLOADED);
    failure(() -> stub(TraceServiceBlockingStub.class).export(OtlpHttpTest.spans("a span")));
    OtlpListener.await("it is counted", () -> listener.observed().contains(path + " 503"));
  }

  @Test
  void asksToTryAgainWhileThePlatformStarts() throws Exception {
    try (OtlpListener starting =
        new OtlpListener(
            folder,
            OtlpListener.limits(OtlpListener.REQUEST_BYTES_MAX, java.time.Duration.ofSeconds(10)),
            1L << 30)) {
      TraceServiceBlockingStub stub =
          GrpcClients.newClient(
              "gproto+http://127.0.0.1:" + starting.grpc().getPort(),
              TraceServiceBlockingStub.class);
      StatusRuntimeException refused = failure(() -> stub.export(OtlpHttpTest.spans("a span")));
      assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      com.google.rpc.Status status =
          com.google.rpc.Status.parseFrom(refused.getTrailers().get(DETAILS));
      assertThat(status.getCode()).isEqualTo(14);
      assertThat(
              status
                  .getDetails(0)
                  .unpack(com.google.rpc.RetryInfo.class)
                  .getRetryDelay()
                  .getSeconds())
          .isEqualTo(1);
      Client.Reply http =
          new Client(starting.http()).post("/v1/traces", "application/json", new byte[] {'{', '}'});
      assertThat(http.status()).isEqualTo(503);
      assertThat(http.header("retry-after")).isEqualTo("1");
      starting.ready();
      assertThat(stub.export(OtlpHttpTest.spans("a span")).hasPartialSuccess()).isFalse();
    }
  }

  @Test
  void saysThatItHasNoOtherCalls() {
    var response =
        com.linecorp.armeria.client.WebClient.of("h2c://127.0.0.1:" + listener.grpc().getPort())
            .execute(
                com.linecorp.armeria.common.HttpRequest.of(
                    com.linecorp.armeria.common.RequestHeaders.of(
                        com.linecorp.armeria.common.HttpMethod.POST,
                        "/opentelemetry.proto.collector.profiles.v1.ProfilesService/Export",
                        "content-type",
                        "application/grpc"),
                    com.linecorp.armeria.common.HttpData.wrap(new byte[5])))
            .aggregate()
            .join();
    assertThat(response.headers().get("grpc-status")).isEqualTo("12");
  }

  @Test
  void tellsAPartialSuccess() {
    listener.set(OtlpListener.Mood.REFUSE_TWO);
    var partial =
        stub(TraceServiceBlockingStub.class)
            .export(OtlpHttpTest.spans("a span"))
            .getPartialSuccess();
    assertThat(partial.getRejectedSpans()).isEqualTo(2);
    assertThat(partial.getErrorMessage()).contains("too_old");
  }

  @Test
  void refusesTooLargeMessagesForGood() {
    for (String compression : new String[] {"identity", "gzip"}) {
      StatusRuntimeException refused =
          failure(() ->
              stub(LogsServiceBlockingStub.class)
                  .withCompression(compression)
                  .export(RequestMemoryTest.logs(OtlpListener.REQUEST_BYTES_MAX * 2)));
      assertThat(refused.getStatus().getCode())
          .as("%s: %s", compression, refused.getStatus())
          .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      assertThat(hasDetails(refused)).isFalse();
    }
  }

  @Test
  void refusesGarbageAsAnInvalidArgument() {
    // The request's field 1 holds bytes that are no ResourceLogs.
    ExportLogsServiceRequest garbage =
        ExportLogsServiceRequest.newBuilder()
            .setUnknownFields(
                com.google.protobuf.UnknownFieldSet.newBuilder()
                    .addField(
                        1,
                        com.google.protobuf.UnknownFieldSet.Field.newBuilder()
                            .addLengthDelimited(ByteString.copyFrom(new byte[] {10, 99, 1}))
                            .build())
                    .build())
            .build();
    StatusRuntimeException refused =
        failure(() -> stub(LogsServiceBlockingStub.class).export(garbage));
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void asksToTryAgainWhenOverloaded() throws Exception {
    listener.set(OtlpListener.Mood.OVERLOADED);
    StatusRuntimeException refused =
        failure(() -> stub(TraceServiceBlockingStub.class).export(OtlpHttpTest.spans("a span")));
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    Metadata trailers = refused.getTrailers();
    assertThat(trailers).isNotNull();
    com.google.rpc.Status status = com.google.rpc.Status.parseFrom(trailers.get(DETAILS));
    com.google.rpc.RetryInfo retry = status.getDetails(0).unpack(com.google.rpc.RetryInfo.class);
    assertThat(retry.getRetryDelay().getSeconds()).isEqualTo(2);
    assertThat(retry.getRetryDelay().getNanos()).isEqualTo(500_000_000);
  }

  @Test
  void doesNotAskToTryAgainWhatIsABug() {
    listener.set(OtlpListener.Mood.BROKEN);
    StatusRuntimeException refused =
        failure(() -> stub(TraceServiceBlockingStub.class).export(OtlpHttpTest.spans("a span")));
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(hasDetails(refused)).isFalse();
  }

  @Test
  void needsATokenBehindAProxyAndKnowsWhatTokensAreFor() throws Exception {
    assertThat(codeWith(Map.of("x-forwarded-for", "192.0.2.1")))
        .isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(codeWith(Map.of("authorization", "Bearer nobody-has-this-token")))
        .isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(codeWith(Map.of("authorization", "Bearer " + token("read"))))
        .isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(
            codeWith(
                Map.of("authorization", "Bearer " + token("ingest"), "x-scope-orgid", "team-a")))
        .isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(codeWith(Map.of("x-scope-orgid", "../team-a")))
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(
            codeWith(
                Map.of(
                    "authorization", "Bearer " + token("ingest"), "x-forwarded-for", "192.0.2.1")))
        .isEqualTo(Status.Code.OK);
    assertThat(codeWith(Map.of("x-scope-orgid", "team-a"))).isEqualTo(Status.Code.OK);
    assertThat(listener.lastTenant().value()).isEqualTo("team-a");
  }

  private static Status.Code codeWith(Map<String, String> headers) {
    var builder = GrpcClients.builder("gproto+http://127.0.0.1:" + listener.grpc().getPort());
    headers.forEach(builder::addHeader);
    try {
      var _ = builder.build(TraceServiceBlockingStub.class).export(OtlpHttpTest.spans("a span"));
      return Status.Code.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    }
  }

  private static boolean hasDetails(StatusRuntimeException refused) {
    Metadata trailers = refused.getTrailers();
    return trailers != null && trailers.containsKey(DETAILS);
  }

  private static StatusRuntimeException failure(Runnable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call::run);
  }

  private static String token(String word) throws Exception {
    return Files.readString(folder.resolve("tokens").resolve(word)).strip();
  }

  private static <S> S stub(Class<S> type) {
    return GrpcClients.newClient("gproto+http://127.0.0.1:" + listener.grpc().getPort(), type);
  }
}
