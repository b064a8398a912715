package io.ghostworks.alertmanager;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Takes mails on a free port of this machine, one connection after another. */
final class SmtpServer implements AutoCloseable {
  private final ServerSocket socket;
  private final Thread thread;
  private final boolean auth;
  private final List<String> commands = Collections.synchronizedList(new ArrayList<>());
  private final List<String> mail = Collections.synchronizedList(new ArrayList<>());

  SmtpServer(boolean auth) throws IOException {
    this.auth = auth;
    this.socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    this.thread = Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return socket.getLocalPort();
  }

  List<String> commands() {
    return List.copyOf(commands);
  }

  String mail() {
    return String.join("\n", List.copyOf(mail));
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket connection = socket.accept()) {
        talk(connection);
      } catch (IOException e) {
        return;
      }
    }
  }

  private void talk(Socket connection) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
    OutputStream out = connection.getOutputStream();
    say(out, "220 test");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      commands.add(line);
      if (line.startsWith("EHLO")) {
        say(out, auth ? "250-test\r\n250 AUTH PLAIN LOGIN" : "250 test");
      } else if (line.startsWith("AUTH")) {
        say(out, "235 welcome");
      } else if (line.equals("DATA")) {
        say(out, "354 go on");
        for (String text = in.readLine(); !".".equals(text); text = in.readLine()) {
          mail.add(text);
        }
        say(out, "250 taken");
      } else if (line.equals("QUIT")) {
        say(out, "221 bye");
        return;
      } else {
        say(out, "250 fine");
      }
    }
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    thread.interrupt();
  }
}
