package io.ghostworks.wire.client;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A proxy on a free port of this machine: HTTP with CONNECT, and SOCKS 5 with a password. */
final class TestProxy implements AutoCloseable {
  final List<String> heads = Collections.synchronizedList(new ArrayList<>());
  private final ServerSocket socket;

  TestProxy() throws IOException {
    socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return socket.getLocalPort();
  }

  private void serve() {
    while (true) {
      try {
        Socket client = socket.accept();
        Thread.ofVirtual().start(() -> talk(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void talk(Socket client) {
    try (client) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      OutputStream out = client.getOutputStream();
      int first = in.readUnsignedByte();
      if (first == 5) {
        socks(in, out, client);
        return;
      }
      String head = (char) first + head(in);
      heads.add(head);
      String target = head.split(" ")[1];
      boolean tunnel = head.startsWith("CONNECT");
      URI uri = URI.create(tunnel ? "tcp://" + target : target);
      try (Socket server = new Socket(uri.getHost(), uri.getPort())) {
        if (tunnel) {
          out.write("HTTP/1.1 200 fine\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } else {
          server
              .getOutputStream()
              .write(
                  head.replace("http://" + uri.getAuthority(), "")
                      .getBytes(StandardCharsets.US_ASCII));
        }
        relay(client, server);
      }
    } catch (IOException | InterruptedException e) {
      // The test sees that it has no answer.
    }
  }

  private void socks(DataInputStream in, OutputStream out, Socket client)
      throws IOException, InterruptedException {
    in.readNBytes(in.readUnsignedByte());
    out.write(new byte[] {5, 2});
    in.readUnsignedByte();
    String user = text(in);
    String password = text(in);
    out.write(new byte[] {1, 0});
    in.readNBytes(4);
    String host = text(in);
    int port = in.readUnsignedShort();
    heads.add("SOCKS %s:%s %s:%d".formatted(user, password, host, port));
    try (Socket server = new Socket(host, port)) {
      out.write(new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0});
      relay(client, server);
    }
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.US_ASCII);
  }

  private static String head(DataInputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    return head.toString();
  }

  private static void relay(Socket client, Socket server) throws IOException, InterruptedException {
    Thread up =
        Thread.ofVirtual()
            .start(() -> {
              try {
                client.getInputStream().transferTo(server.getOutputStream());
              } catch (IOException e) {
                // One side is gone, and so is the other.
              }
            });
    server.getInputStream().transferTo(client.getOutputStream());
    client.close();
    up.join();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
