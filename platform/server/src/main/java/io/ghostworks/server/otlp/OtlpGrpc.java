package io.ghostworks.server.otlp;

import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.grpc.GrpcService;
import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.TenantId;
import io.ghostworks.server.http.GrpcAccess;
import io.ghostworks.server.http.Workers;
import io.ghostworks.wire.WireFormatException;
import io.ghostworks.wire.otlp.OtlpEncoding;
import io.ghostworks.wire.otlp.OtlpResponses;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** OTLP over gRPC. Messages pass as bytes: our own reader decodes them, no generated classes. */
public final class OtlpGrpc {

  private static final Logger log = LoggerFactory.getLogger(OtlpGrpc.class);
  private static final int INLINE_BYTES_MAX = 64 * 1024;
  private static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

  private final OtlpIngest ingest;
  private final Workers workers;

  public OtlpGrpc(OtlpIngest ingest, Workers workers) {
    this.ingest = ingest;
    this.workers = workers;
  }

  /**
   * The service of all three signals.
   *
   * @param requestBytesMax of a message after decompression; larger ones get RESOURCE_EXHAUSTED
   */
  public GrpcService service(long requestBytesMax) {
    return GrpcService.builder()
        .addService(definition("trace.v1.TraceService", OtlpResponses.Signal.TRACES))
        .addService(definition("metrics.v1.MetricsService", OtlpResponses.Signal.METRICS))
        .addService(definition("logs.v1.LogsService", OtlpResponses.Signal.LOGS))
        .maxRequestMessageLength((int) Math.min(Integer.MAX_VALUE, requestBytesMax))
        .decompressorRegistry(GrpcCompression.registry())
        .useClientTimeoutHeader(true)
        .useBlockingTaskExecutor(true)
        .build();
  }

  private ServerServiceDefinition definition(String name, OtlpResponses.Signal signal) {
    String full = "opentelemetry.proto.collector." + name;
    MethodDescriptor<byte[], byte[]> export =
        MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(MethodDescriptor.generateFullMethodName(full, "Export"))
            .setRequestMarshaller(Bytes.INSTANCE)
            .setResponseMarshaller(Bytes.INSTANCE)
            .build();
    return ServerServiceDefinition.builder(full)
        .addMethod(
            export,
            ServerCalls.asyncUnaryCall((request, observer) -> export(signal, request, observer)))
        .build();
  }

  private void export(
      OtlpResponses.Signal signal, byte[] request, StreamObserver<byte[]> observer) {
    TenantId tenant = GrpcAccess.tenant(ServiceRequestContext.current());
    try {
      if (request.length <= INLINE_BYTES_MAX) {
        export(signal, tenant, request, observer);
      } else {
        workers.ingest(() -> export(signal, tenant, request, observer));
      }
    } catch (OverloadedException e) {
      observer.onError(status(e));
    }
  }

  private void export(
      OtlpResponses.Signal signal,
      TenantId tenant,
      byte[] request,
      StreamObserver<byte[]> observer) {
    try {
      var _ =
          ingest
              .export(signal, OtlpEncoding.PROTOBUF, tenant, request)
              .whenComplete((response, failure) -> {
                if (failure != null) {
                  observer.onError(status(failure));
                } else {
                  observer.onNext(response);
                  observer.onCompleted();
                }
              });
    } catch (RuntimeException e) {
      observer.onError(status(e));
    }
  }

  private static StatusRuntimeException status(Throwable thrown) {
    Throwable failure =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    return switch (failure) {
      case WireFormatException e ->
          Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asRuntimeException();
      case OverloadedException e -> retryable(String.valueOf(e.getMessage()), e.retryAfter());
      default -> {
        log.error("an export failed", failure);
        yield Status.INTERNAL
            .withDescription("an error of this platform, see its log: " + failure)
            .asRuntimeException();
      }
    };
  }

  private static StatusRuntimeException retryable(String message, Duration retryAfter) {
    Metadata trailers = new Metadata();
    trailers.put(
        DETAILS,
        OtlpResponses.status(
            OtlpEncoding.PROTOBUF, Status.Code.UNAVAILABLE.value(), message, retryAfter));
    return Status.UNAVAILABLE.withDescription(message).asRuntimeException(trailers);
  }

  private enum Bytes implements MethodDescriptor.Marshaller<byte[]> {
    INSTANCE;

    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException("a message in memory cannot be read", e);
      }
    }
  }
}
