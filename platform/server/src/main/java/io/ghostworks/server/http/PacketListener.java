package io.ghostworks.server.http;

import io.ghostworks.server.settings.ListenerName;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One bound port of datagrams, read by one thread into one buffer. Whoever can send to the port is
 * heard, so it is only ever bound where that is meant.
 */
public final class PacketListener implements BoundPort {

  private static final Logger log = LoggerFactory.getLogger(PacketListener.class);

  /** The longest datagram there is, and one byte more, by which longer buffers would show. */
  private static final int PACKET_BYTES_MAX = 65_536;

  private final DatagramSocket socket;
  private final InetSocketAddress address;
  private final Thread thread;

  private PacketListener(ListenerName name, DatagramSocket socket, PacketReceiver receiver) {
    this.socket = socket;
    this.address = (InetSocketAddress) socket.getLocalSocketAddress();
    this.thread = Thread.ofVirtual().name(name.word()).unstarted(() -> receive(socket, receiver));
  }

  /**
   * Binds and receives.
   *
   * @param bufferBytes of the socket, 0 for the system's own size
   * @throws BindException if the port is taken or the address is not this machine's
   */
  public static PacketListener start(
      ListenerName name, InetSocketAddress address, int bufferBytes, PacketReceiver receiver)
      throws IOException {
    DatagramSocket socket;
    try {
      socket = new DatagramSocket(address);
    } catch (SocketException e) {
      BindException failure =
          new BindException(
              "the port %d of the listener '%s' cannot be bound at %s: %s"
                  .formatted(
                      address.getPort(), name.word(), address.getHostString(), e.getMessage()));
      failure.initCause(e);
      throw failure;
    }
    if (bufferBytes > 0) {
      socket.setOption(StandardSocketOptions.SO_RCVBUF, bufferBytes);
    }
    PacketListener listener = new PacketListener(name, socket, receiver);
    listener.thread.start();
    return listener;
  }

  private static void receive(DatagramSocket socket, PacketReceiver receiver) {
    byte[] buffer = new byte[PACKET_BYTES_MAX];
    DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
    while (!socket.isClosed()) {
      try {
        packet.setLength(buffer.length);
        socket.receive(packet);
        receiver.accept(buffer, packet.getLength());
      } catch (IOException e) {
        if (!socket.isClosed()) {
          log.warn("datagrams of {} cannot be received", socket.getLocalSocketAddress(), e);
        }
      } catch (RuntimeException e) {
        log.error("a datagram made the platform fail", e);
      }
    }
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public CompletableFuture<Void> stop() {
    socket.close();
    return CompletableFuture.runAsync(() -> {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
  }
}
