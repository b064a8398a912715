package io.ghostworks.wire.client;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks a SOCKS proxy for a connection by name (RFC 1928), with user and password (RFC 1929). */
final class Socks5 {
  private static final int VERSION = 5;
  private static final int PASSWORD_VERSION = 1;
  private static final int NO_AUTHENTICATION = 0;
  private static final int USER_AND_PASSWORD = 2;
  private static final int CONNECT = 1;
  private static final int NAME = 3;
  private static final int IPV4 = 1;
  private static final int IPV6 = 4;
  private static final int TEXT_BYTES_MAX = 255;

  private Socks5() {}

  static void connect(Socket socket, ProxyAddress proxy, String host, int port) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    OutputStream out = socket.getOutputStream();
    boolean known = !proxy.userInfo().isEmpty();
    out.write(
        known
            ? new byte[] {VERSION, 2, NO_AUTHENTICATION, USER_AND_PASSWORD}
            : new byte[] {VERSION, 1, NO_AUTHENTICATION});
    out.flush();
    check(in.readUnsignedByte() == VERSION, "speaks no version 5");
    int method = in.readUnsignedByte();
    if (method == USER_AND_PASSWORD && known) {
      authenticate(in, out, proxy.userInfo());
    } else {
      check(method == NO_AUTHENTICATION, "takes none of the ways to log in");
    }
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(new byte[] {VERSION, CONNECT, 0, NAME});
    text(request, host);
    request.write(port >> 8);
    request.write(port);
    request.writeTo(out);
    out.flush();
    check(in.readUnsignedByte() == VERSION, "speaks no version 5");
    int answer = in.readUnsignedByte();
    check(answer == 0, "refuses the connection with " + answer);
    in.readUnsignedByte();
    int address =
        switch (in.readUnsignedByte()) {
          case IPV4 -> 4;
          case IPV6 -> 16;
          default -> in.readUnsignedByte();
        };
    in.readFully(new byte[address + 2]);
  }

  private static void authenticate(DataInputStream in, OutputStream out, String userInfo)
      throws IOException {
    int colon = userInfo.indexOf(':');
    ByteArrayOutputStream login = new ByteArrayOutputStream();
    login.write(PASSWORD_VERSION);
    text(login, colon < 0 ? userInfo : userInfo.substring(0, colon));
    text(login, colon < 0 ? "" : userInfo.substring(colon + 1));
    login.writeTo(out);
    out.flush();
    in.readUnsignedByte();
    check(in.readUnsignedByte() == 0, "refuses user and password");
  }

  private static void text(ByteArrayOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    check(bytes.length <= TEXT_BYTES_MAX, "takes no names longer than 255 bytes");
    out.write(bytes.length);
    out.writeBytes(bytes);
  }

  private static void check(boolean fine, String otherwise) throws IOException {
    if (!fine) {
      throw new IOException("the SOCKS proxy " + otherwise);
    }
  }
}
