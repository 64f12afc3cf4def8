package io.byoa;

import io.byoa.common.StartRefused;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** The two ports that the server will listen on, tried before anything else is prepared. */
final class Ports {

  private Ports() {}

  /**
   * Refuses a start that could not listen.
   *
   * @throws StartRefused naming the setting to change
   */
  static void requireFree(Settings settings) {
    requireFree("BYOA_HOST", settings.host(), "BYOA_PORT", settings.port());
    requireFree(
        "BYOA_MANAGEMENT_HOST",
        settings.managementHost(),
        "BYOA_MANAGEMENT_PORT",
        settings.managementPort());
  }

  private static void requireFree(String hostSetting, String host, String portSetting, int port) {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new StartRefused("%s is '%s', which is no address.".formatted(hostSetting, host));
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true); // As the server will: a port just left is free.
      socket.bind(address);
    } catch (IOException e) {
      throw new StartRefused(
          reason(String.valueOf(e.getMessage()), hostSetting, host, portSetting, port), e);
    }
  }

  private static String reason(
      String words, String hostSetting, String host, String portSetting, int port) {
    if (words.contains("Cannot assign")) {
      return "%s is '%s', which is no address of this machine.".formatted(hostSetting, host);
    }
    if (words.contains("Permission denied")) {
      return "This user may not listen on port %d. Choose one from 1024 on with %s."
          .formatted(port, portSetting);
    }
    return taken(port, portSetting);
  }

  /** The sentence about a port that somebody else has. */
  static String taken(int port, String setting) {
    return "Port %d seems to be in use by another program. Choose another one with %s, or stop that program ('ss -ltnp sport = :%d' names it)."
        .formatted(port, setting, port);
  }
}
