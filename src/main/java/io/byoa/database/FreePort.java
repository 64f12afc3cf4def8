package io.byoa.database;

import io.byoa.common.StartRefused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.NoSuchElementException;
import java.util.Scanner;

/**
 * Finds a port of the loopback that nobody listens on, below those that the kernel gives to
 * outgoing connections.
 *
 * <p>From among those, a client that reconnects while the database is away may be given the
 * database's own port, and would then be connected to itself while PostgreSQL cannot come back.
 */
final class FreePort {

  private static final Path OUTGOING = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
  private static final int LOWEST = 10_000;
  private static final int ATTEMPTS = 100;

  private FreePort() {}

  static int find() {
    int end = firstOutgoing();
    SecureRandom random = new SecureRandom();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      // 0 leaves the choice to the kernel, where its own range begins too low to stay below it.
      int candidate = end > LOWEST + ATTEMPTS ? random.nextInt(LOWEST, end) : 0;
      try (ServerSocket socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), candidate), 1);
        return socket.getLocalPort();
      } catch (IOException e) {
        // Taken; the next one.
      }
    }
    throw new StartRefused("There is no free port on 127.0.0.1 for the database.");
  }

  private static int firstOutgoing() {
    try (Scanner range = new Scanner(OUTGOING, StandardCharsets.US_ASCII)) {
      return range.nextInt();
    } catch (IOException | NoSuchElementException e) {
      return 32_768;
    }
  }
}
