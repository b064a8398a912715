package io.ghostworks.alertmanager.receiver;

import io.ghostworks.config.CredentialSource;
import io.ghostworks.config.Secret;
import io.ghostworks.wire.client.ClientSettings;
import io.ghostworks.wire.client.TlsContexts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Takes mails on a free port of this machine, one connection after another. */
final class SmtpServer implements AutoCloseable {
  private final ServerSocket socket;
  private final Thread thread;
  private final String mechanisms;
  private final boolean startTls;
  private final boolean implicitTls;
  private final List<String> commands = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean goodBye = true;
  private final List<String> mail = Collections.synchronizedList(new ArrayList<>());

  /**
   * @param mechanisms of login, "" for none
   */
  SmtpServer(String mechanisms) throws IOException {
    this(mechanisms, false, false);
  }

  /** With the certificate of {@code server.test}. */
  SmtpServer(String mechanisms, boolean startTls, boolean implicitTls) throws IOException {
    this.mechanisms = mechanisms;
    this.startTls = startTls;
    this.implicitTls = implicitTls;
    this.socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    this.thread = Thread.ofVirtual().start(this::serve);
  }

  /** Breaks connections off at their end. */
  SmtpServer withoutGoodBye() {
    goodBye = false;
    return this;
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
        if (socket.isClosed()) {
          return; // otherwise only this mail failed
        }
      }
    }
  }

  private void talk(Socket connection) throws IOException {
    boolean secure = implicitTls;
    Socket current = implicitTls ? secured(connection) : connection;
    BufferedReader in = reader(current);
    OutputStream out = current.getOutputStream();
    say(out, "220 test");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      commands.add(line);
      if (line.startsWith("EHLO")) {
        say(out, "250-test" + (startTls && !secure ? "\r\n250-STARTTLS" : ""));
        say(out, mechanisms.isEmpty() ? "250 HELP" : "250 AUTH " + mechanisms);
      } else if (line.equals("STARTTLS")) {
        say(out, "220 go on");
        secure = true;
        current = secured(current);
        in = reader(current);
        out = current.getOutputStream();
      } else if (line.startsWith("AUTH CRAM-MD5")) {
        say(out, "334 " + base64("<1@test>"));
        commands.add(in.readLine());
        say(out, "235 welcome");
      } else if (line.equals("AUTH LOGIN")) {
        say(out, "334 " + base64("Username:"));
        commands.add(in.readLine());
        say(out, "334 " + base64("Password:"));
        commands.add(in.readLine());
        say(out, "235 welcome");
      } else if (line.startsWith("AUTH")) {
        say(out, "535 who are you");
      } else if (line.equals("DATA")) {
        say(out, "354 go on");
        for (String text = in.readLine(); !".".equals(text); text = in.readLine()) {
          mail.add(text);
        }
        say(out, "250 taken");
      } else if (line.equals("QUIT")) {
        if (goodBye) {
          say(out, "221 bye");
        } else {
          connection.setSoLinger(true, 0); // closing resets it
        }
        return;
      } else {
        say(out, "250 fine");
      }
    }
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  private static Socket secured(Socket socket) throws IOException {
    SSLContext context =
        TlsContexts.context(
            new ClientSettings.Tls(
                Optional.empty(),
                Optional.of(file("server.pem")),
                Optional.of(file("server.key")),
                "",
                false,
                "",
                ""));
    SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(socket, null, true);
    secure.setUseClientMode(false);
    return secure;
  }

  static CredentialSource file(String name) {
    try (InputStream in = SmtpServer.class.getResourceAsStream(name)) {
      return new CredentialSource.Inline(
          Secret.of(new String(in.readAllBytes(), StandardCharsets.US_ASCII)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
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
