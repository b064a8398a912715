package io.ghostworks.bench.alerts;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.BitSet;
import java.util.concurrent.Executors;

/** A webhook that counts which alerts it is told of, by their label {@code number}. Thread-safe. */
final class ToldAlerts implements AutoCloseable {
  private final HttpServer server;
  private final JsonFactory json = new JsonFactory();
  private final BitSet firing = new BitSet();
  private final BitSet resolved = new BitSet();
  private long messages;
  private long bytes;
  private int largestMessage;
  private long lastNanos;

  ToldAlerts() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/hook", this::take);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange;
        InputStream body = exchange.getRequestBody()) {
      byte[] message = body.readAllBytes();
      count(message);
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private synchronized void count(byte[] message) throws IOException {
    messages++;
    bytes += message.length;
    lastNanos = System.nanoTime();
    int alerts = 0;
    boolean ended = false;
    try (JsonParser parser = json.createParser(message)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token != JsonToken.FIELD_NAME) {
          continue;
        }
        switch (parser.currentName()) {
          case "status" -> ended = "resolved".equals(parser.nextTextValue());
          case "number" -> {
            (ended ? resolved : firing).set(Integer.parseInt(parser.nextTextValue()));
            alerts++;
          }
          default -> {
            // says nothing about which alerts
          }
        }
      }
    }
    largestMessage = Math.max(largestMessage, alerts);
  }

  synchronized int firing() {
    return firing.cardinality();
  }

  synchronized int resolved() {
    return resolved.cardinality();
  }

  synchronized long messages() {
    return messages;
  }

  synchronized long bytes() {
    return bytes;
  }

  synchronized int largestMessage() {
    return largestMessage;
  }

  synchronized long lastNanos() {
    return lastNanos;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
