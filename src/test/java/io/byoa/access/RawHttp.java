package io.byoa.access;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A request written by hand, byte for byte, as no client library would send it. */
final class RawHttp {

  private RawHttp() {}

  /** Everything that the server answers before it closes the connection. */
  static String send(int port, String... lines) throws IOException {
    return sendFrom(InetAddress.getLoopbackAddress(), port, lines);
  }

  /** The same, from this address. */
  static String sendFrom(InetAddress from, int port, String... lines) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port, from, 0)) {
      socket.setSoTimeout(10_000);
      String request = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The status of the answer. */
  static int status(int port, String... lines) throws IOException {
    String answer = send(port, lines);
    return answer.startsWith("HTTP/1.") ? Integer.parseInt(answer.substring(9, 12)) : -1;
  }
}
