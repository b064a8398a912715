package io.ghostworks.server.http;

/** Takes the datagrams of a listener, one after the other. */
@FunctionalInterface
public interface PacketReceiver {

  /**
   * @param packet only lent: the next datagram overwrites it
   * @param length how many of its bytes count
   */
  void accept(byte[] packet, int length);
}
