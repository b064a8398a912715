package io.ghostworks.server.http;

/** The status codes of gRPC and their counterparts of HTTP. */
public final class GrpcStatus {

  public static final String HEADER = "grpc-status";
  public static final int UNAVAILABLE = 14;

  private GrpcStatus() {}

  /** The code of {@code google.rpc.Code} that says what an HTTP status says. */
  public static int of(int httpStatus) {
    return switch (httpStatus) {
      case 200 -> 0;
      case 401 -> 16;
      case 403 -> 7;
      case 404, 405, 415 -> 12;
      case 408 -> 4;
      case 413, 431 -> 8;
      case 429, 502, 503, 504 -> UNAVAILABLE;
      case 500 -> 13;
      default -> 3;
    };
  }

  /** The HTTP status that says what a code says; 500 for what is no code. */
  static int toHttp(String code) {
    return switch (code) {
      case "0" -> 200;
      case "3" -> 400;
      case "4" -> 408;
      case "7" -> 403;
      case "8" -> 413;
      case "12" -> 404;
      case "14" -> 503;
      case "16" -> 401;
      default -> 500;
    };
  }
}
